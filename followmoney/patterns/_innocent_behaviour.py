"""Innocent explanations of what an account suddenly does: each a sentence why it fits a hit, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_GIVING = {"88", "94"}
_TRADE = ("invoice", "order", "fee", "factura", "facture", "rechnung", "fattura", "factuur", "ticket", "deposit for")
_SETTLERS = {"65": "an insurer", "691": "a notary or lawyer", "84": "a public body"}
_WINDFALL = (
    "inherit",
    "estate of",
    "probate",
    "notary",
    "erbschaft",
    "herencia",
    "succession",
    "eredit",
    "nalatenschap",
)


def windfall(hit: Hit) -> str | None:
    """Nearly all came from one who settles estates or insurance (notary, insurer, public body), or as an estate."""
    import numpy as np

    from followmoney.patterns._sectors import kind, of_trade

    rows = hit.rows("in")
    payers, total = hit.flows.originator[rows], int(hit.flows.received[rows].sum())
    for payer in np.unique(payers).tolist():
        mine = rows[payers == payer]
        if 5 * int(hit.flows.received[mine].sum()) < 4 * total:
            continue
        body = "a public body" if kind(hit, payer) == "public body" else None
        if settler := of_trade(hit, payer, _SETTLERS) or body:
            return f"Nearly all came from {hit.label(payer)}, {settler}, as legacies and payouts do."
        said = (str(p) for p in hit.column("purpose", mine))
        if estate := next((p for p in said if any(word in p.casefold() for word in _WINDFALL)), None):
            return f'Nearly all came from {hit.label(payer)}, called "{estate}", as a legacy is.'
    return None


def same_season(hit: Hit) -> str | None:
    """A year earlier it took in half as much or more in the same weeks, as seasonal trade does."""
    from followmoney.patterns._pattern import Unchecked
    from followmoney.patterns._words import day

    rows = hit.graph.into.of(hit.subject)
    rows = rows[hit.flows.currency_received[rows] == hit.currency]
    first, last = (int(hit.flows.time[hit.at[i]]) for i in (0, -1))
    times, year, slack = hit.flows.time[rows], 365 * DAY, 21 * DAY
    if hit.flows.start > last - year + slack:
        began = day(hit.flows.start)
        return Unchecked(f"Whether this is seasonal could not be checked: the ledger begins on {began}, within a year.")
    then = rows[(times >= first - year - slack) & (times <= last - year + slack)]
    amount, before = int(hit.flows.received[hit.rows("in")].sum()), int(hit.flows.received[then].sum())
    if 2 * before < amount:
        return None
    return f"A year earlier {hit.money(before)} was paid in in the same weeks, as in seasonal trade."


def association(hit: Hit) -> str | None:
    """The account is an association's or a public body's, or what left went to one: so collections are sent."""
    from followmoney.patterns._sectors import division, kind

    ends = {hit.subject, *(int(v) for v in hit.flows.beneficiary[hit.rows("out")])}
    if any(division(hit, v) in _GIVING or kind(hit, v) == "public body" for v in ends):
        return "An association or a public body stands at one end, which collects and sends on as such bodies do."
    return None


def trade(hit: Hit) -> str | None:
    """The purposes of most credits speak of invoices, orders or fees, as customers write."""
    some = hit.saying(hit.rows("in"), _TRADE)
    return f"{some} credits name an invoice, an order or a fee, as customers do." if some else None


def bought_before(hit: Hit) -> str | None:
    """The account had paid as much to exchanges before, as one does who trades in crypto."""
    from followmoney.patterns._exchanges import exchanges

    _, to, _ = exchanges(hit.flows)
    rows = hit.graph.out.of(hit.subject)
    rows = rows[(rows < hit.at[0]) & to[rows] & (hit.flows.currency[rows] == hit.currency)]
    spent, sold = int(hit.flows.amount[rows].sum()), int(hit.flows.received[hit.rows("in")].sum())
    if 2 * spent < sold:
        return None
    return f"It had paid {hit.money(spent)} to exchanges before, as one does who trades in crypto."


def to_own_account(hit: Hit) -> str | None:
    """Most of it went to another account of the same holder."""
    holder, gone = hit.holder(hit.subject), hit.rows("out")
    own = [holder is not None and hit.holder(int(v)) == holder for v in hit.flows.beneficiary[gone]]
    total = int(hit.flows.amount[gone].sum())
    if 5 * int(hit.flows.amount[gone[own]].sum()) < 4 * total:
        return None
    return "Most of it went to another account of the same holder."
