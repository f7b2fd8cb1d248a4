"""How cells look, and text that stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.languages import say
from followmoney.reports._workbook._term import Term, of
from followmoney.schema.codes import exponent

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # pyright: ignore[reportMissingTypeStubs]
    from xlsxwriter.workbook import Workbook  # pyright: ignore[reportMissingTypeStubs]
    from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_000  # a cell holds 32,767 characters
_HEADER = 240  # a header holds 255
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#00346E"},
    "head": {"bold": True, "bg_color": "#00346E", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"},
    "text": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "input": {"bg_color": "#FFF2A8", "border": 1, "locked": False},
    "work": {"font_color": "#666666"},
    "result": {"bold": True},
    "wrong": {"bold": True, "bg_color": "#B00020", "font_color": "#FFFFFF"},
}


class Paper:
    """A workbook to write on."""

    def __init__(self, book: Workbook, handling: str = "") -> None:
        """`handling` is the line that stands on top of every sheet, and on every page that is printed."""
        self.book, self.handling = book, handling
        self._kind = _sheets()
        self._made: dict[tuple[str, str, bool], Format] = {}

    def look(self, name: str, number: str = "", *, quoted: bool = False) -> Format:
        """A format by name."""
        key = name, number, quoted
        if key not in self._made:
            more = {"num_format": number} if number else {}
            made = _LOOKS[name] | more | ({"quote_prefix": True} if quoted else {})
            self._made[key] = self.book.add_format(made)  # pyright: ignore[reportUnknownMemberType]
        return self._made[key]

    def sheet(self, name: str, widths: list[int], note: str, heads: list[str], at: int) -> Worksheet:
        """A protected sheet with its name as title, a note, and heads in row `at` (as a spreadsheet counts).

        The name itself stays English, because formulas use it.
        """
        sheet = self.book.add_worksheet(name, self._kind)  # pyright: ignore[reportUnknownMemberType]
        sheet.protect("", {"format_columns": True, "select_unlocked_cells": True, "autofilter": True})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, say(name), self.look("title"))
        sheet.write_string(1, 0, f"{self.handling} · {note}" if self.handling else note, self.look("text"))
        if self.handling:
            printed = self.handling.replace("&", "&&")[:_HEADER]
            sheet.set_header(f"&C{printed}")  # pyright: ignore[reportUnknownMemberType]
            sheet.set_footer(f"&C{printed}")  # pyright: ignore[reportUnknownMemberType]
        for column, head in enumerate(heads):
            sheet.write_string(at - 1, column, head, self.look("head"))
        if heads:
            sheet.freeze_panes(at, 0)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: object, look: str = "text") -> None:
        """Text that never becomes a formula; `row` as a spreadsheet counts."""
        said = "" if text is None else str(text)
        said = said if len(said) <= _LONGEST else say("{begin}… ({n} characters)", begin=said[:_LONGEST], n=len(said))
        if said:
            sheet.write_string(row - 1, column, said, self.look(look, quoted=said.startswith(_DANGEROUS)))

    def money(self, sheet: Worksheet, cell: str, term: Term | int, currency: str, look: str = "text") -> None:
        """A figure in minor units, shown with a point; a formula with its value."""
        self.figure(sheet, cell, term, look, shown(currency))

    def figure(self, sheet: Worksheet, cell: str, term: Term | int, look: str = "text", number: str = "") -> None:
        """A whole number, or a formula with its value."""
        term = of(term)
        if term.text.removeprefix("-").isdigit():
            sheet.write_number(cell, term.value, self.look(look, number))
        else:
            sheet.write_formula(cell, f"={term.text}", self.look(look, number), term.value)

    def verdict(self, sheet: Worksheet, cell: str, condition: str, *, holds: bool, words: tuple[str, str]) -> None:
        """A formula that says one word or another, and its value."""
        yes, no = words
        value: Any = yes if holds else no  # the library's hint wants a number; text is as good
        sheet.write_formula(cell, f'=IF({condition},"{yes}","{no}")', self.look("result"), value)
        rule = {"type": "cell", "criteria": "==", "value": f'"{no}"', "format": self.look("wrong")}
        sheet.conditional_format(cell, rule)


def _sheets() -> type[Worksheet]:
    """Sheets that take a formula as it is: the library looks for thirty newer functions in each, and ours has none."""
    from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

    class Plain(Worksheet):
        """A sheet of formulas in functions that spreadsheets have had from the beginning."""

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
            return formula.removeprefix("=")

    return Plain


def shown(currency: str) -> str:
    """How minor units of a currency are shown: 123456 as 1 234.56."""
    decimals = exponent(currency)
    return "# ### ### ##0" + (f"\\.{'0' * decimals}" if decimals else "")
