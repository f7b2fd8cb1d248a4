"""Chapters in which no name is longer than can be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from followmoney.reports._blocks import Block, Cell, Explorer, Figure, Form, Head, Points, Row, Section, Table, Text
from followmoney.reports._explorer import inert
from followmoney.reports._long import Long
from followmoney.reports.picture import Picture


def shortened(sections: Sequence[Section], given: Long) -> list[Section]:
    """The chapters, with names and texts cut that are too long."""
    if not given.shown:
        return list(sections)
    return [replace(section, blocks=tuple(_block(block, given) for block in section.blocks)) for section in sections]


def cells(those: Sequence[Cell], given: Long) -> list[Cell]:
    """The same for some cells."""
    return [replace(cell, text=given.cut(cell.text), more=given.cut(cell.more)) for cell in those]


def _block(block: Block, given: Long) -> Block:
    match block:
        case Table():
            return replace(block, rows=tuple(_row(row, given) for row in block.rows), note=given.cut(block.note))
        case Text() | Head():
            return replace(block, text=given.cut(block.text))
        case Points():
            return replace(block, sentences=tuple(map(given.cut, block.sentences)))
        case Figure():
            return replace(block, picture=_picture(block.picture, given))
        case Explorer():
            data = inert(_values(json.loads(block.data), given))
            return replace(block, data=data, caption=given.cut(block.caption))
        case _:
            assert isinstance(block, Form) or block.kind == "code"  # our own words; settings, word for word
            return block


def _row(row: Row, given: Long) -> Row:
    return replace(row, cells=tuple(cells(row.cells, given)))


def _picture(picture: Picture, given: Long) -> Picture:
    svg = picture.svg
    for name, told in given.shown.items():
        svg = svg.replace(escape(name), escape(told))
    return replace(
        picture, svg=svg, alt=given.cut(picture.alt), caption=given.cut(picture.caption),
        omitted=tuple(map(given.cut, picture.omitted)),
    )  # fmt: skip


def _values(value: Any, given: Long) -> Any:  # noqa: ANN401 - whatever JSON has
    if isinstance(value, str):
        return given.cut(value)
    if isinstance(value, list):
        return [_values(each, given) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {key: _values(each, given) for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value
