"""What can be part of a cycle at all: transactions with an agreeing one before and after them, as lists by account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._kernels import fit
from followmoney.graph._rows import compress
from followmoney.patterns._flows import Flows
from followmoney.patterns._kernels_cycle import Bounds, By, Near, Numbers, Values, partnered

_ROUNDS = 4  # each leaves out what hangs on what the one before left out; more find little more


@dataclass(frozen=True, eq=False)
class Closable:
    """Rows of `flows` that a cycle can begin with, and lists of those that can follow."""

    roots: Numbers
    link: NDArray[np.bool_]
    """A row: can be on the way, neither first nor last."""
    out: tuple[By, By]
    """By payer: rows that can be on the way or last; rows that can be on the way."""
    into: tuple[By, By]
    """By payee: rows that can be last; rows that can be on the way."""
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    values: Values


def closable(flows: Flows, roots: Numbers, after: Near, before: Near, bounds: Bounds) -> Closable:
    """Leave out, round by round, what has no agreeing transaction before or none after it.

    `after` and `before` are for every row the first row, and the row past the last, that can be next to it on a way.
    Nothing is left out wrongly: a transaction with many to look at is taken to have one that agrees.
    Cost: a bounded number of looks a transaction and round.
    """
    size, accounts = len(flows), len(flows.outside)
    paid, got = flows.originator, flows.beneficiary
    first = np.zeros(size, bool)
    first[roots] = True
    between = (paid != got) & ~flows.outside[paid] & ~flows.outside[got]
    homes = np.zeros(accounts, bool)
    homes[paid[roots]] = True
    link, last = between, between & homes[got]
    values = (flows.amount, flows.currency, flows.received, flows.currency_received)
    seek = fit(partnered, size)

    def by(ends: NDArray[np.uint32], mask: NDArray[np.bool_]) -> By:
        rows = np.flatnonzero(mask).astype(np.uint32)
        lists = compress(ends[rows], accounts)
        return lists.ptr, rows[lists.row]

    def having(mask: NDArray[np.bool_], ends: NDArray[np.uint32], there: By, near: Near, *, later: bool) -> None:
        rows = np.flatnonzero(mask).astype(np.uint32)
        mask[rows[~seek(rows, ends, there, near, values, bounds, later)]] = False

    for _ in range(_ROUNDS):
        many = np.count_nonzero(link)
        follows = link | last
        having(follows, paid, by(got, first | link), before, later=False)
        last, link = last & follows, link & follows
        there = by(paid, link | last)
        having(link, got, there, after, later=True)
        having(first, got, there, after, later=True)
        if np.count_nonzero(link) > 0.9 * many:
            break
    follows = link | last
    return Closable(
        np.flatnonzero(first), link,
        (by(paid, follows), by(paid, link)),
        (by(got, last), by(got, link)), (paid, got), values,
    )  # fmt: skip
