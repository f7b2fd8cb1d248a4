"""Innocent explanations of money that goes out to many: payroll, suppliers, refunds, shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.patterns._innocent import MONTHS, go_on
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit


def equal_payouts(hit: Hit) -> str | None:
    """All were paid the same amount, as shareholders, heirs or winners are."""
    flows, rows = hit.flows, hit.rows("out")
    amounts = set(flows.amount[rows].tolist())
    if len(amounts) > 1:
        return None
    return f"All were paid the same amount, {money(amounts.pop(), flows.currencies[flows.currency[rows[0]]])}."


def payees_go_on(hit: Hit) -> str | None:
    """Most of the payees are paid again in later months, as employees and suppliers are."""
    if (known := go_on(hit, "out")) is None:
        return None
    some = f"{known[0]} of the {known[1]} payees"
    return f"{some} were paid again in at least {MONTHS} later months, as employees or suppliers are."


def refunded(hit: Hit) -> str | None:
    """Most of the payees had paid the account before, as customers who get a refund have."""
    import numpy as np

    payees = np.unique(hit.flows.beneficiary[hit.rows("out")])
    before = hit.graph.into.of(hit.subject)
    before = before[before < hit.at[0]]
    known = int(np.isin(payees, hit.flows.originator[before]).sum())
    if 2 * known < len(payees):
        return None
    return f"{known} of the {len(payees)} payees had paid this account before, as customers who get a refund have."
