"""`followmoney export`: the ledger or the findings in the format of another tool."""

from __future__ import annotations

from pathlib import Path

from followmoney.cli import _answers as answers
from followmoney.cli._apart import apart
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import say
from followmoney.cli._paths import Paths
from followmoney.cli._progress import doing


@command("case", "load", "detect")
def export(path: Paths, /, *, format: str, out: Path, given: Given | None = None) -> None:  # noqa: A002
    """Write the ledger, or what was found in it, in the format of another tool.

    The ledger: bods, ftm, gexf, graphml, neo4j. Findings and what they rest on: goaml, i2, sarif. Thresholds of
    patterns come from `--config`.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    format:
        One of bods (beneficial ownership statements), ftm (FollowTheMoney), gexf, goaml (a draft of a report),
        graphml, i2 (a chart), neo4j (a folder for its bulk import), sarif.
    out:
        New file to write, or for neo4j a new folder; what is there is never replaced.
    """
    from followmoney.case import Case
    from followmoney.errors import SettingsError, unknown
    from followmoney.reports import export as write
    from followmoney.reports.exports import catalogue

    if format not in catalogue():
        raise SettingsError(unknown("format", format, catalogue()))
    apart(out, *path)
    chosen = settings(given, path)
    graph = graph_of(path, chosen)
    found = answers.findings(graph, chosen) if catalogue()[format].findings else None
    with doing(f"Writing {out}"):
        made = write(Case(chosen.case.name, found, source=graph.ledger, journal=answers.journal(chosen)), out, format)
    say(str(made))
