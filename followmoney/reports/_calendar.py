"""Days to mark on an axis of time, the same whatever language the machine speaks."""

from __future__ import annotations

from datetime import datetime, timedelta

from followmoney.languages import marks, say

_MONTHS = marks("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = (1, 2, 4, 7, 14)
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def day(when: datetime) -> str:
    """A day as people write it: "05 Mar 2024"."""
    return f"{when.day:02d} {say(_MONTHS[when.month - 1])} {when.year}"


def ticks(first: datetime, last: datetime, most: int) -> list[datetime]:
    """At most `most` days from `first` to `last`, evenly spaced: days, weeks, months or years."""
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    for step in _DAYS:
        found = _days(midnight, first, last, step)
        if len(found) <= most:
            return found
    for months in _STEPS:
        found = _months(midnight, first, last, months)
        if len(found) <= most:
            return found
    return [first, last]


def _days(start: datetime, first: datetime, last: datetime, step: int) -> list[datetime]:
    number = (last - start).days // step + 1
    if number > 500:  # noqa: PLR2004 - too many to look at
        return [start] * number
    days = [start + timedelta(days=step * i) for i in range(number + 1)]
    return [d for d in days if first <= d <= last]


def _months(start: datetime, first: datetime, last: datetime, step: int) -> list[datetime]:
    from_ = start.year * 12 + start.month - 1
    from_ -= from_ % step
    to = last.year * 12 + last.month - 1
    days = [start.replace(year=m // 12, month=m % 12 + 1, day=1) for m in range(from_, to + 1, step)]
    return [d for d in days if first <= d <= last]
