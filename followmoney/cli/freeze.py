"""`followmoney freeze`: what if accounts had been frozen on a day."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.cli._paths import Paths

_SHOWN = ("id", "booked_at", "originator", "beneficiary", "amount")


@command("load", "trace")
def freeze(
    path: Paths,
    /,
    *,
    account: Annotated[tuple[str, ...], Parameter(negative=())],
    at: str,
    part: Literal["effect", "stopped"] = "effect",
    currency: str | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say what freezing accounts on a day would have kept: how much would be there, how much could still have left.

    Whichever rule that conserves money is adopted: the least and the most with the freeze and without it. Payments of
    the frozen accounts from that day on do not happen; everyone else pays as booked. Most out is the most that could
    have got out of any account, frozen or not: to cash, unknown ends and assets, or into debts.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    account:
        An account that is frozen; give it again for another.
    at:
        The first day (2024-06-30) or instant (UTC) on which it cannot pay.
    part:
        What the freeze changes (effect), or the payments that would not have happened (stopped).
    currency:
        Only money in this currency; needed where the accounts can hold claim money in several.
    """
    import polars as pl

    from followmoney.cli._names import within

    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    found = answers.traced(graph, chosen).frozen(account, at, currency=currency)
    table = output.kind == "table"
    if part == "stopped":
        ends = within(found.stopped, graph.ledger, "originator", "beneficiary") if table else found.stopped
        show(ends, output, columns=_SHOWN, empty="No payment would have been stopped.")
    else:
        rows = [("as booked", *found.before, found.leaves_before), ("frozen", found.least, found.most, found.leaves)]
        effect = pl.DataFrame(
            [(what, found.currency, *sums) for what, *sums in rows],
            schema={"what": pl.String, "currency": pl.String, "least_there": pl.Int64, "most_there": pl.Int64,
                    "most_out": pl.Int64},
            orient="row",
        )  # fmt: skip
        show(effect, output, columns=("what", "least_there", "most_there", "most_out"), empty="")
    aside([found.sentence, *found.notes], output)
