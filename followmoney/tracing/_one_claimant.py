"""The money of one of several claimants, for bounds without a rule: to him the others' is other money."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._expanded import expand
from followmoney.tracing._push import begins
from followmoney.tracing._record import Record
from followmoney.tracing._tape import CLAIM, Tape

Money = NDArray[np.int64]


def alone(record: Record, owner: int) -> tuple[Record, Money]:
    """The record with the claims of one claimant, and how much of each may be money of others that came with it.

    In a claim transaction of another his money passes as in any payment. What others' money his own claim transactions
    carry stays theirs, so that so much less of them is his.
    """
    tape = record.tape
    assert tape.owner is not None
    mine = _claims(tape, tape.owner == owner)
    names = tuple(name for name in record.claim if record.owners is None or record.owners[name] == owner)
    late = tuple(name for name in record.late if name in names)
    only = replace(record, tape=mine, claim=names, owners=None, late=late)
    return only, _carried(_claims(tape, tape.owner != owner), mine.claims, record.purses.currency)


def _claims(tape: Tape, which: NDArray[np.bool_]) -> Tape:
    """The tape where only these claims are."""
    mark = tape.mark.copy()
    mark[tape.claims[~which]] &= ~np.uint8(CLAIM)
    return replace(tape, mark=mark, claims=tape.claims[which], owner=None, claimants=1)


def _carried(others: Tape, at: Money, currency: NDArray[np.uint8]) -> Money:
    """The most of the others' claim money that can have come with these transactions, as credited; or a bit more."""
    sums = np.zeros(len(at), np.int64)
    if others.outside[others.paid[at]].all():  # nothing is known of what was there
        return sums
    network = expand(others, currency, earning=True, unsure=np.zeros_like(others.claims))
    arcs = np.flatnonzero(begins(network) & np.isin(network.row, at))
    unit = np.array([network.unit.get(code, 1) for code in range(256)], np.int64)
    slot = np.searchsorted(at, network.row[arcs])
    most = -(-network.cap[arcs] // unit[currency[others.paid[network.row[arcs]]]])
    np.add.at(sums, slot, np.minimum(most, others.amount[at[slot]]))
    pairs = zip(sums.tolist(), others.amount[at].tolist(), others.received[at].tolist(), strict=True)
    return np.array([min(got, -(-part * got // paid)) for part, paid, got in pairs], np.int64)
