"""Thresholds set on the first half of the schemes, one after the other, and never looked at again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from followmoney.errors import FollowmoneyError

from .alerts import Alerts, found
from .labelled import REPORT, TUNE, Labelled
from .score import best_cutoff

if TYPE_CHECKING:
    from followmoney.patterns import Pattern

_TIMES = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_MORE = (-3, -2, -1, 0, 1, 2, 4, 6)
_SHARES = (0.0, 0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 1.0)
_LOOKS = 2_000
"""Transactions looked at in one search while tuning, at most."""
_CHANGED = 0.6
"""The share of the thresholds that a draw changes."""
_FIXED = {"limits", "budget"}
"""Thresholds that the law or the machine sets."""


def shipped(pattern: type[Pattern], data: Labelled) -> Pattern:
    """The default thresholds; in a currency that has no amount of its own the figure for euros is taken as it is."""
    given = pattern()
    amounts = {
        f.name: {c: getattr(given, f.name).get(c, getattr(given, f.name)["EUR"]) for c in data.graph.currencies}
        for f in dataclasses.fields(given)
        if isinstance(getattr(given, f.name), dict) and "EUR" in getattr(given, f.name)
    }
    return dataclasses.replace(given, **amounts)


def tuned(pattern: type[Pattern], data: Labelled, many: tuple[int, int], draws: int) -> tuple[Pattern, Alerts]:
    """Thresholds and a least strength that do best in the tuned half, and what they find in the other.

    First thresholds drawn at random (the same in every run), then each in turn while the rest stay.
    """
    best, least, late = -1.0, float("inf"), Alerts([], [])
    now = shipped(pattern, data)
    if "budget" in now.parameters():  # loose thresholds make every search run to its budget
        now = dataclasses.replace(now, **dict.fromkeys(["budget"], _LOOKS))

    def better(**changes: Any) -> None:
        nonlocal best, least, late, now
        try:
            other = dataclasses.replace(now, **changes)
            begun, rest = found(data, other, max(many), loose=False)
        except FollowmoneyError:  # thresholds that exclude one another
            return
        at, worth = best_cutoff(data, other.name, TUNE, begun.first(many[TUNE]))
        if worth > best:
            best, least, late, now = worth, at, rest, other

    better()
    free = {f.name: _values(f, getattr(now, f.name), data) for f in dataclasses.fields(now)}
    draw = np.random.default_rng(1)
    for _ in range(draws):
        drawn = {n: v[draw.integers(len(v))] for n, v in free.items() if v and draw.random() < _CHANGED}
        better(**drawn)
    for name, values in free.items():
        for value in values:
            better(**{name: value})
    return now, late.first(many[REPORT]).down_to(least)


def _values(field: dataclasses.Field[Any], value: Any, data: Labelled) -> list[Any]:
    """Values that a threshold may take, by its unit; none where the law or the machine sets it."""
    unit, low = field.metadata["unit"], field.metadata["low"]
    if field.name in _FIXED:
        return []
    if isinstance(value, dict):
        usual = np.quantile(data.graph.amount, (0.0, 0.25, 0.5, 0.9, 0.99)) / 100
        return [dict.fromkeys(value, amount) for amount in sorted({max(1, int(a)) for a in usual})]
    if isinstance(value, bool):
        return [False, True]
    if unit == "share":
        return list(_SHARES)
    if unit in {"hours", "days"}:
        return [value * n for n in _TIMES if value * n >= low]
    return [value + n for n in _MORE if value + n >= low]
