"""A small spreadsheet: reads a workbook and computes its formulas anew, in double precision as spreadsheets do."""

from __future__ import annotations

import math
import operator
import re
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree

Cell = tuple[str, str]
"""Name of the sheet, and the cell."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<sheet>'[^']+'!|[A-Za-z]+!)|(?P<cell>\$?[A-Z]{1,3}\$?\d+)(?![A-Z(])"""
    r"""|(?P<name>[A-Z]+)(?=\()|(?P<number>\d+(?:\.\d+)?)|(?P<sign><=|>=|<>|[-+*/=<>(),:]))"""
)
_COMPARE = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_PLAIN = {
    "INT": math.floor, "MOD": lambda a, b: a - b * math.floor(a / b), "AND": lambda *a: all(a),
    "NOT": lambda a: not a, "MAX": lambda *a: max(float(np.max(x)) for x in a), "MIN": min,
    "SUM": np.sum, "SUMPRODUCT": np.sum, "ROUND": lambda x, digits: float(round(x, int(digits))),
}  # fmt: skip


class Book:
    """The cells of a workbook: what is written there, what was stored, and what the formulas come to."""

    def __init__(self, path: Path) -> None:
        self.formula: dict[Cell, str] = {}
        self.stored: dict[Cell, Any] = {}
        with zipfile.ZipFile(path) as pack:
            strings = [
                "".join(t.text or "" for t in item.iter(f"{_MAIN}t"))
                for item in etree.fromstring(pack.read("xl/sharedStrings.xml"))
            ]
            sheets = etree.fromstring(pack.read("xl/workbook.xml")).find(f"{_MAIN}sheets")
            self.sheets = [sheet.attrib["name"] for sheet in sheets if sheets is not None]
            for number, name in enumerate(self.sheets, 1):
                self._read(name, etree.fromstring(pack.read(f"xl/worksheets/sheet{number}.xml")), strings)
        self.value: dict[Cell, Any] = {}
        self.changed: dict[Cell, Any] = {}

    def _read(self, sheet: str, root: etree._Element, strings: list[str]) -> None:
        for cell in root.iter(f"{_MAIN}c"):
            formula, value = cell.find(f"{_MAIN}f"), cell.find(f"{_MAIN}v")
            at, kind = (sheet, cell.attrib["r"]), cell.attrib.get("t")
            if value is not None and value.text is not None:
                text = value.text
                self.stored[at] = strings[int(text)] if kind == "s" else text if kind == "str" else float(text)
            if formula is not None:
                self.formula[at] = formula.text or ""

    def recalculate(self, **changed: float) -> dict[Cell, Any]:
        """All figures anew, with other opening balances: cell of their sheet → amount."""
        self.changed = {("Opening balances", cell): amount for cell, amount in changed.items()}
        self.value = {}
        for sheet, cell in sorted(self.formula, key=_in_order):
            self.get(sheet, cell)
        return {at: self.value[at] for at in self.formula}

    def get(self, sheet: str, cell: str) -> Any:
        """The value of a cell; a blank one is 0."""
        at = sheet, cell
        if at not in self.value:
            if at in self.formula and at not in self.changed:
                self.value[at] = _Reader(self, sheet, self.formula[at]).all()
            else:
                self.value[at] = self.changed.get(at, self.stored.get(at, 0.0))
        return self.value[at]


def _in_order(at: Cell) -> tuple[int, int, str]:
    sheets = ["Opening balances", "Ledger", "Order of money", "Payments", "Accounts now", "Read me & controls"]
    letters = at[1].rstrip("0123456789")
    return sheets.index(at[0]), int(at[1][len(letters) :]), letters.rjust(3)


class _Reader:
    """Reads one formula and computes it while reading; a branch not taken is read and not computed."""

    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens = [(str(m.lastgroup), str(m[m.lastgroup or 0])) for m in _TOKEN.finditer(text)]
        assert sum(len(token) for _, token in self.tokens) == len(re.sub(r"\s+(?=[^'\"]*$)", "", text)), text
        self.at, self.live = 0, True

    def all(self) -> Any:
        found = self.comparison()
        assert self.at == len(self.tokens)
        return float(found) if isinstance(found, int | np.number) else found

    def sign(self, *wanted: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at][1] in wanted and self.tokens[self.at][0] == "sign":
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def comparison(self) -> Any:
        left = self.sum()
        while sign := self.sign(*_COMPARE):
            right = self.sum()
            left = _COMPARE[sign](left, right) if self.live else 0.0
        return left

    def sum(self) -> Any:
        left = self.product()
        while sign := self.sign("+", "-"):
            right = self.product()
            left = (left + right if sign == "+" else left - right) if self.live else 0.0
        return left

    def product(self) -> Any:
        left = self.factor()
        while sign := self.sign("*", "/"):
            right = self.factor()
            left = (left * right if sign == "*" else left / right) if self.live else 0.0
        return left

    def factor(self) -> Any:  # noqa: PLR0911 - one a kind of token
        if self.sign("-"):
            return -self.factor()
        if self.sign("("):
            inside = self.comparison()
            assert self.sign(")")
            return inside
        kind, token = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(token)
        if kind == "text":
            return token[1:-1].replace('""', '"')
        if kind == "name":
            return self.call(token)
        sheet = self.sheet
        if kind == "sheet":
            sheet, (_, token) = token.strip("'!"), self.tokens[self.at]
            self.at += 1
        first = token.replace("$", "")
        if not self.sign(":"):
            return self.book.get(sheet, first) if self.live else 0.0
        last = self.tokens[self.at][1].replace("$", "")
        self.at += 1
        return self.column(sheet, first, last)

    def column(self, sheet: str, first: str, last: str) -> Any:
        letters = first.rstrip("0123456789")
        assert last.rstrip("0123456789") == letters
        rows = range(int(first[len(letters) :]), int(last[len(letters) :]) + 1)
        self.rows = np.array(rows, float)
        if not self.live:
            return np.zeros(len(rows))
        return np.array([self.book.get(sheet, f"{letters}{row}") for row in rows], object)

    def call(self, name: str) -> Any:
        assert self.sign("(")
        if name == "IF":
            return self.branch()
        if name == "INDEX":
            return self.index()
        given = [self.comparison()]
        while self.sign(","):
            given.append(self.comparison())
        assert self.sign(")")
        if not self.live:
            return 0.0
        return self.rows if name == "ROW" else _PLAIN[name](*given)

    def branch(self) -> Any:
        live, condition = self.live, self.comparison()
        found = []
        for wanted in (True, False):
            assert self.sign(",")
            self.live = live and bool(condition) is wanted
            found.append(self.comparison())
        self.live = live
        assert self.sign(")")
        return found[0] if condition else found[1]

    def index(self) -> Any:
        """One cell of a column; only that cell is computed."""
        letters = self.tokens[self.at][1].replace("$", "").rstrip("0123456789")
        self.at += 3
        assert self.sign(",")
        row = self.comparison()
        assert self.sign(")")
        return self.book.get(self.sheet, f"{letters}{int(row)}") if self.live else 0.0
