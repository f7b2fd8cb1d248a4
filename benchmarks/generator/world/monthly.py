"""Wages and rents: the same people, the same sum, every month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from .days import PAYDAYS, start_of, weekday_before
from .hashing import even
from .population import Population
from .rows import RENT, SALARY, Rows, plain


@dataclass(frozen=True, slots=True)
class Monthly:
    """Who is paid on which payday of the month (or never: -1), and who pays rent."""

    world: Population
    payday: NDArray[np.int8]
    rents: NDArray[np.bool_]

    def on(self, day: date) -> list[Rows]:
        """Give the wages and rents of one day."""
        world, found = self.world, list[Rows]()
        for which in _paydays(day):
            person = np.flatnonzero(self.payday == which).astype(np.int64)
            employer = world.employer(person)
            # A payroll is one file: all its lines carry the second at which the bank took it in.
            time = start_of(day) + 7_200 + (even(employer, world.seed + 93) * 14_400).astype(np.int64)
            wage = 130_000 + (even(person, world.seed + 94) ** 3 * 420_000).astype(np.int64)
            found.append(plain(time, employer, person, wage, SALARY))
        if day.day == 1:
            person = np.flatnonzero(self.rents).astype(np.int64)
            time = start_of(day) + 18_000 + (even(person, world.seed + 95) * 36_000).astype(np.int64)
            rent = 38_000 + (even(person, world.seed + 96) ** 2 * 90_000).astype(np.int64)
            found.append(plain(time, person, world.landlord(person), rent, RENT))
        return found

    def count(self, day: date) -> int:
        """Count the wages and rents of one day without making them."""
        paid = sum(int(np.count_nonzero(self.payday == which)) for which in _paydays(day))
        return paid + (int(np.count_nonzero(self.rents)) if day.day == 1 else 0)


def monthly(world: Population, transactions: int, days: int) -> Monthly:
    """Choose who has a wage and pays rent, so that both stay a fifth of all transactions at most."""
    months = max(1, round(days / 30))
    person = np.arange(world.people, dtype=np.int64)
    paid = min(0.8, 0.13 * transactions / (world.people * months))
    lets = min(0.5, 0.07 * transactions / (world.people * months))
    payday = (even(world.employer(person), world.seed + 91) * len(PAYDAYS)).astype(np.int8)
    payday[even(person, world.seed + 90) >= paid] = -1
    return Monthly(world, payday, even(person, world.seed + 92) < lets)


def _paydays(day: date) -> list[int]:
    """Tell which paydays fall on this day, those of a weekend being paid on the Friday before."""
    near = [day + timedelta(days=n) for n in range(3)]
    return [PAYDAYS.index(d.day) for d in near if d.day in PAYDAYS and weekday_before(d) == day]
