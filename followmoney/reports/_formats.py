"""What a report can be written as, beside the page and its tables: one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError, unknown
from followmoney.reports._folder import PAGES, SCHEDULES, STATEMENT

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack

Writer = Callable[["Pack", Path], int]
"""Writes a file of a report into its folder; returns the rows in it."""


def _xlsx(pack: Pack, path: Path) -> int:
    from followmoney.reports._workbook.book import write

    return write(pack.case, path, pack.fingerprint)


def _pdf(pack: Pack, path: Path) -> int:
    from followmoney.reports._pdf.pages import write

    return write(pack, path)


def _docx(pack: Pack, path: Path) -> int:
    from followmoney.reports._statement.document import write

    return write(pack, path)


FORMATS: dict[str, tuple[str, Writer]] = {
    "xlsx": (SCHEDULES, _xlsx), "pdf": (PAGES, _pdf), "docx": (STATEMENT, _docx),
}  # fmt: skip
"""By name: the file, and what writes it, in this order: what is written last can name and hold the files before it."""
ALWAYS = "html"


def write(pack: Pack, folder: Path, formats: Sequence[str]) -> dict[str, int]:
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
            rows[file] = writer(pack, folder / file)
    return rows
