"""Which files a run is about: one hash over their names and bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from followmoney.errors import InputError


def fingerprint(*paths: Path) -> str:
    """SHA-256 over names and bytes of the files of some paths: one pass over them."""
    found: dict[Path, str] = {}
    folders = {(path if path.is_dir() else path.parent).absolute() for path in paths}
    above = Path(os.path.commonpath(folders))
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} does not exist. Check the path.")
        beside = path.parent.glob("*.toml")  # an import specification beside a file is found and used
        files = (p for p in path.rglob("*") if p.is_file()) if path.is_dir() else {path, *beside}
        found |= {(at := file.absolute()): at.relative_to(above).as_posix() for file in files}
    whole = hashlib.sha256()
    for file, name in sorted(found.items(), key=lambda pair: pair[1]):
        with file.open("rb") as content:
            whole.update(f"{hashlib.file_digest(content, 'sha256').hexdigest()} {name}\n".encode())
    return whole.hexdigest()
