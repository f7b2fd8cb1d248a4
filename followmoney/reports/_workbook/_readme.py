"""The first sheet: what the workbook is, and controls that say where a formula departs from the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney._version import __version__
from followmoney.reports._workbook import _fifo
from followmoney.reports._workbook._ledger import BALANCE, FIRST, OPENINGS, SHEET
from followmoney.reports._workbook._plan import RULES
from followmoney.reports._workbook._results import AGREES, ASSETS, DIFFERS, FIGURES, PAYMENTS, Listed, expected
from followmoney.reports._workbook._term import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from followmoney.reports._workbook._ledger import Ledger
    from followmoney.reports._workbook._paper import Paper
    from followmoney.reports._workbook._purse import Purse

NAME = "Read me & controls"
_WORDS = AGREES, DIFFERS
_FIGURES = (
    "Where the order of money is lost: inside a converted payment, after a return, or more steps back than are prepared. "
    "Such figures do not follow a changed opening balance."
)


def begin(paper: Paper, case: str, fingerprint: str, said: list[str]) -> tuple[Worksheet, int]:
    """Write the text; returns the sheet and its next free row."""
    sheet = paper.sheet(NAME, [64, 20, 20, 16, 60], f"{case}: schedules that can be recomputed", "", [], FIRST - 1)
    lines = [
        f"Made by followmoney {__version__}. Fingerprint of inputs, question and settings (SHA-256): {fingerprint}",
        *said,
    ]
    for row, line in enumerate(lines, 2):
        sheet.merge_range(row - 1, 0, row - 1, 4, "", paper.look("wrap"))
        paper.text(sheet, row, 0, line, "wrap")
        sheet.set_row(row - 1, 15 * (1 + len(line) // 165))
    return sheet, len(lines) + 3


def controls(
    paper: Paper, place: tuple[Worksheet, int], made: Ledger, purses: Mapping[int, Purse], why: Mapping[str, str],
    listed: Listed,
) -> None:  # fmt: skip
    """A row a control: the figure of the formulas, the engine's, and whether they agree."""
    sheet, row = place
    for column, head in enumerate(("Control", "Recomputed", "Engine", "Result", "Note")):
        sheet.write_string(row - 1, column, head, paper.look("head"))
    last = FIRST + max(1, len(purses)) - 1
    for rule, column in zip(RULES, FIGURES, strict=True):
        for currency in sorted({its.currency for its in purses.values()}):
            row += 1
            its = [purse for purse, what in purses.items() if what.currency == currency]
            ours = sum(made.claim[rule][purse].value for purse in its)
            engine = sum(expected(made, rule, purse) for purse in its)
            paper.text(sheet, row, 0, f"{RULES[rule]}: claim money in all accounts, {currency}")
            figures, other = (f"'{ASSETS}'!${c}${FIRST}:${c}${last}" for c in (column, chr(ord(column) + 1)))
            names = f"'{ASSETS}'!$C${FIRST}:$C${last}"
            total = f'SUMPRODUCT(({names}="{currency}")*{figures})'
            _sum(paper, sheet, row, total, (ours, engine), currency)
            same = all(made.claim[rule][purse].value == expected(made, rule, purse) for purse in its)
            each = f'SUMPRODUCT(({names}="{currency}")*({figures}<>{other}))=0'
            paper.verdict(
                sheet, f"D{row}", f"AND(B{row}=C{row},{each})", holds=ours == engine and same, words=_WORDS
            )
            note = f"Figures of the engine, not formulas: {why[rule]}." if rule in why else "Account by account."
            paper.text(sheet, row, 4, note)
    row = _counts(paper, sheet, row, made, listed)
    row += 1
    paper.text(sheet, row, 0, "Closing balances that differ from the engine's")
    balances = f"SUMPRODUCT(('{ASSETS}'!$D${FIRST}:$D${last}<>'{ASSETS}'!$E${FIRST}:$E${last})*1)"
    _zero(paper, sheet, row, balances, 0)
    row += 1
    paper.text(sheet, row, 0, "Opening balances that were changed")
    changed = f"SUMPRODUCT(('{OPENINGS}'!$F${FIRST}:$F${last}<>'{OPENINGS}'!$G${FIRST}:$G${last})*1)"
    _zero(paper, sheet, row, changed, 0)
    row += 1
    paper.text(sheet, row, 0, "Balances too large for exact shares")
    end = FIRST + max(1, len(made.lines)) - 1
    over = sum(line.cells[BALANCE].value > LARGEST for line in made.lines if not isinstance(line.cells[BALANCE], int))
    _zero(paper, sheet, row, f"SUMPRODUCT(({SHEET}!${BALANCE}${FIRST}:${BALANCE}${end}>{LARGEST})*1)", over)
    paper.text(sheet, row, 4, f"Above {LARGEST:,} minor units a share in proportion may be a unit off.")
    if "fifo" not in why:
        row += 1
        paper.text(sheet, row, 0, "First in, first out: debits that stand in figures of the engine")
        column, end = _fifo.OPEN, FIRST + max(1, len(made.fifo.rows)) - 1
        cells = f"'{_fifo.SHEET}'!${column}${FIRST}:${column}${end}"
        _zero(paper, sheet, row, f"SUMPRODUCT(({cells}>0)*1)", (stand := sum(t.value > 0 for t in made.fifo.open)), stand)
        paper.text(sheet, row, 4, _FIGURES)


def _counts(paper: Paper, sheet: Worksheet, row: int, made: Ledger, listed: Listed) -> int:
    """How many payments differ, rule by rule."""
    last = FIRST + max(1, listed.rows) - 1
    for rule, column in zip(RULES, FIGURES, strict=True):
        row += 1
        paper.text(sheet, row, 0, f"{RULES[rule]}: payments whose claim differs")
        ours, engine = (f"{PAYMENTS}!${c}${FIRST}:${c}${last}" for c in (column, chr(ord(column) + 1)))
        moved = made.plan.traces[rule].outcome.moved
        wrong = sum(term.value != int(moved[at]) for at, term in made.moved[rule].items())
        _zero(paper, sheet, row, f"SUMPRODUCT(({ours}<>{engine})*1)", wrong)
    return row


def _sum(paper: Paper, sheet: Worksheet, row: int, formula: str, values: tuple[int, int], currency: str) -> None:
    from followmoney.reports._workbook._term import Term

    paper.money(sheet, f"B{row}", Term(formula, values[0]), currency)
    paper.money(sheet, f"C{row}", values[1], currency)


def _zero(paper: Paper, sheet: Worksheet, row: int, formula: str, value: int, right: int = 0) -> None:
    """A control whose figure must be 0, or as it was."""
    from followmoney.reports._workbook._term import Term

    paper.figure(sheet, f"B{row}", Term(formula, value))
    paper.figure(sheet, f"C{row}", right)
    paper.verdict(sheet, f"D{row}", f"B{row}=C{row}", holds=value == right, words=_WORDS)
