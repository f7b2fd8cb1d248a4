"""Innocent explanations of payments to a country: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_PEERS = 20
_GOODS = ("invoice", "goods", "freight", "factura", "facture", "rechnung", "fattura", "factuur", "bill of lading")


def goods(hit: Hit) -> str | None:
    """The purposes of most payments name goods, freight or an invoice, as those of an importer do."""
    some = hit.saying(hit.at, _GOODS)
    return f"{some} payments name goods, freight or an invoice: to be checked against the papers." if some else None


def known_too_short(hit: Hit) -> str | None:
    """As much of what it paid went there earlier, before the ledger begins: only said where it begins too late."""
    from followmoney.patterns._pattern import Unchecked
    from followmoney.patterns._threshold import micros
    from followmoney.patterns._words import day

    history: float = getattr(hit.pattern, "history", 0)
    start, first = hit.flows.start, int(hit.flows.time[hit.at[0]])
    if first - start >= micros(history, "days"):
        return None
    days = (first - start) // micros(1, "days")
    return Unchecked(
        f"Whether as much went there earlier could not be checked: that takes {history:g} days, and the ledger begins "
        f"on {day(start)}, {days:,} days before."
    )


def sector_pays_there(hit: Hit) -> str | None:
    """One in twenty accounts of the same sector pays as large a share to listed countries: it is usual there."""
    import numpy as np

    from followmoney.patterns._listed import abroad
    from followmoney.patterns._sectors import division, divisions

    mine = division(hit, hit.subject)
    if not mine:
        return None
    peers, flows = np.flatnonzero(divisions(hit.flows, {mine})), hit.flows
    rows = np.flatnonzero(np.isin(flows.originator, peers) & (flows.currency == flows.currency[hit.at[0]]))
    rows = rows[flows.beneficiary[rows] != flows.originator[rows]]
    to, size = abroad(flows)[rows], len(flows.outside)
    whole, there = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(whole, flows.originator[rows], flows.amount[rows])
    np.add.at(there, flows.originator[rows[to]], flows.amount[rows[to]])
    paying = peers[whole[peers] > 0]
    own = int(there[hit.subject]), int(whole[hit.subject])
    more = sum(a * own[1] >= own[0] * b for a, b in zip(there[paying].tolist(), whole[paying].tolist(), strict=True))
    if len(paying) < _PEERS or 20 * (more - 1) < len(paying):
        return None
    others = f"{more - 1} of the {len(paying) - 1} other accounts of the sector (NACE {mine})"
    return f"{others} pay as large a share there."
