"""What a report can be written as, beside the page and its tables: one writer a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError, unknown
from followmoney.reports._folder import PAGES, SCHEDULES, STATEMENT

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack
    from followmoney.reports._statement.template import Template


@dataclass(frozen=True)
class Format:
    """A file, and what writes it."""

    file: str
    what: str
    library: str
    """Of the extra `report`: a report without this format needs none."""
    write: Callable[[Pack, Path], int]
    """Writes the file into its folder; returns the rows in it."""


def _xlsx(pack: Pack, path: Path) -> int:
    from followmoney.reports._workbook.book import write

    return write(pack.case, path, pack.fingerprint)


def _pdf(pack: Pack, path: Path) -> int:
    from followmoney.reports._pdf.pages import write

    return write(pack, path)


def _docx(pack: Pack, path: Path) -> int:
    from followmoney.reports._statement.document import write

    return write(pack, path)


FORMATS = {
    "xlsx": Format(SCHEDULES, "A workbook of schedules", "xlsxwriter", _xlsx),
    "pdf": Format(PAGES, "A report on pages", "typst", _pdf),
    "docx": Format(STATEMENT, "A statement", "docxtpl", _docx),
}
"""By name, in this order: what is written last can name and hold the files before it."""
ALWAYS = "html"


def ready(formats: Sequence[str], template: Template | None = None) -> list[str]:
    """The formats asked for, each once; asked before any work, so that none of it is lost.

    Raises:
        SettingsError: There is no such format, the extra it needs is not installed, or the template cannot be read.
    """
    names = [formats] if isinstance(formats, str) else list(formats)
    for name in names:
        if name != ALWAYS and name not in FORMATS:
            raise SettingsError(unknown("format of a report", name, [ALWAYS, *FORMATS]))
    wanted = [name for name in FORMATS if name in names]
    for name in wanted:
        try:
            import_module(FORMATS[name].library)
        except ImportError:
            what = FORMATS[name].what
            raise SettingsError(f"{what} ({name}) needs an extra: pip install followmoney[report].") from None
    if template is not None and "docx" in wanted:
        from followmoney.reports._statement.template import sound

        sound(template)
    return wanted


def write(pack: Pack, folder: Path, formats: Sequence[str]) -> dict[str, int]:
    """Write the formats asked for, which are `ready`; returns the rows of each file."""
    return {FORMATS[name].file: FORMATS[name].write(pack, folder / FORMATS[name].file) for name in formats}
