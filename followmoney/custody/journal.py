"""The journal of a case: every entry as it was written, none removed, altered or put in, none cut off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from followmoney.case.journal import Journal
from followmoney.custody.check import Check, check
from followmoney.errors import InputError
from followmoney.reports._folder import JOURNAL

_WHAT = "Every entry of the journal follows from the one before, and the last is the one that the report names."


def journal(folder: Path, told: Mapping[str, Any]) -> list[Check]:
    """Whether the journal beside a report is the one it was made with; `told` is what the manifest says of the run.

    None where nobody decided anything.
    """
    path, said = folder / JOURNAL, told.get("journal")
    if said is None:
        return []
    try:
        found = Journal.read(path)
    except InputError as error:
        return [check("journal", _WHAT, int(said["entries"]), [str(error)])]
    wrong: list[str] = []
    if len(found) != said["entries"]:
        first = min(len(found), said["entries"]) + 1
        what = f"entry {first:,} and what follows {'is not there' if len(found) < said['entries'] else 'came later'}"
        wrong.append(f"{JOURNAL} has {len(found):,} entries, and the report was made with {said['entries']:,}: {what}")
    elif found.head != said["head"]:
        wrong.append(f"{JOURNAL} ends with {found.head}, and the report was made with {said['head']}")
    elif list(found.handling) != said["handling"]:
        wrong.append(f"{JOURNAL} gives other handling codes than the report")
    return [check("journal", _WHAT, max(int(said["entries"]), len(found)), wrong)]
