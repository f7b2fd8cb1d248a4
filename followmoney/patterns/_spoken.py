"""Numbers and names as a sentence says them."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 5


def many(number: int, noun: str) -> str:
    """A number and what it counts: 1 day, 3 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def often(number: int) -> str:
    """More often than that: more than once, more than 3 times."""
    return "more than once" if number == 1 else f"more than {number:,} times"


def listed(names: Sequence[str]) -> str:
    """Names as people list them: A, B and C; of more than five the first five, and how many more there are."""
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED:,} more"
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
