"""The sheets with the results: payments that carry claim money, and what is in every account now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.languages import columns, marks, say
from followmoney.reports._workbook._ledger import FIRST, SHEET
from followmoney.reports._workbook._plan import MOVEMENTS, RULES
from followmoney.reports._workbook._term import Term, of

if TYPE_CHECKING:
    from followmoney.reports._workbook._ledger import Ledger
    from followmoney.reports._workbook._paper import Paper
    from followmoney.reports._workbook._purse import Purse
    from followmoney.tracing import Trace

PAYMENTS, ASSETS = marks("Payments", "Accounts now")
AGREES, DIFFERS = marks("agrees", "DIFFERS")
FIGURES = ("G", "I", "K")
"""Columns of both sheets: what each rule says, recomputed; what the engine says is in the column after."""


@dataclass(frozen=True)
class Listed:
    """Rows of a sheet: how many there are, and of how many."""

    rows: int
    of: int


def payments(paper: Paper, made: Ledger, trace: Trace, rows: pl.DataFrame) -> Listed:
    """Schedule A: every transaction that carries claim money under the rule used, or one of the three."""
    plan = made.plan
    carried = set(trace.flows.at.tolist()).union(*(t.flows.at.tolist() for t in plan.traces.values()))
    at = sorted(carried)[:MOVEMENTS]
    heads = columns("Transaction", "Booked (UTC)", "From", "To", "Currency", "Amount")
    heads += _by_rule()
    heads += [say("Rule used ({rule}): claim", rule=trace.rule), *columns("Purpose", "Source file", "Source row")]
    note = say(
        "{shown} of {all} transactions that carry claim money; the ledger has all movements.",
        shown=len(at), all=len(carried),
    )  # fmt: skip
    widths = [16, 17, 26, 26, 8, *[14] * 8, 40, 26, 10]
    sheet = paper.sheet(PAYMENTS, widths, note, heads, FIRST - 1)
    known = dict(zip(rows["at"].to_list(), rows.iter_rows(named=True), strict=True))
    for number, position in enumerate(at, FIRST):
        its = known[position]
        currency = its["currency"]
        texts = (its["id"], f"{its['booked_at']:%Y-%m-%d %H:%M:%S}", its["originator"], its["beneficiary"], currency)
        for column, text in enumerate(texts):
            paper.text(sheet, number, column, text)
        paper.money(sheet, f"F{number}", its["amount"], currency)
        for rule, column in zip(RULES, FIGURES, strict=True):
            engine = int(plan.traces[rule].outcome.moved[position])
            paper.money(sheet, f"{column}{number}", _there(made.moved[rule].get(position, of(engine))), currency)
            paper.money(sheet, f"{_after(column)}{number}", engine, currency)
        paper.money(sheet, f"M{number}", int(trace.outcome.moved[position]), currency)
        for column, name in ((13, "purpose"), (14, "source"), (15, "row")):
            paper.text(sheet, number, column, its.get(name))
    return Listed(len(at), len(carried))


def assets(paper: Paper, made: Ledger, purses: dict[int, Purse]) -> Listed:
    """What every account holds after the last movement of the ledger."""
    heads = columns("Account", "Name", "Currency", "Balance", "Balance: engine", "Balance agrees")
    heads += [*_by_rule(), say("Claims agree")]
    note = say(
        "After the last movement of the ledger: the balance, and the claim money in it under each rule. Things bought "
        "with claim money stand as the payments for them, on the sheet of payments."
    )
    sheet = paper.sheet(ASSETS, [28, 28, 8, 16, 16, 12, *[16] * 6, 12], note, heads, FIRST - 1)
    for number, (purse, its) in enumerate(purses.items(), FIRST):
        for column, text in enumerate((its.account, its.name, its.currency)):
            paper.text(sheet, number, column, text)
        balance, engine = _there(made.balance[purse]), expected_balance(made, purse)
        paper.money(sheet, f"D{number}", balance, its.currency)
        paper.money(sheet, f"E{number}", engine, its.currency)
        words = say(AGREES), say(DIFFERS)
        paper.verdict(sheet, f"F{number}", f"D{number}=E{number}", holds=balance.value == engine, words=words)
        same = True
        for rule, column in zip(RULES, FIGURES, strict=True):
            held, said = _there(made.claim[rule][purse]), expected(made, rule, purse)
            paper.money(sheet, f"{column}{number}", held, its.currency)
            paper.money(sheet, f"{_after(column)}{number}", said, its.currency)
            same &= held.value == said
        condition = ",".join(f"{c}{number}={_after(c)}{number}" for c in FIGURES)
        paper.verdict(sheet, f"M{number}", f"AND({condition})", holds=same, words=words)
    return Listed(len(purses), len(purses))


def _by_rule() -> list[str]:
    """Two heads for each rule."""
    names = [say(name) for name in RULES.values()]
    return [head for name in names for head in (say("{rule}: claim", rule=name), say("{rule}: engine", rule=name))]


def expected(made: Ledger, rule: str, purse: int) -> int:
    """Claim money in a purse after the last movement shown, as the engine has it."""
    trace = made.plan.traces[rule]
    if made.plan.whole:
        return int(trace.outcome.claim[purse])
    tape, figures = trace.record.tape, made.plan.figures[rule]
    shown = [at for at in made.plan.at if at in figures]
    out = sum(figures[at][0] for at in shown if tape.paid[at] == purse)
    return sum(figures[at][1] for at in shown if tape.got[at] == purse) - out


def expected_balance(made: Ledger, purse: int) -> int:
    """The balance after the last movement shown."""
    if made.plan.whole:
        return int(made.plan.trace.outcome.balance[purse])
    return made.balance[purse].value


def context(trace: Trace, at: list[int]) -> pl.DataFrame:
    """The transactions at these positions, with what the sources say of them."""
    frame = trace.graph.only(np.array(at, np.int64)).to_polars()
    return frame.with_columns(pl.Series("at", at, pl.Int64), pl.col("currency").cast(pl.String))


def _after(column: str) -> str:
    return chr(ord(column) + 1)


def _there(term: Term) -> Term:
    """A cell of the ledger, as another sheet names it."""
    plain = term.text.isalnum() and not term.text.isdigit()
    return Term(f"{SHEET}!{term.text}", term.value) if plain else term
