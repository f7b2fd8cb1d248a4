"""Effective shares by party, as they are kept: one behind the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._interests import Direct

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Small = NDArray[np.int32]


@dataclass
class Integrated:
    """Effective shares: `entries(c)` are those in party c, of whoever stands at the top, in order of number."""

    first: Numbers
    count: Numbers
    who: Small
    low: Floats
    high: Floats
    product: Floats
    """Of the strongest chain; empty where chains were not asked for, as `steps` and `via` (its last holding)."""
    steps: Small
    via: Small
    roots: list[int]
    """Companies, or one of each loop of companies, that nobody outside is known to own."""
    circles: list[list[int]]
    """Companies that own each other, of each loop of several."""
    endless: list[int]
    """Companies in loops whose holdings add up to the whole or more, so that no solution exists."""

    def entries(self, party: int) -> slice:
        """Where the entries of a party are."""
        return slice(int(self.first[party]), int(self.first[party] + self.count[party]))

    def room(self, needed: int) -> None:
        """Make room for so many entries."""
        if needed <= len(self.who):
            return
        more = max(needed, 2 * len(self.who)) - len(self.who)
        self.who = np.append(self.who, np.empty(more, np.int32))
        self.low, self.high = np.append(self.low, np.empty(more)), np.append(self.high, np.empty(more))
        if len(self.via):
            self.product = np.append(self.product, np.empty(more))
            self.steps = np.append(self.steps, np.empty(more, np.int32))
            self.via = np.append(self.via, np.empty(more, np.int32))

    def chain(self, direct: Direct, party: int, entry: int) -> tuple[int, ...]:
        """The strongest chain that an entry of a party stands for, from the top down; -1: the party is at the top."""
        chain = [party]
        person = int(self.who[entry]) if entry >= 0 else party
        while chain[-1] != person:
            above = int(direct.owner[self.via[entry]])
            chain.append(above)
            if above != person:
                span = self.entries(above)
                entry = span.start + int(np.searchsorted(self.who[span], person))
        return tuple(reversed(chain))
