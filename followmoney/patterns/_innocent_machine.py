"""Innocent explanations of several accounts at one cash machine, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._threshold import exact
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_DAYS = 8


def at_this_machine(hit: Hit) -> NDArray[np.int64]:
    """All cash drawn at the machine in that currency, in order."""
    flows, first = hit.flows, hit.rows("out")[0]
    machine = flows.known["terminal"].values
    same = flows.cash & (machine == machine[first]) & (flows.currency == flows.currency[first])
    return np.flatnonzero(same & ~flows.outside[flows.originator] & (flows.originator != flows.beneficiary))


def group_of_travellers(hit: Hit) -> str | None:
    """All accounts are of one country, and most others who use the machine are not, as with a group that travels."""
    from followmoney.patterns._spots import countries

    accounts = np.unique(hit.flows.originator[hit.rows("out")])
    own = np.unique(countries(hit.flows, accounts))
    others = np.setdiff1d(np.unique(hit.flows.originator[at_this_machine(hit)]), accounts)
    if (
        len(own) > 1
        or own[0] < 0
        or not len(others)
        or 2 * int((countries(hit.flows, others) == own[0]).sum()) >= len(others)
    ):
        return None
    names = {*hit.flows.known["account.country"].names, *hit.flows.known["party.country"].names}
    home = sorted(names)[int(own[0])]
    return f"All accounts are from {home}, and most others who use the machine are not, as when a group travels."


def cards_of_one_holder(hit: Hit) -> str | None:
    """All accounts have the same holder, who may empty his own accounts."""
    holders = {hit.holder(int(v)) for v in hit.flows.originator[hit.rows("out")]}
    return "All accounts have the same holder." if len(holders) == 1 and None not in holders else None


def busy_machine(hit: Hit) -> str | None:
    """On many days several accounts draw as much at this machine."""
    flows, rows = hit.flows, at_this_machine(hit)
    num, den = exact(getattr(hit.pattern, "near", 1))
    rows = rows[flows.amount[rows] * den >= int(flows.amount[rows].max()) * num]
    pairs = np.unique(np.c_[flows.time[rows] // DAY, flows.originator[rows]], axis=0)
    _, accounts = np.unique(pairs[:, 0], return_counts=True)
    least = int(getattr(hit.pattern, "accounts", 1))
    days = int((accounts >= least).sum())
    if days < _DAYS:
        return None
    return f"On {days} days {least} or more accounts drew as much at this machine: it is a busy one."
