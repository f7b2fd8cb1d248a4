"""How wide the columns of a table are on a page, and where long words may break: no figure is ever cut."""

from __future__ import annotations

from itertools import pairwise

from followmoney.reports._blocks import Cell, Table
from followmoney.reports._labels import width

SIZE, SMALL = 6.8, 4.6
_INSET, _MONO, _SECOND = 7.4, 0.57, 0.86
_LEAST = 5.0  # a column of words is never narrower, in sizes of its letters
_MOST = 0.45  # of the page: a column asks for no more than that
_WORD = 0.28  # of the page: a longer word breaks
BREAK = "\ue000"
"""Where a line may break inside a word. No text has this sign of its own (`signs` writes it otherwise), and the pages
have it neither: they break there by layout, so that what is copied out of them is the word."""
_LINE = 80  # letters of a word that fit on a line of text
_STEP = 3  # letters that stay together where a word is broken


class Columns:
    """The columns of one table."""

    def __init__(self, table: Table, room: float) -> None:
        """Measure a table for a page with so much room across, in points."""
        self.size = SIZE
        self._code = [any(r.cells[n].code for r in table.rows) for n in range(len(table.heads))]
        fixed = [head.endswith((">", "|")) for head in table.heads]
        wants, needs = [0.0] * len(fixed), [0.0] * len(fixed)
        for at, head in enumerate(table.heads):
            wants[at] = needs[at] = self._longest(head.rstrip(">|"), at, bold=True)
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                for text, part in ((cell.text, 1.0), (cell.more, _SECOND)):
                    if text:
                        whole = self._long(text, at, bold=row.total) * part
                        word = self._longest(text, at, bold=row.total) * part
                        wants[at] = max(wants[at], whole)
                        needs[at] = max(needs[at], whole if fixed[at] and part == 1.0 else min(word, _WORD * room))
        wants = [min(w, max(n, _MOST * room)) + _INSET for w, n in zip(wants, needs, strict=True)]
        joined = max((self._long(r.cells[0].text, 0) + self._long(r.cells[0].more, 0) for r in table.rows), default=0.0)
        self.beside = sum(wants[1:]) + joined + 2 * _INSET <= room
        """Whether second lines stand beside the first in the first column."""
        if self.beside:
            wants[0] = max(wants[0], joined + 2 * _INSET)
        needs = [n + _INSET for n in needs]
        self.widths = self._fitted(wants, needs, fixed, room)

    def _fitted(self, wants: list[float], needs: list[float], fixed: list[bool], room: float) -> list[float]:
        if (asked := sum(wants)) <= room:
            return [w * room / asked for w in wants]
        if sum(needs) > room:  # words must break
            words = [min(n, _LEAST * self.size) for n in needs]
            low = [n if f else w for n, w, f in zip(needs, words, fixed, strict=True)]
            if (least := sum(low)) > room:
                self.size = max(SMALL, self.size * room / least)
                return [w * room / least for w in low]
            return _between(low, needs, room)
        return _between(needs, wants, room)

    def broken(self, cell: Cell, text: str, at: int, *, second: bool = False) -> str:
        """The text, with places to break in words that are wider than their column."""
        part = _SECOND if second else 1.0
        room = self.widths[at] - _INSET
        if self._long(text, at) * part <= room:
            return text
        words = text.split(" ")
        long = [self._long(w, at, bold=not cell.code) * part * 1.02 > room for w in words]
        return " ".join(_parts(w) if over else w for w, over in zip(words, long, strict=True))

    def _longest(self, text: str, at: int, *, bold: bool) -> float:
        """Points that the longest word of a text takes."""
        return max(self._long(word, at, bold=bold) for word in text.split(" "))

    def _long(self, text: str, at: int, *, bold: bool = False) -> float:
        """Points that a text takes."""
        if self._code[at]:
            return len(text) * _MONO * self.size
        return width(text, self.size) * 72 * (1.08 if bold else 1.0)


def breakable(text: str) -> str:
    """A text outside of tables, with places to break in words that are longer than a line."""
    return " ".join(_parts(word) if len(word) > _LINE else word for word in text.split(" "))


def _between(low: list[float], high: list[float], room: float) -> list[float]:
    """Widths from `low` towards `high` that fill the room."""
    spare = sum(high) - sum(low)
    share = (room - sum(low)) / spare if spare > 0 else 0.0
    return [a + (b - a) * share for a, b in zip(low, high, strict=True)]


def _parts(word: str) -> str:
    return BREAK.join(word[a:b] for a, b in pairwise([*range(0, len(word), _STEP), len(word)]))
