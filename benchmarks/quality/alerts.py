"""Alerts in order of rank, whoever raised them: a pattern's findings, a rule on one number, chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .labelled import REPORT, TUNE, Ints, Labelled

if TYPE_CHECKING:
    from followmoney.patterns import Pattern

_TOO_MANY = 50
"""Findings for each that the budget allows, beyond which thresholds are not worth trying."""
Alert = Ints
"""The transactions that an alert shows."""


@dataclass(frozen=True)
class Alerts:
    """The highest of one half, and the value that ranks each; equal values share their fate at a cut-off."""

    rows: list[Alert]
    value: list[float]

    def down_to(self, cutoff: float) -> Alerts:
        """Only those at or above a value."""
        return self.first(sum(v >= cutoff for v in self.value))

    def first(self, many: int) -> Alerts:
        """Only so many."""
        return Alerts(self.rows[:many], self.value[:many])


@dataclass(frozen=True, eq=False)
class Ranking:
    """All that somebody would raise, with the number that ranks it and its first transaction."""

    value: NDArray[np.float64]
    first: Ints
    rows: Callable[[int], Alert]
    """The transactions of the i-th."""
    name: str = ""


def top(data: Labelled, half: int, many: int, given: Ranking) -> Alerts:
    """The highest by value of those that begin in a half; of equals the earlier."""
    mine = np.flatnonzero(data.halves(given.first) == half)
    best = mine[np.lexsort((given.first[mine], -given.value[mine]))][:many]
    return Alerts([given.rows(int(i)) for i in best], given.value[best].tolist())


def found(data: Labelled, pattern: Pattern, many: int, *, loose: bool = True) -> tuple[Alerts, Alerts]:
    """The findings of a pattern in order of rank: those of the tuned half and those of the reported half.

    Strongest first; those that an innocent explanation fits come after all others (their value is one lower). Unless
    `loose`, thresholds that find far more than can be looked at find nothing.
    """
    from followmoney.engines import Local
    from followmoney.patterns._assemble import assemble
    from followmoney.patterns._detect import look
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hits import LINK

    flows = Flows.of(data.graph).knowing([*pattern.needs, *pattern.uses])
    hits = look(pattern, flows, Local())
    if not len(hits) or (not loose and len(hits) > _TOO_MANY * many):
        return Alerts([], []), Alerts([], [])
    frame = assemble(pattern, hits, flows, data.graph).frame  # a row a hit, in their order
    value = frame["strength"].to_numpy() - (frame["counter"].list.len() > 0).to_numpy()
    # What comes in and goes out is the alert; a link may be months older, as a transfer that cash stands in for is.
    kept = np.where(hits.role == LINK, len(data.graph), hits.at)
    first = np.minimum.reduceat(kept, hits.ptr[:-1])
    first = np.where(first < len(data.graph), first, np.minimum.reduceat(hits.at, hits.ptr[:-1]))

    def rows(i: int) -> Alert:
        return np.unique(hits.at[hits.ptr[i] : hits.ptr[i + 1]])

    ranking = Ranking(value, first, rows, pattern.name)
    return top(data, TUNE, many, ranking), top(data, REPORT, many, ranking)
