"""`followmoney detect`: laundering patterns, each with the transactions that show it."""

from __future__ import annotations

from typing import Literal

from followmoney.cli import _answers as answers
from followmoney.cli._fail import FailOn, failed
from followmoney.cli._flags import Given, command, settings
from followmoney.cli._found import looked_for, order, shown
from followmoney.cli._open import graph_of
from followmoney.cli._output import AUTO, Output, aside, notes, show
from followmoney.cli._paths import Paths


@command("load", "detect", "patterns.*")
def detect(
    path: Paths,
    /,
    *,
    part: Literal["findings", "evidence"] = "findings",
    fail_on: FailOn = None,
    output: Output = AUTO,
    given: Given | None = None,
) -> int:
    """Find laundering patterns, each with the transactions that show it.

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    part:
        The findings, or the transactions that show them with their source rows.
    """
    chosen = settings(given, path)
    found = answers.findings(graph_of(path, chosen), chosen)
    if part == "findings":
        shown(found, output)
    else:
        show(found.evidence, output, empty="No pattern was found.")
    if output.kind == "table":
        aside([*(order(found) if part == "findings" else []), *looked_for(found)], output)
    notes(found.notes, output)
    return failed(found.frame, fail_on)
