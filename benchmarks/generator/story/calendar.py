"""Days on which things happen: month after month, week after week, never on a weekend when the bank is shut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

FIRST: Final = date(2024, 1, 2)
LAST: Final = date(2024, 9, 30)
_SATURDAY: Final = 5


def working_day(day: date) -> date:
    """Move a weekend day to the Monday after it."""
    late = day.weekday() - _SATURDAY
    return day + timedelta(days=2 - late) if late >= 0 else day


def monthly(day: int) -> Iterator[date]:
    """Give one working day a month, January to September 2024."""
    for month in range(1, 10):
        when = max(working_day(date(2024, month, day)), FIRST)
        if when <= LAST:
            yield when


def every(days: int, start: date = FIRST) -> Iterator[date]:
    """Give a day every so many days, weekends included."""
    when = start
    while when <= LAST:
        yield when
        when += timedelta(days=days)
