"""Chapters → what the pages are set from: JSON in which every text is a string, and pictures as files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from followmoney.languages import say
from followmoney.reports._blocks import (
    Block,
    Cell,
    Code,
    Explorer,
    Figure,
    Form,
    Head,
    Points,
    Row,
    Section,
    Table,
    Text,
)
from followmoney.reports._pdf._columns import Columns, breakable
from followmoney.reports._pdf._signs import signs
from followmoney.reports._visible import visible

UPRIGHT, LYING = (510.0, 700.0), (757.0, 460.0)
"""Room on a page, in points: across and down."""
_WIDE = 8  # a table of more columns lies
_LARGER = 1.0  # a picture is drawn no larger than that
_ALT = 8_000  # signs of what a picture shows: a text in a PDF/A has 32,767 bytes at most
_WORTH = 1.15  # it lies where that makes it so much larger

Content = dict[str, Any]


def parts(sections: Sequence[Section], folder: Path) -> list[Content]:
    """Chapters by the way their pages lie; pictures are written into the folder."""
    made = _Pages(folder, set(_anchors(sections)))
    found: list[Content] = []
    for section in sections:
        wide = any(map(_lies, section.blocks))
        if not found or found[-1]["wide"] != wide:
            found.append({"wide": wide, "sections": []})
        blocks = [made.block(block, LYING if wide else UPRIGHT) for block in section.blocks]
        found[-1]["sections"].append({"anchor": section.anchor, "title": signs(section.title), "blocks": blocks})
    return found


def cell(given: Cell, text: str, more: str, anchors: set[str], *, beside: bool = False) -> str | Content:
    """A cell; a plain one is its text."""
    said: Content = {"text": text}
    if given.code:
        said["code"] = True
    if given.link in anchors:
        said["link"] = given.link
    if more:
        said["more"] = more
        if beside:
            said["beside"] = True
    return said if len(said) > 1 else text


def _said(text: str) -> str:
    return breakable(signs(text))


class _Pages:
    """Blocks of a report whose places are known."""

    def __init__(self, folder: Path, anchors: set[str]) -> None:
        self._folder, self._anchors, self._pictures = folder, anchors, 0

    def block(self, block: Block, room: tuple[float, float]) -> Content:
        """One block as the template reads it."""
        said: Content = {"kind": block.kind}
        match block:
            case Table():
                said |= self._table(block, room[0])
            case Text():
                said |= {"text": _said(block.text), "strong": block.strong}
            case Points():
                said["sentences"] = [_said(s) for s in block.sentences]
            case Code():
                said["text"] = "\n".join(signs(line) for line in visible(block.text).split("\n"))
            case Head():
                said["text"] = _said(block.text)
                if block.anchor:
                    said["anchor"] = block.anchor
            case Form():
                said["terms"] = [signs(t) for t in block.terms]
            case Figure():
                said |= self._figure(block, room)
            case Explorer():
                said = {"kind": "text", "text": signs(block.words["off"]), "strong": False}
        return said

    def _table(self, table: Table, room: float) -> Content:
        columns = Columns(table, room)
        return {
            "heads": [signs(head.rstrip(">|")) for head in table.heads],
            "align": ["end" if head.endswith(">") else "start" for head in table.heads],
            "widths": [round(w, 2) for w in columns.widths], "size": round(columns.size, 2),
            "rows": [self._row(row, columns) for row in table.rows], "note": _said(table.note),
        }  # fmt: skip

    def _row(self, row: Row, columns: Columns) -> Content:
        cells = [
            cell(c, columns.broken(c, signs(c.text), at), columns.broken(c, signs(c.more), at, second=True),
                 self._anchors, beside=at == 0 and columns.beside)
            for at, c in enumerate(row.cells)
        ]  # fmt: skip
        said: Content = {"cells": cells}
        if row.anchor:
            said["anchor"] = row.anchor
        if row.total:
            said["total"] = True
        return said

    def _figure(self, figure: Figure, room: tuple[float, float]) -> Content:
        self._pictures += 1
        name = f"picture{self._pictures}.svg"
        root = ET.fromstring(figure.picture.svg)  # noqa: S314 - written by ourselves a moment ago
        for element in root.iter():
            if element.text and element.text.strip():
                element.text = signs(element.text.strip())
        (self._folder / name).write_bytes(ET.tostring(root))
        return {
            "file": name, "width": round(_size(figure)[0] * _scale(figure, room), 2), "leading": say("Not drawn:"),
            "alt": signs(figure.picture.alt)[:_ALT],
            "omitted": [_said(sentence) for sentence in figure.picture.omitted],
        }  # fmt: skip


def _anchors(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        yield section.anchor
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (row.anchor for row in block.rows if row.anchor)
            elif isinstance(block, Head) and block.anchor:
                yield block.anchor


def _lies(block: Block) -> bool:
    """Whether a block needs a page that lies on its side."""
    if isinstance(block, Table):
        return len(block.heads) > _WIDE
    return isinstance(block, Figure) and _scale(block, LYING) > _scale(block, UPRIGHT) * _WORTH


def _scale(figure: Figure, room: tuple[float, float]) -> float:
    """How large a picture can stand in a room, where 1 is as drawn."""
    across, down = _size(figure)
    return min(_LARGER, room[0] / across, room[1] / down)


def _size(figure: Figure) -> tuple[float, float]:
    """Points across and down of a picture as drawn."""
    box = ET.fromstring(figure.picture.svg).get("viewBox", "0 0 1 1").split(" ")  # noqa: S314 - our own
    return float(box[2]), float(box[3])
