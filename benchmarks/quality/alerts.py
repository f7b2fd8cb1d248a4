"""Alerts in order of rank, whoever raised them: a pattern's findings, a rule on one number, chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .labelled import Ints, Labelled

if TYPE_CHECKING:
    from followmoney.patterns import Pattern

Alert = Ints
"""The transactions that an alert shows."""


@dataclass(frozen=True)
class Alerts:
    """The highest of one half, and the value that ranks each; equal values share their fate at a cut-off."""

    rows: list[Alert]
    value: list[float]

    def down_to(self, cutoff: float) -> Alerts:
        """Only those at or above a value."""
        n = sum(v >= cutoff for v in self.value)
        return Alerts(self.rows[:n], self.value[:n])


def top(
    data: Labelled, half: int, many: int, value: np.ndarray, first: Ints, rows: Callable[[int], Alert]
) -> Alerts:
    """The highest by value of those that begin in a half; of equals the earlier."""
    mine = np.flatnonzero(data.halves(first) == half)
    best = mine[np.lexsort((first[mine], -value[mine]))][:many]
    return Alerts([rows(int(i)) for i in best], value[best].tolist())


def found(data: Labelled, pattern: Pattern, many: int) -> tuple[Alerts, Alerts]:
    """The findings of a pattern, strongest first: those of the tuned half and those of the reported half."""
    from followmoney.engines import Local
    from followmoney.patterns._assemble import _evidence, _measures
    from followmoney.patterns._detect import look
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._words import strength

    hits = look(pattern, Flows.of(data.graph), Local())
    if not len(hits):
        return Alerts([], []), Alerts([], [])
    seen = _measures(pattern, _evidence(hits, data.graph)).iter_rows(named=True)
    value = np.array([strength(pattern, one) for one in seen])
    first = np.minimum.reduceat(hits.at, hits.ptr[:-1])

    def rows(i: int) -> Alert:
        return np.unique(hits.at[hits.ptr[i] : hits.ptr[i + 1]])

    early, late = (top(data, half, many, value, first, rows) for half in (0, 1))
    return early, late
