"""`followmoney report`: the report of a case."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli import _answers as answers
from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import say
from followmoney.cli._paths import Paths
from followmoney.cli._progress import doing


@command("case", "load", "detect", "communities", "trace", "report")
def report(path: Paths, /, *, out: Path, given: Given | None = None) -> None:
    """Write the report of a case: findings, networks, the trace if money is claimed, and what can be frozen.

    Thresholds of patterns and options of methods come from `--config`.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    out:
        Folder to write the report into.
    """
    from followmoney.case import Case
    from followmoney.reports import report as write

    apart(out, *path)
    chosen = settings(given, path)
    answers.ready(chosen, chosen.template())
    graph = graph_of(path, chosen)
    journal = answers.journal(chosen)
    chosen = answers.decided(answers.settled(chosen, graph.ledger), journal)
    found = answers.findings(graph, chosen)
    left = answers.considered(found, journal)
    networks = answers.networks(graph, chosen, left)
    ids = answers.claimed(chosen, left)
    followed = answers.trace(graph, chosen, ids) if ids else None
    with doing("Writing the report"):
        case = Case(
            chosen.case.name, found, networks, followed, source=graph.ledger, journal=journal,
            takes_days=chosen.takes_days(), threshold=chosen.owners.threshold, lower=chosen.lower(),
        )  # fmt: skip
        page = write(case, out, chosen)
    say(str(page))
