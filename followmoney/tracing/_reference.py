"""The reference sweep: every draw rule, in plain Python, money in lots. Small graphs use it; kernels must equal it."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.tracing import _lots
from followmoney.tracing._earned import Earned
from followmoney.tracing._instants import outputs
from followmoney.tracing._tape import CLAIM, INTEREST, STOP, UNDO, UNDONE, Outcome, Tape, blank
from followmoney.tracing.rule import OTHER, Draw, Lot, Lots


class Purses:
    """What every purse holds: lots, or a debt, never both."""

    def __init__(self, tape: Tape, rule: Draw) -> None:
        self.rule = rule
        self.outside = tape.outside.tolist()
        opening = tape.opening.tolist()
        self.lots: list[Lots] = [[Lot(OTHER, stated)] if stated > 0 else [] for stated in opening]
        self.debt = [max(0, -stated) for stated in opening]
        self.payments = 0

    def pay(self, purse: int, amount: int, rule: Draw) -> Lots:
        """Debit a purse: the rule says which lots leave; beyond what is held it is other money, or deepens a debt."""
        held = self.lots[purse]
        known = min(amount, _lots.total(held))
        leaves, stays = rule.take(held, known)
        if self.debt[purse]:
            self.debt[purse] += amount
        self.lots[purse] = self._tidy(stays)
        return self._tidy([*leaves, Lot(OTHER, amount - known)])

    def accept(self, purse: int, lots: Lots, rule: Draw, *, returned: bool = False) -> Lots:
        """Credit a purse, its debt first, by the rule. Returns what went into the debt."""
        if self.rule.apart:
            self.payments += 1
            lots = _lots.one_payment(lots, self.payments)
        spent: Lots = []
        if owed := min(self.debt[purse], _lots.total(lots)):
            spent, lots = rule.take(lots, owed)
            self.debt[purse] -= owed
        held = self.lots[purse]
        first = returned and not self.rule.newest_first  # back to where it was taken from
        self.lots[purse] = self.rule.mixed(self._tidy([*lots, *held] if first else [*held, *lots]))
        return spent

    def give_back(self, purse: int, lots: Lots, *, stopped: bool) -> bool:
        """Take from a purse exactly the money an earlier payment brought, if it is still there.

        An outside end always has it. Where the claim part went into an asset, the payee had other money.
        """
        if self.outside[purse]:
            return True
        brought = [Lot(OTHER, _lots.total(lots))] if stopped else lots
        stays = _lots.without_newest(self.lots[purse], brought)
        if stays is None:
            return False
        self.lots[purse] = self._tidy(stays)
        return True

    def _tidy(self, lots: Iterable[Lot]) -> Lots:
        return _lots.tidy(lots, ordered=self.rule.ordered)


class Book:
    """The outcomes, one a claimant, while they are written."""

    def __init__(self, tape: Tape) -> None:
        self.outcomes = tuple(blank(tape) for _ in range(tape.claimants))
        self.claims = self.returns = 0

    def carried(self, left: Lots, came: Lots) -> None:
        """The next claim transaction carried this already."""
        debited, credited = _lots.by_owner(left), _lots.by_owner(came)
        for owner, outcome in enumerate(self.outcomes, 1):
            outcome.carried[self.claims] = debited[owner], credited[owner]
        self.claims += 1

    def moved(self, at: int, left: Lots, came: Lots) -> None:
        """This left with a transaction, and this came in."""
        if not _lots.claimed(left) and not _lots.claimed(came):  # nearly always
            return
        debited, credited = _lots.by_owner(left), _lots.by_owner(came)
        for owner, outcome in enumerate(self.outcomes, 1):
            outcome.moved[at] = debited[owner]
            outcome.arrived[at] = credited[owner]

    def accrued(self, at: int, before: Lots, after: Lots) -> None:
        """So the interest of a transaction was divided."""
        earlier, now = _lots.by_owner(before), _lots.by_owner(after)
        for owner, outcome in enumerate(self.outcomes, 1):
            outcome.accrued[at] = now[owner] - earlier[owner]

    def discharged(self, at: int, spent: Lots) -> None:
        """This paid off a debt."""
        sums = _lots.by_owner(spent)
        for owner, outcome in enumerate(self.outcomes, 1):
            if sums[owner]:
                outcome.discharged[at] = sums[owner]

    def unwound(self, *, found: bool) -> None:
        """The next returned payment was undone, or not."""
        for outcome in self.outcomes:
            outcome.unwound[self.returns] = found
        self.returns += 1

    def close(self, purses: Purses) -> None:
        """Write what every purse holds."""
        sums = [_lots.by_owner(held) for held in purses.lots]
        for owner, outcome in enumerate(self.outcomes, 1):
            outcome.balance[:] = [held.total() - debt for held, debt in zip(sums, purses.debt, strict=True)]
            outcome.claim[:] = [held[owner] for held in sums]


def sweep(tape: Tape, rule: Draw) -> tuple[Outcome, ...]:
    """Follow every claim through every transaction in order. Cost: 10 to 40 µs a transaction, more where lots are many.

    Gives an outcome a claimant. Money that a claim transaction of one claimant carries of another's stays the other's.
    """
    purses, book = Purses(tape, rule), Book(tape)
    undoes, brought = iter(tape.undoes.tolist()), dict[int, Lots]()
    owners = iter([1] * len(tape.claims) if tape.owner is None else tape.owner.tolist())
    later = outputs(tape) if rule.outputs else {}
    earned = Earned(tape, purses.lots)
    columns = (tape.paid, tape.got, tape.amount, tape.received, tape.mark)
    for at, (paid, got, amount, received, mark) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        unwound = False
        lots: Lots = []
        earned.see(at, paid, got)
        if mark & UNDO:
            first = next(undoes)
            lots = brought[first]
            unwound = purses.give_back(paid, lots, stopped=bool(tape.mark[first] & STOP))
            book.unwound(found=unwound)
        if not unwound:
            amounts, count = later.get(at, ([], 0))
            lots = purses.pay(paid, amount, rule.at(at, later=amounts[:count]))
        left, lots = lots, _lots.convert(lots, received)
        if mark & CLAIM:
            owner = next(owners)
            book.carried(left, lots)
            left, lots = _lots.owned(left, owner), _lots.owned(lots, owner)
        elif mark & INTEREST and not unwound:
            came = _lots.one_payment(lots, 0) if rule.apart else lots  # interest is one credit, whatever paid it
            lots = _lots.accrue(came, earned.by(at, got))
            book.accrued(at, came, lots)
        if mark & UNDONE:
            brought[at] = lots
        book.moved(at, left, lots)
        if mark & STOP:
            lots = [Lot(OTHER, received)]
        if spent := purses.accept(got, lots, rule.at(at, debt=True), returned=unwound):
            book.discharged(at, spent)
    book.close(purses)
    return book.outcomes
