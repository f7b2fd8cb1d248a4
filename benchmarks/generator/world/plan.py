"""What goes where: the planted schemes, and how many transactions every part of the world holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from .days import calendar, start_of, weight
from .monthly import Monthly, monthly
from .planted import KINDS
from .planting import DAY, Ground, Plot, as_rows
from .population import Population, populate
from .rows import Rows
from .told import Told


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive days, and how many everyday transactions are drawn on them."""

    number: int
    days: list[date]
    everyday: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A world before it is written."""

    seed: int
    world: Population
    monthly: Monthly
    planted: Rows
    patterns: list[str]
    opened: dict[int, date]
    """When an account was opened, where a scheme says so."""
    told: Told
    """What a scheme says to the registers."""
    parts: list[Part]


def plan(transactions: int, *, accounts: int, days: int, seed: int, schemes: int, parts: int) -> Plan:
    """Plan a world of exactly this many transactions."""
    if days < 70:
        raise ValueError(f"Schemes need at least 70 days, got {days}. Ask for more with --days.")
    world = populate(accounts, seed, schemes + len(KINDS))
    whole = calendar(days)
    ground = Ground(np.random.default_rng([seed, 1]), world, start_of(whole[0]), start_of(whole[-1]) + DAY - 1)
    planted, patterns = _plant(ground, schemes)
    pays = monthly(world, transactions, days)
    rest = transactions - len(planted) - sum(pays.count(day) for day in whole)
    if rest < 0:
        raise ValueError(
            f"{schemes} schemes alone make {len(planted):,} transactions; {transactions:,} are too few for them. "
            "Ask for fewer with --schemes, or for more with --transactions."
        )
    return Plan(seed, world, pays, planted, patterns, ground.opened, ground.told, _split(whole, rest, min(parts, days)))


def _plant(ground: Ground, schemes: int) -> tuple[Rows, list[str]]:
    plots, patterns = list[Plot](), list[str]()
    for n in range(schemes):
        write = KINDS[n % len(KINDS)]
        plot = Plot(ground)
        write(plot)
        plot.fit()
        plots.append(plot)
        patterns.append(write.__name__)
    return as_rows(plots), patterns


def _split(days: list[date], rest: int, parts: int) -> list[Part]:
    busy = np.cumsum([0.0] + [weight(d, office=False) + weight(d, office=True) for d in days])
    upto = np.floor(busy / busy[-1] * rest).astype(np.int64)
    upto[-1] = rest
    cuts = [round(k * len(days) / parts) for k in range(parts + 1)]
    return [Part(n, days[a:b], int(upto[b] - upto[a])) for n, (a, b) in enumerate(pairwise(cuts))]
