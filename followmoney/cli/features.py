"""`followmoney features`: numbers of every transaction or account, to train a model on."""

from __future__ import annotations

from typing import Literal

from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, show
from followmoney.cli._paths import Paths
from followmoney.cli._progress import doing


@command("load")
def features(
    path: Paths,
    /,
    *,
    profile: Literal["casework", "gfp"] = "casework",
    of: Literal["transactions", "accounts"] = "transactions",
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Count what every transaction or account takes part in, to train a model on.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    profile:
        Findings, new pairs, pauses and sums in and out; or counts of shapes and statistics in a sliding window, as
        IBM's Graph Feature Preprocessor defines them.
    of:
        A row a transaction, or a row an account with the largest value of its transactions.
    """
    from followmoney.profiles import features as count

    graph = graph_of(path, settings(given, path))
    with doing("Counting"):
        table = count(graph, profile, of=of)
    show(table, output, empty="There is no transaction.")
