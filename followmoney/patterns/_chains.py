"""Chains of transactions that hand on what came in, the longest first: what `layering` and `peel_chain` share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._kernels import fit, searched
from followmoney.graph._rows import compress
from followmoney.patterns._flows import Flows
from followmoney.patterns._kernels_chains import chained

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Chains:
    """Chains as rows of `flows`, each in order, and the rows at which a budget of looks ran out."""

    rows: list[Numbers]
    spent: Numbers


def candidates(flows: Flows, least: Numbers) -> Numbers:
    """Rows that can be part of a chain: large enough, between two accounts, and with one before or after them."""
    enough = least[flows.currency]
    rows = np.flatnonzero((enough > 0) & (flows.amount >= enough))
    paid, got = flows.originator[rows], flows.beneficiary[rows]
    rows = rows[(paid != got) & ~flows.outside[paid] & ~flows.outside[got]]
    pays, gets = np.zeros((2, len(flows.outside)), bool)
    pays[flows.originator[rows]], gets[flows.beneficiary[rows]] = True, True
    return rows[gets[flows.originator[rows]] | pays[flows.beneficiary[rows]]]


def chains(
    flows: Flows, rows: Numbers, within: int, bounds: tuple[int, int, int, int], *, least: int, budget: int,
    payments: int = 0, accept: Callable[[Numbers], bool] | None = None,
) -> Chains:  # fmt: skip
    """Of the chains of `least` transactions or more the longest first, and of the others what it leaves of them.

    `bounds` are two fractions: least and most that the next may be of the one before. With `payments`, slices must
    leave on the way (see `peel_chain`). What is not accepted takes nothing from the others.
    """
    payee = flows.beneficiary[rows]
    got, got_in = flows.received[rows], flows.currency_received[rows]
    by = np.lexsort((got, got_in))
    into = compress(payee[by], len(flows.outside))
    out = flows.out.ptr, flows.out.row  # looked at with `payments` only
    paid = np.bincount(flows.originator[rows], minlength=len(flows.outside))
    before, length, spent = fit(chained, searched(len(rows), np.diff(into.ptr), paid))(
        flows.originator[rows], payee, flows.time[rows], flows.amount[rows], flows.currency[rows], got, got_in,
        into.ptr, by[into.row], within, bounds, budget, payments, out,
        (flows.beneficiary, flows.time, flows.amount, flows.currency), rows,
    )  # fmt: skip
    return Chains(_longest_first(rows, before, length, least, accept), rows[spent])


def _longest_first(
    rows: Numbers, before: Numbers, length: Numbers, least: int, accept: Callable[[Numbers], bool] | None
) -> list[Numbers]:
    """Walk back from every end, the longest (then the earliest) first, up to a transaction that is taken already."""
    ends = np.flatnonzero(length >= least)
    used: set[int] = set()
    found: list[Numbers] = []
    for end in ends[np.lexsort((ends, -length[ends]))].tolist():
        chain: list[int] = []
        at = end
        while at >= 0 and at not in used:
            chain.append(at)
            at = int(before[at])
        shown = rows[chain[::-1]]
        if len(chain) >= least and (accept is None or accept(shown)):
            used.update(chain)
            found.append(shown)
    return found
