"""The newest report, where a person looks for it: straight in the folder of the run."""

from __future__ import annotations

import shutil
from pathlib import Path

from followmoney.cli._stages import PART


def publish(result: Path, out: Path) -> None:
    """Copy the files of a result, each whole or not at all; a file that is there with the same bytes is left alone."""
    for path in sorted(p for p in result.rglob("*") if p.is_file()):
        goal = out / path.relative_to(result)
        if goal.is_file() and goal.stat().st_size == path.stat().st_size and goal.read_bytes() == path.read_bytes():
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        part = out / f".{path.name}{PART}"
        shutil.copy(path, part)  # with its rights: for the owner only
        part.replace(goal)
