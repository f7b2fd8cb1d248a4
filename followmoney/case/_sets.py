"""The least and the most in sets of accounts and assets, by one flow over the set, never by adding."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.tracing import Trace

_MOST_TRANSACTIONS = 500_000

Ends = tuple[int | None, int | None]


def whole(trace: Trace, currency: str, ended: Collection[tuple[str, str]]) -> Ends:
    """In all accounts and assets together, but those (kind, id) where the claim ended in good faith."""
    if len(trace.record.tape) > _MOST_TRANSACTIONS:
        return None, None
    places = trace.rule_free.named.places.select("kind", "id", "currency").unique().sort("kind", "id", "currency")
    names = [
        str(name) for kind, name, unit in places.iter_rows()
        if kind in ("account", "asset") and unit == currency and (kind, name) not in ended
    ]  # fmt: skip
    if not names:
        return 0, 0
    found = trace.bounds(names, currency)
    return found.least, found.most
