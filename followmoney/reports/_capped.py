"""What is said under a table that shows only its first rows."""

from __future__ import annotations

from followmoney.languages import say


def capped(shown: int, rows: int) -> str:
    """Nothing where all are shown."""
    return "" if shown == rows else say("The first {shown} of {all}.", shown=shown, all=rows)
