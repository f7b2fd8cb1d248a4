"""A folder written whole or not at all, that only its owner can read."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from followmoney.errors import SettingsError
from followmoney.ledger.swap import swap

MANIFEST = "manifest.json"
PAGE = "report.html"
TABLES = ("findings", "evidence", "trace", "ledgers", "names")
ASSETS = "assets.csv"
SCHEDULES = "schedules.xlsx"
JOURNAL = "journal.jsonl"
"""What analysts decided, where anything was."""
PAGES = "report.pdf"
STATEMENT = "statement.docx"
TEMPLATE = "template.docx"
"""The template of the statement, as it was given; where there was one."""
FILES = frozenset(
    {MANIFEST, PAGE, PAGES, STATEMENT, TEMPLATE, ASSETS, SCHEDULES, JOURNAL, *(f"{name}.parquet" for name in TABLES)}
)
"""Every file a report may consist of; nothing else is ever replaced or removed."""
_FILE, _FOLDER = 0o600, 0o700


@contextmanager
def whole(folder: Path) -> Generator[Path]:
    """A new folder to write into; it takes the place of `folder` at the end, and is gone after an error.

    Raises:
        SettingsError: `folder` holds anything else than the files of an earlier report.
    """
    refuse(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield work
        for path in sorted(work.rglob("*")):
            path.chmod(_FOLDER if path.is_dir() else _FILE)
        work.chmod(_FOLDER)
        refuse(folder)  # what came while we wrote is not ours to remove either
        swap(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def listed(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the report in a folder, as its manifest has it; empty where there is no such manifest."""
    try:
        read: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found: dict[Any, Any] = {output["file"]: output["sha256"] for output in read["outputs"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {name: digest for name, digest in found.items() if name in FILES and isinstance(digest, str)}


def refuse(folder: Path) -> None:
    """Stop where writing a report into the folder would remove anything but an earlier report."""
    if not folder.is_symlink() and not folder.exists():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise SettingsError(f"{folder} is not a folder; name a new folder for the report.")
    ours = {*listed(folder), MANIFEST}
    for path in sorted(folder.iterdir()):
        if path.name not in ours or path.is_symlink() or not path.is_file():
            raise SettingsError(
                f"{folder} holds {path.name!r}, which is not of an earlier report; name a new folder for the report."
            )
    if (folder / MANIFEST).exists() and not listed(folder):
        raise SettingsError(f"{folder / MANIFEST} is not of an earlier report; name a new folder for the report.")
