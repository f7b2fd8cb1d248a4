"""The newest report, where a person looks for it: straight in the folder of the run."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from followmoney.cli._latest import LATEST, SETTINGS, latest
from followmoney.cli._private import private
from followmoney.cli._stages import PART
from followmoney.cli._stages import sha256 as digest
from followmoney.errors import SettingsError
from followmoney.reports._folder import FILES, MANIFEST, listed


def publish(result: Path, out: Path) -> None:
    """Copy the files of a result, each whole or not at all, and remove those only an earlier report had.

    A file that is there with the same bytes is left alone; the manifest comes last.
    """
    clear(out)
    new = {p.name: p for p in sorted(result.iterdir()) if p.is_file()}
    for name in sorted(FILES, key=lambda name: (name == MANIFEST, name)):
        if name not in new:
            (out / name).unlink(missing_ok=True)  # `clear` has seen that it is ours
            continue
        path = new[name]
        goal = out / path.name
        if goal.is_file() and _same(goal, path):
            continue
        part = out / f".{path.name}{PART}"
        try:
            with private():
                shutil.copy(path, part)  # with its rights: for the owner only
            part.replace(goal)
        finally:
            part.unlink(missing_ok=True)


def clear(out: Path) -> None:
    """Stop where a report or a note of a run would take the place of anything we did not write.

    Raises:
        SettingsError: A folder, a link or another file has a name we need; nothing was written.
    """
    foreign = [name for name in sorted(FILES) if not _ours(out, name)]
    foreign += [n for n in (LATEST, SETTINGS) if _there(out / n) and not ((out / n).is_file() and latest(out))]
    if foreign:
        raise SettingsError(
            f"{out / foreign[0]} is in the way of the report and not as a run wrote it; move it, or give another --out."
        )


def _ours(out: Path, name: str) -> bool:
    """Whether a place is free, or holds a file of the report published there or of one a stopped run published."""
    path = out / name
    if not _there(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    return (name != MANIFEST and listed(out).get(name) == digest(path)) or _known(path, out.glob(f"report-*/*/{name}"))


def _known(path: Path, others: Iterable[Path]) -> bool:
    return any(_same(path, other) for other in others if other.is_file())


def _there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
