"""`export`: a ledger or a case in the format of another tool."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError, expect, unknown
from followmoney.reports.exports._catalogue import Export, catalogue

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_FILE, _FOLDER = 0o600, 0o700


def export(given: Ledger | Case, out: str | Path, format: str) -> Path:  # noqa: A002
    """Write a ledger or a case so that another tool can read it, whole or not at all; returns the path.

    The same input gives the same bytes. Only the owner can read what is written. Invisible characters are shown as
    signs, and no cell of a table is a formula. Handling codes of the case go along where the format has a place for
    them (gexf, goaml, graphml, i2, sarif).

    Args:
        given: A ledger; for the formats about findings (goaml, i2, sarif) a case that has findings and a ledger.
        out: A new file, or a new folder for the formats of several files (neo4j). What is there is never replaced.
        format: One of `followmoney.reports.exports.catalogue()`: bods, ftm, gexf, goaml, graphml, i2, neo4j, sarif.

    Raises:
        SettingsError: No such format; something is there already; the case lacks findings or a ledger; the format is
            meant for less than there is.
    """
    from followmoney.case import Case
    from followmoney.ledger import Ledger

    expect("export", given, (Ledger, Case), "a ledger or a case: fm.load(folder), fm.Case(name, findings, source=...)")
    if format not in catalogue():
        raise SettingsError(unknown("format", format, catalogue()))
    chosen = catalogue()[format]
    case = given if isinstance(given, Case) else Case("ledger", source=given)
    if case.ledger is None:
        raise SettingsError("This case has no ledger; make it with Case(..., source=ledger).")
    if chosen.findings and not case.considered:
        raise SettingsError(f"{format} is about findings, and there are none; give a case with findings.")
    goal = Path(out)
    _free(goal)
    _whole(chosen, case, case.ledger, goal)
    return goal


def _free(goal: Path) -> None:
    if goal.is_symlink() or goal.exists():
        raise SettingsError(f"{goal} is already there and is not replaced; give another name, or move it away.")


def _whole(chosen: Export, case: Case, ledger: Ledger, goal: Path) -> None:
    goal.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".part-", dir=goal.parent))
    try:
        made = work / "made"
        if chosen.folder:
            made.mkdir(mode=_FOLDER)
        chosen.write(case, ledger, made)
        for path in [made, *sorted(made.rglob("*"))]:
            path.chmod(_FOLDER if path.is_dir() else _FILE)
        _free(goal)  # what came while we wrote is not ours to replace
        made.rename(goal)
    finally:
        shutil.rmtree(work, ignore_errors=True)
