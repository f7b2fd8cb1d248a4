"""The files of a folder by name: never through a link, so that a check looks at nothing outside."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def files(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path from there ("a/b.csv"), in order; a link counts as itself."""
    found: dict[str, Path] = {}
    for place, folders, names in os.walk(folder, followlinks=False):
        for name in [*names, *(f for f in folders if (Path(place) / f).is_symlink())]:
            path = Path(place) / name
            found[_told(path.relative_to(folder))] = path
    return dict(sorted(found.items()))


def empty(folder: Path) -> list[str]:
    """Every folder below one that holds nothing, by its path from there: none is ever written, and none has a hash."""
    found = [Path(place) for place, folders, names in os.walk(folder, followlinks=False) if not (folders or names)]
    return sorted(f"{_told(path.relative_to(folder))}/" for path in found if path != folder)


def _told(path: Path) -> str:
    """The path as text; bytes that are no text, which a bag never has, as their numbers."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def sha256(path: Path) -> str:
    """SHA-256 of a file; of a link or anything else that is no file, a word that equals no hash."""
    if path.is_symlink() or not path.is_file():
        return "not a file"
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
