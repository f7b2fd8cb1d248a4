"""`followmoney cut`: whom to freeze so that claim money does not get out."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.cli._paths import Paths


@command("load", "trace")
def cut(
    path: Paths,
    /,
    *,
    to: Annotated[tuple[str, ...], Parameter(negative=())],
    by: Literal["account", "institution", "country"] = "account",
    at: str | None = None,
    currency: str | None = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say whom to freeze so that as little claimed money as possible gets to cash, an account, a party or a country.

    The table lists whom to freeze first, and what each freeze stops beyond those before it; the sentence below names
    the fewest that stop all that can be stopped. Whichever rule that conserves money is adopted.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    to:
        Where it must not get: an account, an asset, a party, a country, or a kind of exit (cash, unknown, asset, debt).
        Give it again for another; they are taken together.
    by:
        Whom to freeze: single accounts, all accounts of an institution, or all accounts in a country.
    at:
        Payments from this day (2024-06-30) or instant (UTC) on are stopped; not given: all of them.
    currency:
        Only what gets there in this currency; needed where there are several.
    """
    import polars as pl

    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    found = answers.traced(graph, chosen).cut(to, by=by, at=at, currency=currency)
    steps = found.frame.with_columns(currency=pl.lit(found.currency))
    columns = ("step", "member", *(("label",) if by == "account" else ()), "marginal", "stopped", "left")
    if output.kind == "table":
        steps = steps.with_columns(label=pl.when(pl.col("label") != pl.col("member")).then("label"))
    show(steps, output, columns=columns, empty="No freeze would stop anything.")
    aside([found.sentence, *found.notes], output)
