"""Chapters of the report as parts of a statement: texts and tables, each under the heading it had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Form, Head, Points, Section, Table, Text
from followmoney.reports._pdf._columns import SIZE, Columns
from followmoney.reports._visible import in_line

Part = dict[str, Any]
UPRIGHT, LYING = 9298, 14796
"""Room across a page of our template, in twentieths of a point."""
_INCREASE = 7.5 / SIZE  # our letters are larger than those of the columns measured
_NOT_XML: dict[int, str] = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


def part(
    title: str,
    paragraphs: Iterable[str] = (),
    tables: Sequence[Part] = (),
    blanks: Sequence[str] = (),
    *,
    level: int = 1,
) -> Part:
    """A heading and what stands under it; level 2 is a heading within the part before."""
    return {
        "title": title, "level": level, "paragraphs": list(paragraphs), "tables": list(tables), "blanks": list(blanks),
    }  # fmt: skip


def chapter(section: Section) -> Part:
    """A chapter, its blocks by kind."""
    of: Sequence[Block] = section.blocks
    return {
        "title": clean(section.title),
        "texts": [clean(b.text) for b in of if isinstance(b, Text)],
        "points": [clean(s) for b in of if isinstance(b, Points) for s in b.sentences],
        "blanks": [clean(t) for b in of if isinstance(b, Form) for t in b.terms],
        "tables": [_table(b) for b in of if isinstance(b, Table)],
    }


def parts(section: Section) -> list[Part]:
    """A chapter in the order it has: what is before its first heading, then every heading that has something under it.

    Pictures are not drawn in a statement, and what stands under them is not told.
    """
    first, *rest = (_under(*one) for one in _cut(section) if one[0].anchor != anchors.NOT_DRAWN)
    return [first | {"level": 1}, *(p for p in rest if p["paragraphs"] or p["tables"])]


def under(section: Section, place: str) -> Part:
    """What stands under one heading of a chapter; nothing where that heading is not there."""
    found = next((one for one in _cut(section) if one[0].anchor == place), (Head(""), list[Block]()))
    return _under(*found)


def clean(text: str) -> str:
    """Text that a document can hold, in which nothing is hidden."""
    return in_line(text).translate(_NOT_XML)


def _cut(section: Section) -> Iterator[tuple[Head, list[Block]]]:
    """The blocks of a chapter by the heading they stand under; the title of the chapter is the first."""
    head, below = Head(section.title), list[Block]()
    for block in section.blocks:
        if isinstance(block, Head):
            yield head, below
            head, below = block, []
        else:
            below.append(block)
    yield head, below


def _under(head: Head, blocks: Sequence[Block]) -> Part:
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            said.append(clean(block.text))
        elif isinstance(block, Points):
            said += map(clean, block.sentences)
    return part(clean(head.text), said, [_table(b) for b in blocks if isinstance(b, Table)], level=2)


def _table(table: Table) -> Part:
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    return {
        "heads": [clean(head.rstrip(">|")) for head in table.heads], "rows": rows, "note": clean(table.note),
        "widths": _widths(table, UPRIGHT), "wide": _widths(table, LYING),
    }  # fmt: skip


def _widths(table: Table, room: int) -> list[int]:
    """How wide its columns are, by what stands in them; they fill the room."""
    found = [round(width * 20 * _INCREASE) for width in Columns(table, room / 20 / _INCREASE).widths]
    return [*found[:-1], room - sum(found[:-1])]


def _cell(cell: Cell) -> str:
    """A cell, its second line under the first."""
    return "\n".join(clean(text) for text in (cell.text, cell.more) if text)
