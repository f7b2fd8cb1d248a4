"""Signs that cash paid in is not the takings it is said to be, each with a sentence; a screening, not a proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._spoken import many
from followmoney.patterns._threshold import exact
from followmoney.schema.clock import DAY
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns.cash_intensive import CashIntensive

Numbers = NDArray[np.int64]

_PARTS = 10_000
"""Shares are compared in hundredths of a percent, rounded down."""
_BENFORD = np.array([301029996, 176091259, 124938737, 96910013, 79181246, 66946790, 57991947, 51152522, 45757491])
"""How often a first digit of 1 to 9 is expected, in billionths."""
_RANGE = 100
"""First digits say nothing of amounts that do not span two orders of magnitude."""


class Peers(NamedTuple):
    """The accounts of one sector: how many, and the cash share that few of them exceed (-1: too few accounts)."""

    accounts: int
    usual: int


def credited(flows: Flows, accounts: Numbers, code: int) -> Numbers:
    """What others paid into these accounts in a currency, account by account, each in order."""
    ptr, row = flows.into.ptr, flows.into.row
    size = ptr[accounts + 1] - ptr[accounts]
    shift = np.repeat(ptr[accounts] - np.r_[0, np.cumsum(size)[:-1]], size)
    rows = row[shift + np.arange(int(size.sum()))].astype(np.int64)
    return rows[(flows.currency_received[rows] == code) & (flows.originator[rows] != flows.beneficiary[rows])]


def shares(flows: Flows, accounts: Numbers, code: int) -> Numbers:
    """Cash as a share of all that others paid in, in hundredths of a percent; accounts without credits are left out."""
    rows = credited(flows, accounts, code)
    place = np.searchsorted(accounts, flows.beneficiary[rows])
    total, cash = np.zeros(len(accounts), np.int64), np.zeros(len(accounts), np.int64)
    np.add.at(total, place, flows.received[rows])
    np.add.at(cash, place, np.where(flows.cash[rows], flows.received[rows], 0))
    return cash[total > 0] * _PARTS // total[total > 0]


def peers(p: CashIntensive, flows: Flows, sector: int, code: int) -> Peers:
    """What share of cash is usual in a sector: the one that all but the last (1 - `percentile`) do not exceed."""
    accounts = np.flatnonzero((flows.known["party.sector"].values == sector) & ~flows.outside)
    found = np.sort(shares(flows, accounts, code))
    num, den = exact(p.percentile)
    enough = len(found) >= p.peers and sector >= 0
    return Peers(len(found), int(found[max(-(-len(found) * num // den) - 1, 0)]) if enough else -1)


def signs(p: CashIntensive, flows: Flows, deposits: Numbers, usual: Peers) -> list[str]:
    """What is odd about the cash deposits of one account in one currency, in words."""
    checks = (_sector(flows, deposits, usual, p), _closed(flows, deposits, p), _round(flows, deposits, p))
    return [said for said in (*checks, _digits(flows, deposits, p)) if said]


def _sector(flows: Flows, deposits: Numbers, usual: Peers, p: CashIntensive) -> str | None:
    account = flows.beneficiary[deposits[:1]].astype(np.int64)
    (own,) = shares(flows, account, int(flows.currency_received[deposits[0]]))
    if not 0 <= usual.usual < own:
        return None
    sector = flows.known["party.sector"]
    name = sector.names[int(sector.values[account[0]])]
    return (
        f"cash is {own // 100} % of what came in, more than at {100 * p.percentile:g} % of the {usual.accounts:,} "
        f"accounts of its sector ({name})"
    )


def _closed(flows: Flows, deposits: Numbers, p: CashIntensive) -> str | None:
    account, code = flows.beneficiary[deposits[:1]].astype(np.int64), int(flows.currency_received[deposits[0]])
    rows = credited(flows, account, code)
    days = np.unique(flows.time[rows[~flows.cash[rows]]] // DAY)
    if len(days) < p.open_days:
        return None
    paid = flows.time[deposits] // DAY
    before = np.searchsorted(days, paid, "right") - 1
    idle = (before < 0) | (paid - days[before] > p.idle)
    number = int(idle.sum())
    if number < p.closed:
        return None
    return f"{many(number, 'deposit')} came when there had been no other takings for more than {many(p.idle, 'day')}"


def _round(flows: Flows, deposits: Numbers, p: CashIntensive) -> str | None:
    code = int(flows.currency_received[deposits[0]])
    unit = int(flows.minor(p.unit)[code])
    num, den = exact(p.round)
    number = int((flows.received[deposits] % unit == 0).sum()) if unit > 0 else 0
    if unit <= 0 or number * den < len(deposits) * num:
        return None
    return f"{number:,} of {len(deposits):,} deposits are multiples of {money(unit, flows.currencies[code])}"


def off_benford(times: NDArray[np.integer]) -> int:
    """How far counts of the first digits 1 to 9 are from Benford's law.

    Nine times the mean absolute deviation of their frequencies, in billionths, times how many were counted.
    """
    return int(np.abs(times * 10**9 - int(times.sum()) * _BENFORD).sum())


def _digits(flows: Flows, deposits: Numbers, p: CashIntensive) -> str | None:
    amount = flows.received[deposits]
    if len(amount) < p.digits or int(amount.min()) * _RANGE > int(amount.max()):
        return None
    while (amount > 9).any():  # noqa: PLR2004
        amount = np.where(amount > 9, amount // 10, amount)  # noqa: PLR2004
    off = off_benford(np.bincount(amount, minlength=10)[1:])
    num, den = exact(p.deviation)
    if off * den <= 9 * len(amount) * 10**9 * num:
        return None
    mean = off // (9 * len(amount) * 10**6)
    return f"first digits differ from Benford's law by {mean / 1_000:.3f} on average (prices in steps do that too)"
