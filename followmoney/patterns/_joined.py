"""Findings of several windows: how many there are at least, and the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import SPANS, micros

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._pattern import Pattern


def windows(hit: Hit) -> int:
    """The fewest windows of the pattern that can hold what must lie in one; 1 where it has none."""
    window = hit.pattern.one_window
    if window is None:
        return 1
    rows = hit.at if window.role is None else hit.rows(window.role)
    time = np.sort(hit.flows.time[rows])
    span, number = micros(getattr(hit.pattern, window.threshold), _unit(hit.pattern)), 0
    while len(time):
        time, number = time[np.searchsorted(time, int(time[0]) + span, "right") :], number + 1
    return max(number, 1)


def told(pattern: Pattern, number: int) -> list[str]:
    """That a finding is longer than one window can be, and why."""
    if pattern.one_window is None or number == 1:
        return []
    limit, unit = getattr(pattern, pattern.one_window.threshold), _unit(pattern)
    length = many(limit, unit.removesuffix("s"))
    return [f"Joined are at least {many(number, 'window')} of at most {length}: those with a transaction in common."]


def _unit(pattern: Pattern) -> str:
    fields = type(pattern).__dataclass_fields__
    unit: str = fields[pattern.one_window.threshold].metadata["unit"] if pattern.one_window else "days"
    return unit if unit in SPANS else "days"
