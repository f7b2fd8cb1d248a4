"""When things happen: quiet Sundays, busy Fridays and month ends, office hours and nightly batches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np

from .hashing import Floats, Ints

FIRST_DAY: Final = date(2024, 1, 1)
DAY: Final = 86_400
_EPOCH: Final = date(1970, 1, 1)
_WEEK_PRIVATE: Final = (1.0, 0.95, 1.0, 1.05, 1.35, 1.25, 0.6)
_WEEK_OFFICE: Final = (1.1, 1.05, 1.0, 1.05, 1.15, 0.04, 0.02)
_HOURS_PRIVATE: Final = (1, 0.5, 0.3, 0.2, 0.3, 1, 3, 6, 8, 9, 10, 11, 12, 11, 10, 11, 13, 14, 12, 9, 7, 5, 3, 2)
_HOURS_OFFICE: Final = (0.2, 0.1, 0.1, 0.1, 0.2, 1, 3, 8, 12, 14, 14, 12, 9, 11, 13, 12, 9, 5, 2, 1, 0.5, 0.4, 0.3, 0.2)
PAYDAYS: Final = (23, 24, 25, 26, 27, 28)


def calendar(days: int) -> list[date]:
    """List the days of the world."""
    return [FIRST_DAY + timedelta(days=n) for n in range(days)]


def start_of(day: date) -> int:
    """Give the first second of a day since 1970."""
    return (day - _EPOCH).days * DAY


def weight(day: date, *, office: bool) -> float:
    """Tell how busy a day is."""
    week = _WEEK_OFFICE if office else _WEEK_PRIVATE
    month_end = (day + timedelta(days=3)).month != day.month
    return week[day.weekday()] * (1.3 if month_end else 1.0)


def weekday_before(day: date) -> date:
    """Move a weekend day to the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def moments(rng: np.random.Generator, many: int, days: list[date], *, office: bool) -> Ints:
    """Draw moments on these days, to the second."""
    by_day = np.array([weight(d, office=office) for d in days])
    by_hour = np.array(_HOURS_OFFICE if office else _HOURS_PRIVATE)
    starts = np.array([start_of(d) for d in days], np.int64)
    day = _draw(rng.random(many), by_day)
    hour = _draw(rng.random(many), by_hour)
    return starts[day] + hour * 3_600 + rng.integers(0, 3_600, many)


def _draw(draws: Floats, weights: Floats) -> Ints:
    edges = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(edges, draws, side="right"), len(weights) - 1).astype(np.int64)
