"""What a page is made of: sections of paragraphs, tables, lists and pictures; how they look is for the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from followmoney.languages import say
from followmoney.reports.picture import Picture

_LISTED = 12


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str
    link: str | None = None
    """Place on the page it jumps to."""
    code: bool = False
    """Written as machines write: identifiers, files, hashes."""
    more: str = ""
    """A second line, smaller."""


@dataclass(frozen=True)
class Row:
    """One row; `anchor` is the place on the page that links jump to."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    total: bool = False


@dataclass(frozen=True)
class Table:
    """Columns and rows; a head that ends with ">" is a column of figures, one with "|" is never broken.

    Totals are the last rows, never a table foot: a printed foot would repeat on every page.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    strong: bool = False
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    sentences: tuple[str, ...]
    kind: str = field(default="points", init=False)


@dataclass(frozen=True)
class Code:
    """Text word for word."""

    text: str
    kind: str = field(default="code", init=False)


@dataclass(frozen=True)
class Head:
    """A heading within a section."""

    text: str
    anchor: str | None = None
    kind: str = field(default="head", init=False)


@dataclass(frozen=True)
class Figure:
    """A picture with its caption and whatever it leaves out."""

    picture: Picture
    kind: str = field(default="figure", init=False)

    @property
    def listed(self) -> list[str]:
        """What it leaves out, as stands below it; all of it is in the chapter on what is not known."""
        first, left = list(self.picture.omitted[:_LISTED]), len(self.picture.omitted) - _LISTED
        more = [say("And {left} more, in the chapter on what is not known.", left=left)] if left > 0 else []
        return first + more


@dataclass(frozen=True)
class Form:
    """Lines to be filled in by hand."""

    terms: tuple[str, ...]
    kind: str = field(default="form", init=False)


@dataclass(frozen=True)
class Explorer:
    """A chart that scripts draw; the page is whole without it."""

    data: str
    """JSON in which no character means anything to a page."""
    words: Mapping[str, str]
    """Texts around it, by name."""
    caption: str
    kind: str = field(default="explorer", init=False)


Block = Table | Text | Points | Code | Head | Figure | Form | Explorer


@dataclass(frozen=True)
class Section:
    """A chapter of the page."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


def row(*cells: str | Cell, anchor: str | None = None, total: bool = False) -> Row:
    """A row of texts and cells."""
    return Row(tuple(c if isinstance(c, Cell) else Cell(c) for c in cells), anchor, total)


def table(heads: Sequence[str], rows: Iterable[Row], note: str = "") -> Table:
    """A table."""
    return Table(tuple(heads), tuple(rows), note)
