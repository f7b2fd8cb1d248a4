"""First in, first out as formulas: money is numbered, in every account, in the order in which it comes in.

A debit takes the next numbers. Claim money among the first x of an account: that of the credits before the one which x
falls into, and of that one as much as its payer's debit had up to there, which is asked of the payer's account in turn.
A debit takes what lies between its end and the end of the debit before it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from followmoney.languages import mark
from followmoney.reports._workbook._term import Term, both, least, of, when

SHEET = mark("Order of money")
FIRST = 5
STEPS = 24
"""The most steps back for one debit."""
SPARE = 3
"""Steps more than the stated opening balances need, for others."""
OTHER, CLAIM, PASSED, CONVERTED, EARNED = range(5)
KINDS = {"other": OTHER, "claim": CLAIM, "passed": PASSED, "converted": CONVERTED, "earned": EARNED}
PURSE, START, END, BEFORE, JOINED, KIND, PAYER, FROM, TO, TAKEN = "ABCDEFGHIJ"
"""Columns of a credit: account, first and last number, claim money before it, in it, kind; and its payer's debit."""
ASKED, UPTO, CREDIT, INTO, ADDED, NEXT, THEN, STUCK = "LMNOPQRS"
"""Columns of a step: account, number asked for, the credit it falls into, how far; what it adds, where it leads."""
TOTAL, OUT, BEGINS, ENDS, OPEN, LOOSE = "UVWXYZ"
"""Columns of a debit, beside its first step; the last: of an account that a payment was returned to or from."""
Row = dict[str, Term]


@dataclass(frozen=True)
class _Debit:
    """The first numbers and the last of a debit, claim money that had left before it, and that left with it."""

    purse: int
    start: Term
    end: Term
    before: Term
    out: Term
    amount: Term
    unknown: Term
    """More than 0 where it is not known in which order its money is."""


class Fifo:
    """Rows of the sheet: credits, and the steps of debits; each looks only at rows above it."""

    def __init__(self, ledger: str) -> None:
        self.ledger = ledger
        self.rows: list[Row] = []
        self.open: list[Term] = []
        """For every debit: more than 0 where the order of money is not known, and its figure is the engine's."""
        self._loose: dict[int, Term] = {}
        """By purse: more than 0 where its money is out of order."""
        self._come: dict[int, Term] = {}
        self._gone: dict[int, Term] = {}
        self._starts: dict[int, list[int]] = {}
        self._credits: dict[int, list[int]] = {}
        self._debits: dict[int, _Debit] = {}
        self._deep: dict[int, int] = {}

    def begin(self, purse: int, opening: Term) -> None:
        """The money that an account begins with: other money."""
        self._gone[purse], self._come[purse], self._deep[purse] = of(0), of(0), 1
        self._starts[purse], self._credits[purse] = [], []
        self._credit(purse, opening, {BEFORE: of(0), JOINED: of(0), KIND: of(OTHER)})

    def credit(self, at: int, purse: int, kind: str, came: tuple[Term, Term, Term]) -> None:
        """What comes in: the amount, the claim money in it, and what was here before."""
        amount, into, claim = came
        row = {BEFORE: self._there(claim) + self._gone[purse], JOINED: self._there(into), KIND: of(KINDS[kind])}
        debit = self._debits.get(at) if kind in ("passed", "converted") else None
        if debit is not None:
            inside = when(debit.unknown > 0, CONVERTED, KINDS[kind])
            whole = when(debit.out.same(debit.amount), CLAIM, inside)
            row |= {KIND: when(debit.out.same(0), OTHER, whole), PAYER: of(debit.purse + 1), FROM: debit.start}
            row |= {TO: debit.end, TAKEN: debit.before}
            self._deep[purse] = max(self._deep[purse], 1 + self._deep[debit.purse])
        self._credit(purse, self._there(amount), row)

    def debit(self, at: int, purse: int, held: tuple[Term, Term, Term], figure: int) -> Term:
        """Claim money that leaves with a debit; for the ledger.

        `held`: claim money, the amount, the balance before it; `figure`: what the engine says.
        """
        claim, amount, balance = (self._there(term) for term in held)
        first, before = len(self.rows), self._gone[purse]
        self.rows.append({})
        start = self._put(first, BEGINS, self._come[purse] - balance)
        end = self._put(first, ENDS, start + least(amount, balance))
        asked, upto = of(purse + 1), end
        depth, spare = min(STEPS, self._deep[purse]), SPARE
        for k in range(first, first + depth):
            if k == len(self.rows):
                self.rows.append({})
            asked, upto = self._step(k, first, asked, upto)
            spare -= asked.value == 0
            if spare < 0:
                break
        top, last = FIRST + first, FIRST + len(self.rows) - 1
        steps = self.rows[first:]
        added = Term(f"SUM({ADDED}{top}:{ADDED}{last})", sum(row[ADDED].value for row in steps))
        lost = Term(f"SUM({STUCK}{top}:{STUCK}{last})", sum(row[STUCK].value for row in steps)) + (asked > 0)
        loose = self._loose.get(purse, of(0))
        unknown = self._put(first, OPEN, when(amount >= balance, 0, lost + loose))
        total = when(amount >= balance, claim + before, when(unknown > 0, before + figure, added))
        total = self._put(first, TOTAL, total)
        out = self._put(first, OUT, total - before)
        self.open.append(unknown)
        self._debits[at] = _Debit(purse, start, end, before, out, amount, unknown + loose)
        self._gone[purse] = total
        return Term(f"'{SHEET}'!{out.text}", out.value)

    def unordered(self, purse: int, claim: Term, came: Term) -> None:
        """A payment is returned, out of its turn: where it or the account has claim money, the order is lost."""
        self.rows.append({})
        money = self._there(claim) + self._there(came)
        lost = self._loose.get(purse, of(0)) + (money > 0)
        self._loose[purse] = self._put(len(self.rows) - 1, LOOSE, lost)

    def _step(self, k: int, first: int, asked: Term, upto: Term) -> tuple[Term, Term]:
        """Into which credit a number falls, what is known from it, and what to ask next."""
        asked, upto = self._put(k, ASKED, asked), self._put(k, UPTO, upto)
        last = FIRST + first - 1
        lookup = (
            f"SUMPRODUCT(MAX((${PURSE}${FIRST}:${PURSE}${last}={asked.text})"
            f"*(${START}${FIRST}:${START}${last}<={upto.text})*ROW(${PURSE}${FIRST}:${PURSE}${last})))"
        )
        purse = asked.value - 1
        row = 0
        if asked.value:
            row = FIRST + self._credits[purse][max(0, bisect_right(self._starts[purse], upto.value) - 1)]
        found = self._put(k, CREDIT, Term(f"IF({asked.text}=0,0,{lookup})", row))

        def its(column: str) -> Term:
            value = self.rows[row - FIRST].get(column, of(0)).value if row else 0
            return Term(f"INDEX(${column}$1:${column}${last},{found.text})", value)

        gone = asked.same(0)
        into = self._put(k, INTO, when(gone, 0, upto - its(START)))
        whole = when(upto.same(its(END)), 1, 0)
        kind = its(KIND)
        mixed = both(into > 0, whole.same(0))
        part = when(kind.same(CLAIM), into, when(kind.same(EARNED), least(into, its(JOINED)), 0))
        part = when(whole > 0, its(JOINED), when(both(mixed, kind.same(PASSED)), of(0) - its(TAKEN), part))
        self._put(k, ADDED, when(gone, 0, its(BEFORE) + part))
        on = both(mixed, kind.same(PASSED))
        further = self._put(k, NEXT, when(gone, 0, when(on, its(PAYER), 0)))
        then = self._put(k, THEN, when(further.same(0), 0, least(its(FROM) + into, its(TO))))
        self._put(k, STUCK, when(gone, 0, when(both(mixed, kind.same(CONVERTED)), 1, 0)))
        return further, then

    def _credit(self, purse: int, amount: Term, row: Row) -> None:
        at, start = len(self.rows), self._come[purse]
        self.rows.append({PURSE: of(purse + 1)})
        start = self._put(at, START, start)
        self._come[purse] = self._put(at, END, start + amount)
        for column, term in row.items():
            self._put(at, column, term)
        self._starts[purse].append(start.value)
        self._credits[purse].append(at)

    def _put(self, at: int, column: str, term: Term) -> Term:
        self.rows[at][column] = term
        return Term(f"{column}{FIRST + at}", term.value)

    def _there(self, term: Term) -> Term:
        """A cell of the ledger, as this sheet names it."""
        return (
            Term(f"{self.ledger}{term.text}", term.value) if term.text.isalnum() and not term.text.isdigit() else term
        )
