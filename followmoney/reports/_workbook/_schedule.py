"""The sheets with the account movements, the order of money, and the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import columns, mark, say
from followmoney.reports._workbook import _fifo
from followmoney.reports._workbook._ledger import BALANCE, COLUMNS, CREDIT, DEBIT, FIRST, OPENINGS, SHEET, WORKING
from followmoney.reports._workbook._plan import CLAIM, INTEREST, RULES, STOP
from followmoney.schema.codes import exponent

if TYPE_CHECKING:
    from followmoney.reports._workbook._ledger import Ledger
    from followmoney.reports._workbook._paper import Paper
    from followmoney.reports._workbook._purse import Purse


def ledger(paper: Paper, made: Ledger, rows: pl.DataFrame, purses: dict[int, Purse], note: str) -> None:
    """One row a movement."""
    worked = max((len(set(line.cells) & set(WORKING)) for line in made.lines), default=0)
    heads = columns(
        "Account", "Currency", "Booked (UTC)", "Transaction", "With", "What", "Debit", "Credit", "Balance after"
    )
    for name in map(say, RULES.values()):
        heads += [say("{rule}: claim moved", rule=name), say("{rule}: claim here after", rule=name)]
    heads += [say("Working {n}", n=n) for n in range(1, worked + 1)]
    sheet = paper.sheet(SHEET, [26, 6, 17, 14, 26, 16, *[14] * 9, *[9] * worked], note, heads, FIRST - 1)
    known = dict(zip(rows["at"].to_list(), rows.iter_rows(named=True), strict=True))
    tape = made.plan.trace.record.tape
    for line in made.lines:
        purse, moved = purses[line.purse], known[line.at]
        other = moved["beneficiary" if line.debit else "originator"]
        texts = (purse.account, purse.currency, f"{moved['booked_at']:%Y-%m-%d %H:%M:%S}", moved["id"], other)
        mark = int(tape.mark[line.at])
        what = [
            word
            for word, there in (
                (say("claim"), mark & CLAIM), (say("claim ends"), mark & STOP), (say("interest"), mark & INTEREST),
                (say("return"), line.at in made.plan.returned),
            )
            if there
        ]  # fmt: skip
        for column, text in enumerate((*texts, ", ".join(what))):
            paper.text(sheet, line.row, column, text)
        for column, term in line.cells.items():
            look = "work" if column in WORKING else "text"
            paper.money(sheet, f"{column}{line.row}", term, purse.currency, look)
    sheet.autofilter(FIRST - 2, 0, FIRST - 2 + max(1, len(made.lines)), len(heads) - 1)


def order(paper: Paper, made: Ledger) -> None:
    """Credits and the steps of debits, where first in, first out is recomputed."""
    heads = columns(
        "Account no.", "First unit", "After last unit", "Claim before", "Claim in it", "Kind", "Payer no.",
        "Debit from", "Debit to", "Claim out before", "", "Account no.", "Unit", "Credit in row", "How far into it",
        "Claim there", "Next account no.", "Next unit", "Not known", "", "Claim out, total", "Claim out",
        "Debit from", "Debit to", "Not known",
    )  # fmt: skip
    note = say(
        "Every account numbers its money as it comes in; a debit takes the next units. Left: credits (kind 0 other "
        "money, 1 claim money, 2 as the payer's debit, 3 converted, 4 interest). Middle: where a unit came from. "
        "Right: debits."
    )
    sheet = paper.sheet(_fifo.SHEET, [12] * len(heads), note, heads, FIRST - 1)
    for number, row in enumerate(made.fifo.rows):
        for column, term in row.items():
            paper.figure(sheet, f"{column}{FIRST + number}", term, "work")


def openings(paper: Paper, made: Ledger, purses: dict[int, Purse]) -> None:
    """What every account began with: the only cells that can be changed."""
    heads = columns(
        "Account", "Name", "Currency", "Source", "Opening balance", "As the engine had it", "In minor units"
    )
    note = say(
        "Change a yellow cell, in units of the currency: every figure follows, and the controls say what differs."
    )
    sheet = paper.sheet(OPENINGS, [28, 28, 8, 24, 18, 18, 18], note, heads, FIRST - 1)
    for place, (number, purse) in enumerate(purses.items()):
        row, scale = FIRST + place, 10 ** exponent(purse.currency)
        amount = made.opening[number].value
        stated = say("not stated: taken as 0") if purse.unstated else say("stated")
        for column, text in enumerate((purse.account, purse.name, purse.currency, stated)):
            paper.text(sheet, row, column, text)
        look = paper.look("input", "#,##0" + (f".{'0' * exponent(purse.currency)}" if scale > 1 else ""))
        sheet.write_number(row - 1, 4, amount / scale, look)
        paper.money(sheet, f"F{row}", amount, purse.currency)
        number_format = paper.look("work", "0")
        sheet.write_formula(f"G{row}", f"=ROUND(E{row}*{scale},0)", number_format, amount)
        limits = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": say(_NO_DEBT)}
        if amount >= 0:
            sheet.data_validation(row - 1, 4, row - 1, 4, limits)


_NO_DEBT = mark("This account does not begin in debt; the formulas of its ledger need 0 or more.")
__all__ = ["BALANCE", "COLUMNS", "CREDIT", "DEBIT", "ledger", "openings", "order"]
