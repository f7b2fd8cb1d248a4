"""`followmoney document`: which missing document to ask for next."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from followmoney.cli import _answers as answers
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.cli._paths import Paths

_SHOWN = ("account", "label", "gap", "start", "end", "narrows", "up_to")

_ADDED = (
    "Narrows and up to are differences of most and least, added up over all places: money that can be in several "
    "places counts in each, so they serve to compare documents and are no amounts of money. With --of A --of B they "
    "are of these together."
)


@command("load", "trace")
def document(
    path: Paths,
    /,
    *,
    of: Annotated[tuple[str, ...], Parameter(negative=(), show_default=False)] = (),
    currency: str | None = None,
    limit: int = 20,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say which missing document would narrow most what is open about where the claimed money is.

    For every opening balance and statement that is not there: by how much the gap between the least and the most would
    shrink whatever the document shows (narrows), and at best (up to). The best to ask for comes first. Without --of
    these are sums over all places, which compare documents; they are no amounts of money, and can exceed the claim.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    of:
        Only for what is in this account, asset, party or country; give it again for another. Not given: everywhere.
    currency:
        Only money in this currency; needed where there are several.
    limit:
        Look at so many gaps at most: those where most claimed money can have been.
    """
    import polars as pl

    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    found = answers.traced(graph, chosen).next_document(of or None, currency=currency, limit=limit)
    if output.kind == "table":
        found = found.with_columns(label=pl.when(pl.col("label") != pl.col("account")).then("label"))
    show(found, output, columns=_SHOWN, empty="No missing document would narrow what can be said.")
    if output.kind == "table":
        aside([*found["sentence"].head(3).to_list(), *([] if of or not len(found) else [_ADDED])], output)
