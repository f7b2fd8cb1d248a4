"""What a page is made of: sections of paragraphs, tables, lists and pictures; how they look is for the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from followmoney.reports.picture import Picture


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


@dataclass(frozen=True)
class Form:
    """Lines to be filled in by hand."""

    terms: tuple[str, ...]
    kind: str = field(default="form", init=False)


Block = Table | Text | Points | Code | Head | Figure | Form


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
