"""What a report can be written as, beside the page and its tables: one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError, unknown
from followmoney.reports._folder import SCHEDULES

if TYPE_CHECKING:
    from followmoney.case import Case

Writer = Callable[["Case", Path, str], int]
"""Writes a file for a case and the fingerprint of its question; returns the rows in it."""


def _xlsx(case: Case, path: Path, fingerprint: str) -> int:
    from followmoney.reports._workbook.book import write

    return write(case, path, fingerprint)


FORMATS: dict[str, tuple[str, Writer]] = {"xlsx": (SCHEDULES, _xlsx)}
"""By name: the file, and what writes it."""
ALWAYS = "html"


def write(case: Case, folder: Path, formats: Sequence[str], fingerprint: str) -> dict[str, int]:
    """Write the formats asked for, each once; returns the rows of each file.

    Raises:
        SettingsError: There is no such format, or the extra that it needs is not installed.
    """
    names = [formats] if isinstance(formats, str) else list(formats)
    for name in names:
        if name != ALWAYS and name not in FORMATS:
            raise SettingsError(unknown("format of a report", name, [ALWAYS, *FORMATS]))
    rows: dict[str, int] = {}
    for name, (file, writer) in FORMATS.items():
        if name in names:
            rows[file] = writer(case, folder / file, fingerprint)
    return rows
