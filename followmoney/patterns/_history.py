"""Who is new: only a ledger that begins long enough before can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.patterns._threshold import micros

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._pattern import Pattern


def too_early(pattern: Pattern, history: float, who: str, flows: Flows) -> list[str]:
    """The note that says from when on windows were looked at, because `history` days of ledger must lie before."""
    if not history or not len(flows):
        return []
    from followmoney.patterns._words import day

    begin = day(flows.start + micros(history, "days"))
    return [
        (
            f"{pattern.name}: no window that begins before {begin} was examined: a {who} can be called new only after "
            f"{history:g} days of ledger (`history`)."
        )
    ]
