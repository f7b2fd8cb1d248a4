"""What earned interest: what an account holds when it is credited, or what it held at the end of every day before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from followmoney.schema.clock import DAY
from followmoney.tracing import _lots
from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import Lot, Lots


class Earned:
    """Watches, while a tape is swept, the purses that get interest divided by day; costs nothing where none does."""

    def __init__(self, tape: Tape, lots: Sequence[Lots]) -> None:
        self.lots = lots
        self.since = {at: start // DAY for at, start in tape.earned.items()}
        self.days: list[int] = [] if tape.time is None or not self.since else (tape.time // DAY).tolist()
        self.seen: dict[int, int] = {}
        """By purse: the first day whose end is still to come."""
        self.held: dict[int, list[tuple[int, int, Counter[int]]]] = {}
        """By purse: from this day up to, not including, that day it held so much of every owner's money each night."""
        for at, start in self.since.items():
            purse = int(tape.got[at])
            self.seen[purse] = min(start, self.seen.get(purse, start))
            self.held[purse] = []

    def see(self, at: int, *purses: int) -> None:
        """A transaction is about to change these purses."""
        for purse in purses:
            if purse in self.seen and (day := self.days[at]) > self.seen[purse]:
                self.held[purse].append((self.seen[purse], day, _lots.by_owner(self.lots[purse])))
                self.seen[purse] = day

    def by(self, at: int, purse: int) -> Lots:
        """What earned the interest that a transaction brings, a lot an owner; over days, sums of what was held.

        Where the period has no night before the crediting, it is what is held now.
        """
        start = self.since.get(at)
        if start is None or start >= self.days[at]:
            return self.lots[purse]
        sums: Counter[int] = Counter()
        for first, end, held in self.held[purse]:
            nights = max(0, end - max(first, start))
            for owner, amount in held.items():
                sums[owner] += nights * amount
        return [Lot(owner, amount) for owner, amount in sums.items() if amount]
