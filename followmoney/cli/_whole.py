"""A folder of results, written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from followmoney.cli._private import private


@contextmanager
def whole(folder: Path) -> Generator[Path]:
    """A temporary folder beside `folder`; at the end its files are moved into place, after an error it is gone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    try:
        with private():
            yield work
        for path in sorted(work.iterdir()):
            path.chmod(0o600)  # bank data: for the owner only
            path.replace(folder / path.name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
