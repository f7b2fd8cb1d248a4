"""Innocent explanations of payments for goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_FREIGHT, _LIKE, _BUYERS = 0.25, 0.2, 2
_SERVICES = ("hour", "hours", "h", "day", "days", "month", "months")


def _lines(hit: Hit) -> list[dict[str, Any]]:
    from followmoney.patterns._bills import Bills

    bills = {bill.rows: bill for row in hit.at.tolist() for bill in [hit.flows.once(Bills).of[row]]}
    return [line for bill in bills.values() for line in bill.lines]


def factoring(hit: Hit) -> str | None:
    """The payer finances trade (a factor, a leasing company) by its sector or its name."""
    from followmoney.patterns._innocent_companies import sector

    code, name = sector(hit, hit.party(hit.subject)), hit.label(hit.subject)
    if not code.startswith(("64.9", "649")) and "factor" not in name.casefold():
        return None
    return f"{name} finances trade, by its {'sector' if code.startswith('64') else 'name'}; a factor pays for others."


def group_treasury(hit: Hit) -> str | None:
    """Payer and buyer belong to one owner, or one owns the other, as where a group pays from one account."""
    from followmoney.patterns._owners_at import OwnersAt, day_of
    from followmoney.patterns._register import Register

    time, payer = int(hit.flows.time[hit.at[0]]), hit.party(hit.subject)
    register, owners = hit.flows.once(Register), hit.flows.once(OwnersAt)
    for buyer in sorted({line["buyer"] for line in _lines(hit) if line["buyer"]}):
        held = payer in register.owners_of(buyer, time // DAY) or buyer in register.owners_of(payer or "", time // DAY)
        if held or owners.common(payer, buyer, day_of(time), 0.5):
            return f"{hit.label(hit.subject)} and {hit.name(buyer)} are of one group, which may pay from one account."
    return None


def services(hit: Hit) -> str | None:
    """What was bought is counted in hours, days or months: a service, which is not shipped."""
    units = {str(line["unit"]).casefold() for line in _lines(hit)}
    if not units <= set(_SERVICES):
        return None
    return f"It is counted in {min(units)}, as services are, which are not shipped."


def shipped_by_another(hit: Hit) -> str | None:
    """Somebody else shipped the same goods to the buyer in that time, as a producer does for a trader."""
    from followmoney.patterns._shipments import Shipments

    lines = _lines(hit)
    days: list[int] = [int(t) for t in hit.flows.time[hit.at] // DAY]
    span = int(getattr(hit.pattern, "days", 0))
    goods, buyers, sellers = ([line[what] for line in lines if line[what]] for what in ("goods", "buyer", "seller"))
    who = hit.flows.once(Shipments).seller(goods, buyers, (days[0] - span, days[-1] + span), sellers)
    if who is None:
        return None
    return f"{hit.name(who)} shipped the same goods to the buyer in that time, as a producer does for a trader."


def given_back(hit: Hit) -> str | None:
    """The seller paid most of it back, as for an order that was cancelled."""
    import numpy as np

    from followmoney.patterns._holders import Holders

    flows, holders = hit.flows, hit.flows.once(Holders)
    payers = np.unique(holders.key[flows.originator[hit.at]])
    rows = holders.paid(holders.accounts(int(holders.key[hit.subject])), int(hit.at[0]) + 1)
    rows = rows[np.isin(holders.key[flows.beneficiary[rows]], payers) & (flows.currency_received[rows] == hit.currency)]
    paid, back = int(flows.received[hit.at].sum()), int(flows.received[rows].sum())
    return "The seller paid most of it back, as for an order that was cancelled." if 5 * back >= 4 * paid else None


def terms_differ(hit: Hit) -> str | None:
    """The terms of delivery differ from those of the other lines, and freight and insurance can explain so much."""
    from followmoney.patterns._prices import Prices

    prices = hit.flows.once(Prices)
    lines = [(line, usual) for line in _lines(hit) if (usual := prices.of(line["id"])) is not None]
    if any(abs(usual.price - usual.median) > _FREIGHT * usual.median for _, usual in lines):
        return None
    other = [(line["terms"], usual.terms) for line, usual in lines if line["terms"] and usual.terms != line["terms"]]
    if not other or not other[0][1]:
        return None
    return f"It was sold {other[0][0]} and others mostly {other[0][1]}; freight and insurance can explain so much."


def own_quality(hit: Hit) -> str | None:
    """The seller sells the same goods to others at about that price, as for a quality of its own."""
    from followmoney.patterns._prices import Prices

    prices = hit.flows.once(Prices)
    for line in _lines(hit):
        usual = prices.of(line["id"])
        if usual is not None and (many := prices.buyers_at(line, usual.price, _LIKE)) >= _BUYERS:
            return f"The seller sells the same goods to {many:,} others at about that price."
    return None
