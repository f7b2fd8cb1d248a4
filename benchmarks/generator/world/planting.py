"""The ground schemes are planted in: who may take part, and the steps written so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from .banks import RATES_PPM
from .days import FIRST_DAY, start_of
from .papers import Bill, Deed
from .population import Population
from .rows import DEPOSIT, DESKS_A_CITY, INVOICE, OUTSIDE, ROLES, TRANSFER, WITHDRAWAL, Rows
from .told import Told

T = TypeVar("T")
HOUR = 3_600
DAY = 86_400
_LONG_AGO = 1_000
"""Days before the world begins that an account was opened, at least, if it is not new."""
_ABROAD = 5_000
"""Accounts of a world that deals with other countries, at least."""
_ASIDE = len(ROLES)
"""The role of what stands beside a scheme and is no part of it."""

Step = tuple[int, int, int, int, int, int, int, int, int]


@dataclass(slots=True)
class Ground:
    """What all plots share: the dice, the window of time, and which spare accounts are still free."""

    rng: np.random.Generator
    world: Population
    first: int
    last: int
    opened: dict[int, date] = field(default_factory=dict[int, date])
    told: Told = field(default_factory=Told)


@dataclass(slots=True)
class Plot:
    """One scheme being written: steps (second, payer, payee, amount, kind, role, desk, carrier, paper) in the window.

    Only accounts in euros take part (but for a house abroad), so that amounts are not converted on the way.
    """

    ground: Ground
    steps: list[Step] = field(default_factory=list[Step])
    _taken: set[int] = field(default_factory=set[int])
    _papers: list[int] = field(default_factory=list[int])

    def person(self) -> int:
        """Draw a person who takes no other part in this scheme."""
        return self._draw(0, self.ground.world.people)

    def firm(self) -> int:
        """Draw a firm that takes no other part in this scheme."""
        return self._draw(self.ground.world.first_firm, self.ground.world.first_shop)

    def shop(self) -> int:
        """Draw a shop that takes no other part in this scheme."""
        return self._draw(self.ground.world.first_shop, self.ground.world.first_landlord)

    def house_abroad(self, country: int) -> int:
        """Choose a remittance house in another country; a small world has one currency, and its house is at home."""
        world = self.ground.world
        there = country if world.size >= _ABROAD else 0
        return world.first_collector + 3 * self.between(0, world.collectors // 3 - 1) + there

    def spare(self, opened: int | None = None) -> int:
        """Take an account without everyday traffic, opened on the day of this second, or long ago."""
        ground = self.ground
        account = ground.world.first_spare + len(ground.opened)
        if account >= ground.world.size:
            raise ValueError("Too few accounts to plant a scheme; ask for more with --accounts.")
        days = -_LONG_AGO - self.between(0, 3_000) if opened is None else (opened - start_of(FIRST_DAY)) // DAY
        ground.opened[account] = FIRST_DAY + timedelta(days=days)
        return account

    def arriving(self, payer: int, amount: int) -> int:
        """Tell what an amount is in euros."""
        return int(amount * RATES_PPM[self.ground.world.country[payer]] // RATES_PPM[0])

    def start(self, length_days: float, after_days: float = 0) -> int:
        """Draw a first second that leaves room for a scheme of this length, if possible so long after the start."""
        first, last = self.ground.first, self.ground.last - int(length_days * DAY)
        first = min(first + int(after_days * DAY), last - DAY)
        return first + int(self.ground.rng.integers(0, max(1, last - first)))

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return int(self.ground.rng.integers(low, high + 1))

    def one_of(self, several: Sequence[T]) -> T:
        """Draw one of several."""
        return several[self.between(0, len(several) - 1)]

    def some(self, middle: int, spread: float = 0.6) -> int:
        """Draw an amount around a middle, with a long tail upwards."""
        return max(100, int(middle * np.exp(spread * self.ground.rng.standard_normal())))

    def gap(self, middle_hours: float = 8.6, most_hours: float = 96) -> int:
        """Draw the seconds until money moves on: half within hours, a tenth after days.

        Half within 8.6 h and nine in ten within 46 h is what the 54 cycles of AMLworld HI-Small show (Altman et al.
        2023).
        """
        hours = middle_hours * float(np.exp(1.3 * self.ground.rng.standard_normal()))
        return int(min(hours, most_hours) * HOUR)

    def kept(self, amount: int, middle: float = 0.98, spread: float = 0.04) -> int:
        """Draw what is passed on of an amount: mostly a little less, sometimes more, as in AMLworld (0.91 to 1.10)."""
        return max(100, int(amount * middle * np.exp(spread * self.ground.rng.standard_normal())))

    def pay(
        self, time: int, payer: int, payee: int, amount: int, role: str | None, *, kind: int | None = None,
        desk: int = -1, carrier: int = -1, paper: int = -1,
    ) -> None:  # fmt: skip
        """Write one payment; unless said otherwise firms pay invoices and people make transfers.

        Without a role it stands beside the scheme and is no part of it.
        """
        if kind is None:
            firm = self.ground.world.first_firm <= payer < self.ground.world.first_spare
            firm |= payer in self.ground.told.companies
            kind = INVOICE if firm else TRANSFER
        # Steps keep their order but fall between seven and seven, as everyday traffic mostly does.
        midnight = time // DAY * DAY
        awake = midnight + 7 * HOUR + (time - midnight) // 2
        step = awake, payer, payee, amount, kind, _ASIDE if role is None else ROLES.index(role), desk, carrier, paper
        self.steps.append(step)

    def file(self, paper: Bill | Deed) -> int:
        """Put a paper on file, and give its number for the payments that are for it."""
        self.ground.told.papers.append(paper)
        self._papers.append(len(self.ground.told.papers) - 1)
        return self._papers[-1]

    def cash(self, time: int, payee: int, amount: int, *, desk: int | None = None, carrier: int = -1) -> None:
        """Write one cash deposit, in the holder's city unless a desk is given."""
        desk = self.desk(payee) if desk is None else desk
        self.pay(time, OUTSIDE, payee, amount, "in", kind=DEPOSIT, desk=desk, carrier=carrier)

    def withdraw(self, time: int, payer: int, amount: int, *, desk: int | None = None) -> None:
        """Write one cash withdrawal, in the holder's city unless a desk is given."""
        desk = self.desk(payer) if desk is None else desk
        self.pay(time, payer, OUTSIDE, amount, "out", kind=WITHDRAWAL, desk=desk)

    def desk(self, account: int | None = None) -> int:
        """Choose a desk or machine in the city of an account's holder, or anywhere."""
        world = self.ground.world
        city = self.between(0, world.cities - 1) if account is None else int(world.home(np.array([account]))[0])
        return city * DESKS_A_CITY + self.between(0, DESKS_A_CITY - 1)

    def desks(self, cities: int) -> list[int]:
        """Choose a desk in each of several cities."""
        drawn = self.ground.rng.choice(self.ground.world.cities, min(cities, self.ground.world.cities), replace=False)
        return [int(city) * DESKS_A_CITY + self.between(0, DESKS_A_CITY - 1) for city in drawn]

    def fit(self) -> None:
        """Move the whole scheme back by days if it runs past the end of the world; nothing is before it begins."""
        self.steps = [(max(self.ground.first, step[0]), *step[1:]) for step in self.steps]
        over = max(step[0] for step in self.steps) - self.ground.last
        if over > 0:
            back = -(-over // DAY) * DAY
            self.steps = [(max(self.ground.first, step[0] - back), *step[1:]) for step in self.steps]
            papers = self.ground.told.papers
            for n in self._papers:
                papers[n] = papers[n].earlier(back // DAY)

    def _draw(self, low: int, high: int) -> int:
        for _ in range(10_000):
            found = int(self.ground.rng.integers(low, high))
            world = self.ground.world
            if found not in self._taken and world.country[found] == 0 and not world.is_second(np.array([found])).any():
                self._taken.add(found)
                return found
        raise ValueError("Too few accounts in euros to plant a scheme; ask for more with --accounts.")


def as_rows(plots: list[Plot]) -> Rows:
    """Turn written schemes into rows, scheme 0, 1, … in the order given; what stands beside one is everyday traffic."""
    table = np.array([step for plot in plots for step in plot.steps], np.int64).reshape(-1, 9)
    scheme = np.repeat(np.arange(len(plots), dtype=np.int32), [len(plot.steps) for plot in plots])
    time, payer, payee, amount, kind, role, desk, carrier, paper = (np.ascontiguousarray(column) for column in table.T)
    aside = role == _ASIDE
    return Rows(
        time, payer, payee, amount, kind.astype(np.int8), np.where(aside, -1, scheme).astype(np.int32),
        np.where(aside, 0, role).astype(np.int8), desk.astype(np.int32), carrier.astype(np.int32),
        paper.astype(np.int32),
    )  # fmt: skip
