"""The ground schemes are planted in: who may take part, and the steps written so far."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .population import Population
from .rows import INVOICE, OUTSIDE, ROLES, TRANSFER, Rows

HOUR = 3_600
DAY = 86_400


@dataclass(slots=True)
class Plot:
    """One scheme being written: steps of (second, payer, payee, amount, kind, role), all within the window.

    Only accounts in euros take part, so that amounts are never converted on the way.
    """

    rng: np.random.Generator
    world: Population
    first: int
    last: int
    steps: list[tuple[int, int, int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int, int, int]])
    _taken: set[int] = field(default_factory=set[int])

    def person(self) -> int:
        """Draw a person who takes no other part in this scheme."""
        return self._draw(0, self.world.people)

    def firm(self) -> int:
        """Draw a firm that takes no other part in this scheme."""
        return self._draw(self.world.first_firm, self.world.first_shop)

    def shop(self) -> int:
        """Draw a shop that takes no other part in this scheme."""
        return self._draw(self.world.first_shop, self.world.first_landlord)

    def start(self, length_days: float) -> int:
        """Draw a first second that leaves room for a scheme of this length."""
        room = max(1, int(self.last - self.first - length_days * DAY))
        return self.first + int(self.rng.integers(0, room))

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def pay(self, time: int, payer: int, payee: int, amount: int, role: str, *, kind: int | None = None) -> None:
        """Write one payment; unless said otherwise firms pay invoices and people make transfers."""
        if kind is None:
            kind = INVOICE if payer >= self.world.first_firm else TRANSFER
        # Steps keep their order but fall between seven and seven, as everyday traffic mostly does.
        midnight = time // DAY * DAY
        awake = midnight + 7 * HOUR + (time - midnight) // 2
        self.steps.append((awake, payer, payee, amount, kind, ROLES.index(role)))

    def cash(self, time: int, payee: int, amount: int, kind: int) -> None:
        """Write one cash deposit."""
        self.pay(time, OUTSIDE, payee, amount, "in", kind=kind)

    def _draw(self, low: int, high: int) -> int:
        for _ in range(10_000):
            found = int(self.rng.integers(low, high))
            if found not in self._taken and self.world.country[found] == 0:
                self._taken.add(found)
                return found
        raise ValueError("Too few accounts in euros to plant a scheme; ask for more with --accounts.")


def as_rows(plots: list[Plot]) -> Rows:
    """Turn written schemes into rows, scheme 0, 1, … in the order given."""
    table = np.array([step for plot in plots for step in plot.steps], np.int64).reshape(-1, 6)
    scheme = np.repeat(np.arange(len(plots), dtype=np.int32), [len(plot.steps) for plot in plots])
    time, payer, payee, amount, kind, role = (np.ascontiguousarray(column) for column in table.T)
    return Rows(time, payer, payee, amount, kind.astype(np.int8), scheme, role.astype(np.int8))
