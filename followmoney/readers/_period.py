"""Which days of booking tell what a statement covers, where it does not say so itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date


def inside(days: Collection[date], opening: date | None, closing: date | None) -> list[date]:
    """Those from the opening to the closing balance: an entry dated elsewhere is odd, and stretches no statement.

    Where most lie elsewhere it is the balances that are dated oddly, and all of them tell.
    """
    found = [day for day in days if (opening or date.min) <= day <= (closing or date.max)]
    return found if 2 * len(found) >= len(days) else list(days)
