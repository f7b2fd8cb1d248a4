"""Numbers and lists as they are said in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 5


def count(number: int, what: str) -> str:
    """So many of them: `1 account`, `1,200 accounts`."""
    return f"{number:,} {what}" + ("s" if number != 1 else "")


def some(items: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = len(items) - _SHOWN
    return ", ".join(items[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
