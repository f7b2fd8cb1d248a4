"""The first sheet: what the workbook is, and controls that say where a formula departs from the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from followmoney._version import __version__
from followmoney.languages import columns, mark, say
from followmoney.reports._workbook import _fifo
from followmoney.reports._workbook._ledger import BALANCE, FIRST, OPENINGS, SHEET
from followmoney.reports._workbook._plan import RULES
from followmoney.reports._workbook._results import (
    AGREES,
    ASSETS,
    DIFFERS,
    FIGURES,
    PAYMENTS,
    Listed,
    expected,
    expected_balance,
)
from followmoney.reports._workbook._term import LARGEST, Term, of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

    from followmoney.reports._workbook._ledger import Ledger
    from followmoney.reports._workbook._paper import Paper
    from followmoney.reports._workbook._purse import Purse

NAME = mark("Read me & controls")
_FIGURES = mark(
    "Where the order of money is lost: inside a converted payment, after a return, or more steps back than are "
    "prepared. Such figures do not follow a changed opening balance."
)


def begin(paper: Paper, case: str, fingerprint: str, said: list[str]) -> tuple[Worksheet, int]:
    """Write the text; returns the sheet and its next free row."""
    title = say("{case}: schedules that can be recomputed", case=case)
    sheet = paper.sheet(NAME, [64, 20, 20, 16, 60], title, [], FIRST - 1)
    made = say(
        "Made by followmoney {version}. Fingerprint of inputs, question and settings (SHA-256): {fingerprint}",
        version=__version__, fingerprint=fingerprint,
    )  # fmt: skip
    for row, line in enumerate([made, *said], 3):
        sheet.merge_range(row - 1, 0, row - 1, 4, "", paper.look("wrap"))
        paper.text(sheet, row, 0, line, "wrap")
        sheet.set_row(row - 1, 15 * (1 + len(line) // 165))
    return sheet, len(said) + 5


@dataclass
class Controls:
    """A row a control: the figure of the formulas, what it must be, and whether they agree."""

    paper: Paper
    sheet: Worksheet
    row: int

    def heads(self) -> None:
        """The names of the columns."""
        for column, head in enumerate(columns("Control", "Recomputed", "Engine", "Result", "Note")):
            self.sheet.write_string(self.row - 1, column, head, self.paper.look("head"))

    def add(self, name: str, term: Term, right: int = 0, note: str = "", currency: str = "") -> None:
        """One more, by figures alone."""
        self.also(name, term, right, note, currency, each=Term("TRUE", 1))

    def also(self, name: str, term: Term, right: int, note: str, currency: str, *, each: Term) -> None:
        """One more, where something else must hold besides."""
        self.row += 1
        self.paper.text(self.sheet, self.row, 0, name)
        for column, figure in (("B", term), ("C", of(right))):
            if currency:
                self.paper.money(self.sheet, f"{column}{self.row}", figure, currency)
            else:
                self.paper.figure(self.sheet, f"{column}{self.row}", figure)
        same = f"B{self.row}=C{self.row}"
        condition = same if each.text == "TRUE" else f"AND({same},{each.text})"
        holds = term.value == right and bool(each.value)
        self.paper.verdict(self.sheet, f"D{self.row}", condition, holds=holds, words=(say(AGREES), say(DIFFERS)))
        self.paper.text(self.sheet, self.row, 4, note)


def controls(on: Controls, made: Ledger, purses: Mapping[int, Purse], why: Mapping[str, str], listed: Listed) -> None:
    """All controls."""
    on.heads()
    for rule, column in zip(RULES, FIGURES, strict=True):
        note = (
            say("Figures of the engine, not formulas: {reason}.", reason=why[rule])
            if rule in why
            else say("Account by account.")
        )
        for currency in sorted({its.currency for its in purses.values()}):
            its = [purse for purse, what in purses.items() if what.currency == currency]
            ours, right = [made.claim[rule][p].value for p in its], [expected(made, rule, p) for p in its]
            names = f'({_column(ASSETS, "C", len(purses))}="{currency}")'
            total = Term(f"SUMPRODUCT({names}*{_column(ASSETS, column, len(purses))})", sum(ours))
            each = Term(f"SUMPRODUCT({names}*({_unlike(ASSETS, column, len(purses))}))=0", int(ours == right))
            name = say("{rule}: claim money in all accounts, {currency}", rule=say(RULES[rule]), currency=currency)
            on.also(name, total, sum(right), note, currency, each=each)
    for rule, column in zip(RULES, FIGURES, strict=True):
        moved = made.plan.traces[rule].outcome.moved
        wrong = sum(term.value != int(moved[at]) for at, term in made.moved[rule].items())
        formula = f"SUMPRODUCT(({_unlike(PAYMENTS, column, listed.rows)})*1)"
        on.add(say("{rule}: payments whose claim differs", rule=say(RULES[rule])), Term(formula, wrong))
    wrong = sum(made.balance[purse].value != expected_balance(made, purse) for purse in purses)
    formula = f"SUMPRODUCT(({_unlike(ASSETS, 'D', len(purses))})*1)"
    on.add(say("Closing balances that differ from the engine's"), Term(formula, wrong))
    formula = f"SUMPRODUCT(({_unlike(OPENINGS, 'F', len(purses))})*1)"
    on.add(say("Opening balances that were changed"), Term(formula, 0))
    over = sum(of(line.cells[BALANCE]).value > LARGEST for line in made.lines)
    formula = f"SUMPRODUCT(({_column(SHEET, BALANCE, len(made.lines))}>{LARGEST})*1)"
    note = say("Above {largest} minor units a share in proportion may be a unit off.", largest=LARGEST)
    on.add(say("Balances too large for exact shares"), Term(formula, over), 0, note)
    if "fifo" not in why:
        stand = sum(term.value > 0 for term in made.fifo.open)
        formula = f"SUMPRODUCT(({_column(_fifo.SHEET, _fifo.OPEN, len(made.fifo.rows))}>0)*1)"
        name = say("{rule}: debits in figures of the engine", rule=say(RULES["fifo"]))
        on.add(name, Term(formula, stand), stand, say(_FIGURES))


def _column(sheet: str, column: str, rows: int) -> str:
    """The figures of a column."""
    return f"'{sheet}'!${column}${FIRST}:${column}${FIRST + max(1, rows) - 1}"


def _unlike(sheet: str, column: str, rows: int) -> str:
    """Where a column and the one after it differ."""
    return f"{_column(sheet, column, rows)}<>{_column(sheet, chr(ord(column) + 1), rows)}"
