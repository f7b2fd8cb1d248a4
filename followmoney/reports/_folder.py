"""A folder written whole or not at all, that only its owner can read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from followmoney.errors import SettingsError

MANIFEST = "manifest.json"
_FILE, _FOLDER = 0o600, 0o700


@contextmanager
def whole(folder: Path) -> Generator[Path]:
    """A new folder to write into; it takes the place of `folder` at the end, and is gone after an error.

    Raises:
        SettingsError: `folder` holds something else than an earlier report.
    """
    if folder.exists() and not _ours(folder):
        raise SettingsError(f"{folder} is not empty and not an earlier report; name a new folder for the report.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield work
        for path in sorted(work.rglob("*")):
            path.chmod(_FOLDER if path.is_dir() else _FILE)
        work.chmod(_FOLDER)
        _replace(folder, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _ours(folder: Path) -> bool:
    return folder.is_dir() and (not any(folder.iterdir()) or (folder / MANIFEST).is_file())


def _replace(folder: Path, work: Path) -> None:
    """Put the new folder in the place of the old one, which comes back if that fails."""
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent)) / "old"
    folder.rename(old)
    try:
        work.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
