"""The ledger as formulas: one row a movement, with the balance after it and the claim in it under each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import ascii_uppercase

from followmoney.languages import marks, say
from followmoney.reports._workbook._fifo import Fifo
from followmoney.reports._workbook._plan import CLAIM, INTEREST, RULES, STOP, Plan
from followmoney.reports._workbook._term import Term, below, both, guess, least, most, nearest, of, rest, when

SHEET, OPENINGS = marks("Ledger", "Opening balances")
FIRST = 5
"""The first row of figures on every sheet, as a spreadsheet counts."""
DEBIT, CREDIT, BALANCE = "G", "H", "I"
COLUMNS = {"pro_rata": ("J", "K"), "lowest_balance": ("L", "M"), "fifo": ("N", "O")}
"""By rule: claim money moved, claim money here afterwards."""
WORKING = tuple(f"{first}{second}" for first in ("", "A") for second in ascii_uppercase)[15:]
"""Columns for what is on the way to a figure."""


@dataclass(eq=False)
class Line:
    """One movement: a row of the sheet."""

    at: int
    purse: int
    debit: bool
    cells: dict[str, Term | int] = field(default_factory=dict[str, "Term | int"])
    row: int = 0

    def put(self, column: str, term: Term | int) -> Term:
        """Write a cell; returns the cell."""
        self.cells[column] = term
        return Term(f"{column}{self.row}", of(term).value)

    def work(self, term: Term) -> Term:
        """Write a figure on the way into the next column that is free; a cell stays itself."""
        free = next(column for column in WORKING if column not in self.cells)
        return self.put(free, term)

    def share(self, part: Term, amount: Term, whole: Term, rounded: Callable[[Term, Term, Term], Term]) -> Term:
        """What part × amount / whole comes to, exactly rounded."""
        part, amount, whole = (t if t.text.isalnum() else self.work(t) for t in (part, amount, whole))
        guessed = self.work(guess(part, amount, whole))
        left = self.work(rest(part, amount, whole, guessed))
        return rounded(guessed, left, whole)


class Ledger:
    """All movements, in order of time; a debit comes before the credit of the same transaction."""

    def __init__(self, plan: Plan, live: frozenset[str]) -> None:
        self.plan, self.live = plan, live
        self.lines: list[Line] = []
        self.fifo = Fifo(f"{SHEET}!")
        tape = plan.trace.record.tape
        self.opening = {
            purse: Term(f"'{OPENINGS}'!$G${FIRST + place}", int(tape.opening[purse]))
            for place, purse in enumerate(plan.purses)
        }
        self.balance = dict(self.opening)
        self.claim = {rule: dict.fromkeys(plan.purses, of(0)) for rule in RULES}
        self.moved: dict[str, dict[int, Term]] = {rule: {} for rule in RULES}
        """By rule and position: claim money in the transaction as debited."""
        self.arrived: dict[str, dict[int, Term]] = {rule: {} for rule in RULES}
        self._back: dict[str, dict[int, Term]] = {rule: {} for rule in RULES}
        for purse in plan.purses:
            self.fifo.begin(purse, self.opening[purse])
        for at in plan.at:
            if int(tape.paid[at]) in self.balance:
                self._debit(at, int(tape.paid[at]))
            self._arrive(at)
            if int(tape.got[at]) in self.balance:
                self._credit(at, int(tape.got[at]))

    def _line(self, at: int, purse: int, *, debit: bool) -> Line:
        line = Line(at, purse, debit, row=FIRST + len(self.lines))
        self.lines.append(line)
        return line

    def _debit(self, at: int, purse: int) -> None:
        line, before = self._line(at, purse, debit=True), self.balance[purse]
        amount = line.put(DEBIT, int(self.plan.trace.record.tape.amount[at]))
        owes = int(self.plan.trace.record.tape.opening[purse]) < 0
        after = when(before < 0, before - amount, most(0, before - amount)) if owes else most(0, before - amount)
        self.balance[purse] = line.put(BALANCE, after)
        if "fifo" in self.live and at in self.plan.returned:
            self._unordered(line, self.arrived["fifo"].get(self.plan.returned[at], of(0)))
        for rule, (column, held) in COLUMNS.items():
            claim = self.claim[rule][purse]
            part = self._leaves(rule, line, claim, amount, before)
            gone = part
            if rule in self.live and at in self.plan.returned:
                part, gone = self._returns(rule, line, part, (claim, amount, before))
            out = line.put(column, gone)
            self.moved[rule][at] = part if part is not gone else out
            self.claim[rule][purse] = line.put(held, claim - out)

    def _leaves(self, rule: str, line: Line, claim: Term, amount: Term, balance: Term) -> Term:
        """Claim money that leaves with a debit."""
        if rule not in self.live:
            return of(self.plan.figures[rule].get(line.at, (0, 0))[0])
        if rule == "lowest_balance":
            return when(amount >= balance, claim, most(0, amount - balance + claim))
        if rule == "pro_rata":
            if claim.text == "0":
                return of(0)
            return when(amount >= balance, claim, line.share(claim, amount, balance, nearest))
        figure = self.plan.figures[rule].get(line.at, (0, 0))[0]
        return self.fifo.debit(line.at, line.purse, (claim, amount, balance), figure)

    def _returns(self, rule: str, line: Line, part: Term, held: tuple[Term, Term, Term]) -> tuple[Term, Term]:
        """A returned payment takes back what came, if it is still there: what it carries, and what leaves the payer."""
        claim, amount, balance = held
        first = self.plan.returned[line.at]
        came = self.arrived[rule].get(first, of(0))
        stopped = bool(self.plan.trace.record.tape.mark[first] & STOP)
        gone = of(0) if stopped else came
        there = both(claim >= gone, (balance - claim) >= (amount - gone))
        back = line.work(Term(f"IF({there.text},1,0)", there.value)).same(1)
        self._back[rule][line.at] = back
        ordinary = line.work(part)
        return line.work(when(back, came, ordinary)), when(back, gone, ordinary)

    def _arrive(self, at: int) -> None:
        """Claim money in a transaction whose payer is not on the sheet, and in one that is claimed."""
        tape = self.plan.trace.record.tape
        for rule in RULES:
            if tape.mark[at] & CLAIM:
                self.moved[rule][at] = of(int(tape.amount[at]))
            elif at not in self.moved[rule]:
                first = self.plan.returned.get(at)
                known = first is not None and bool(tape.outside[tape.paid[at]])
                self.moved[rule][at] = self.arrived[rule].get(first, of(0)) if known and first is not None else of(0)
            self.arrived[rule][at] = self.moved[rule][at]

    def _credit(self, at: int, purse: int) -> None:
        tape = self.plan.trace.record.tape
        line, before = self._line(at, purse, debit=False), self.balance[purse]
        amount = line.put(CREDIT, int(tape.received[at]))
        self.balance[purse] = line.put(BALANCE, before + amount)
        for rule, (column, held) in COLUMNS.items():
            claim = self.claim[rule][purse]
            here = self._joins(rule, line, claim, amount, before)
            into = line.put(column, here)
            self.claim[rule][purse] = line.put(held, claim + into)
            if rule == "fifo" and rule in self.live:
                if at in self.plan.returned:
                    self._unordered(line, self.moved[rule][at])
                self._lot(line, into, claim, amount)

    def _joins(self, rule: str, line: Line, claim: Term, amount: Term, balance: Term) -> Term:
        """Claim money that joins with a credit: converted, earned by interest, or spent on a debt."""
        tape, at = self.plan.trace.record.tape, line.at
        mark, debited = int(tape.mark[at]), int(tape.amount[at])
        if rule not in self.live:
            return of(self.plan.figures[rule].get(at, (0, 0))[1])
        here = amount if mark & CLAIM else self._cell(line, self.moved[rule][at])
        if debited != amount.value and not mark & CLAIM and here.text != "0":
            here = line.work(line.share(here, amount, line.work(of(debited)), below))
        if mark & INTEREST and not mark & CLAIM and claim.text != "0":
            other = amount if here.text == "0" else line.work(amount - here)
            gain = when(claim > 0, line.share(claim, other, balance, nearest), 0)
            if at in self._back[rule]:
                gain = when(self._back[rule][at], 0, gain)
            here = line.work(gain if here.text == "0" else here + gain)
        self.arrived[rule][at] = Term(f"{here.text}", here.value)
        if mark & STOP:
            return of(0)
        if int(tape.opening[line.purse]) < 0 and here.text != "0":
            owed = line.work(least(most(0, of(0) - balance), amount))
            if rule == "lowest_balance":
                spent = most(0, owed - amount + here)
            else:
                spent = when(owed.same(amount), here, line.share(here, owed, amount, nearest))
            here = here - line.work(spent)
        return here

    def _cell(self, line: Line, term: Term) -> Term:
        """A figure of an earlier row of this sheet, as one cell here."""
        return term if term.text.isalnum() else line.work(term)

    def _unordered(self, line: Line, came: Term) -> None:
        """A returned payment goes back to where it was taken from: in an account with claim money, out of its turn."""
        self.fifo.unordered(line.purse, self.claim["fifo"][line.purse], came)

    def _lot(self, line: Line, into: Term, claim: Term, amount: Term) -> None:
        """Tell the order of money what came in, and with which debit."""
        tape, at = self.plan.trace.record.tape, line.at
        mark = int(tape.mark[at])
        if mark & STOP:
            kind = "other"
        elif mark & CLAIM:
            kind = "claim"
        elif int(tape.paid[at]) in self.opening:
            kind = "passed" if tape.amount[at] == tape.received[at] else "converted"
        else:
            kind = "earned" if mark & INTEREST else "other"
        self.fifo.credit(at, line.purse, kind, (amount, into, claim))


def why_not(plan: Plan, largest_steps: int) -> dict[str, str]:
    """Rules that cannot be recomputed for this ledger, and why."""
    tape = plan.trace.record.tape
    shown, known = set(plan.at), set(plan.purses)
    found: dict[str, str] = {}
    if tape.earned:
        return dict.fromkeys(RULES, say("interest is divided by day, as asserted"))
    inside = [at for at in shown if int(tape.paid[at]) in known]
    if any(tape.opening[purse] < 0 for purse in known):
        found["fifo"] = say("an account begins in debt")
    elif any(tape.mark[at] & INTEREST and int(tape.got[at]) in known for at in inside):
        found["fifo"] = say("an account of this ledger paid interest")
    elif steps(plan) > largest_steps:
        found["fifo"] = say("the order of the money would take more than {steps} steps", steps=largest_steps)
    return found


def steps(plan: Plan) -> int:
    """How many steps back through accounts the order of the money may take, over all debits."""
    from followmoney.reports._workbook._fifo import STEPS

    tape, known = plan.trace.record.tape, set(plan.purses)
    deep = dict.fromkeys(known, 1)
    count = 0
    for at in plan.at:
        payer, payee = int(tape.paid[at]), int(tape.got[at])
        if payer in known:
            count += min(deep[payer], STEPS)
            if payee in known:
                deep[payee] = max(deep[payee], deep[payer] + 1)
    return count
