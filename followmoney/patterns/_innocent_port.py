"""Innocent explanations of money to those who work in transport: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_TRADE = {"46", "49", "50", "51", "52", "53", "78"}


def paid_by_the_trade(hit: Hit) -> str | None:
    """Most payers are firms of transport, wholesale or temporary work, which pay overtime, second jobs, brokers."""
    import numpy as np

    from followmoney.patterns._sectors import divisions

    rows = hit.rows("in")
    payers = np.unique(hit.flows.originator[rows[~hit.flows.cash[rows]]])
    firms = int(divisions(hit.flows, _TRADE)[payers].sum())
    if not firms or 2 * firms < len(payers) + int(hit.flows.cash[rows].sum()):
        return None
    return f"{firms} of the payers are firms of the trade, which pay overtime, second jobs and brokers so."
