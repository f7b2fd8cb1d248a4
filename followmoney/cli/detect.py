"""`followmoney detect`: laundering patterns, each with the transactions that show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from followmoney.cli import _answers as answers
from followmoney.cli._fail import FailOn, failed
from followmoney.cli._flags import command, settings
from followmoney.cli._open import graph_of
from followmoney.cli._output import Output, notes, show

_COLUMNS = ("id", "pattern", "label", "amount", "transactions", "first", "last", "strength", "explanation")


@command("load", "detect", "patterns.*")
def detect(
    path: Path,
    /,
    *,
    part: Literal["findings", "evidence"] = "findings",
    fail_on: FailOn = None,
    output: Output = Output(),  # noqa: B008
    given: Any = None,  # noqa: ANN401
) -> int:
    """Find laundering patterns, each with the transactions that show it.

    Parameters
    ----------
    path:
        A file, a folder of files, a saved ledger or the folder of a run.
    part:
        The findings, or the transactions that show them with their source rows.
    """
    chosen = settings(given)
    found = answers.findings(graph_of(path, chosen), chosen)
    if part == "findings":
        show(found.frame, output, money={"amount": "currency"}, columns=_COLUMNS, empty="No pattern was found.")
    else:
        show(found.evidence, output, money={"amount": "currency"}, empty="No pattern was found.")
    notes(found.notes, output)
    return failed(found.frame, fail_on)
