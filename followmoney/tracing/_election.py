"""Which claim part of every debit fills the wanted places first: an exact maximum flow over the whole ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from followmoney.tracing._expanded import Expanded, expand
from followmoney.tracing._push import Pusher
from followmoney.tracing._tape import Tape


def elect(tape: Tape, order: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Bring as much as possible to the first kinds of places, then to the second, and so on.

    What the first can get never depends on the rest, and filling them in turn is the best choice for any worths that
    fall from one to the next (attainable amounts form a polymatroid). By transaction: claim money that leaves with its
    debit, and that goes into a debt of the payee; in minor units, rounded down where money was converted.
    """
    tape = _by_appearance(tape)
    currency = np.zeros(len(tape.opening), np.uint8) if tape.currency is None else tape.currency
    network = expand(tape, currency, tape.assets)
    if not len(network.cap) or not network.claimed:
        return [0] * len(tape), [0] * len(tape)
    pusher = Pusher(network)
    wanted = np.isin(network.kind, order[0])
    flow = pusher.extreme(wanted, most=True)
    for kinds in order[1:]:
        wanted |= np.isin(network.kind, kinds)
        pusher.shift(flow, wanted, into=True)
    return _parts(tape, network, flow[1::2], currency)


def _by_appearance(tape: Tape) -> Tape:
    """The same tape with purses and assets numbered as they first appear, so that names decide nothing."""
    ends = np.stack([tape.paid, tape.got], axis=1).ravel()
    seen, first = np.unique(ends, return_index=True)
    order = seen[np.argsort(first, kind="stable")]
    number = np.zeros(len(tape.opening), np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    assets: dict[int, int] = {}
    for at in sorted(tape.assets):
        assets.setdefault(tape.assets[at], len(assets))
    return replace(
        tape, paid=number[tape.paid], got=number[tape.got], opening=tape.opening[order], outside=tape.outside[order],
        currency=None if tape.currency is None else tape.currency[order],
        assets={at: assets[asset] for at, asset in tape.assets.items()},
    )  # fmt: skip


def _parts(
    tape: Tape,
    network: Expanded,
    sent: np.ndarray[tuple[int], np.dtype[np.int64]],
    currency: np.ndarray[tuple[int], np.dtype[np.uint8]],
) -> tuple[list[int], list[int]]:
    """By transaction: what leaves the payer, and what goes into a debt."""
    from followmoney.tracing._expanded import PAID_OFF

    units = np.ones(256, np.int64)
    units[list(network.unit)] = list(network.unit.values())
    moves = np.flatnonzero((network.row >= 0) & (network.tail < network.source))
    row = network.row[moves]
    entered = np.full(network.size, -1, np.int64)  # the transaction that a vertex inside one was made for
    inner = network.head[moves] < network.source
    entered[network.head[moves[inner]]] = row[inner]
    leaves = entered[network.tail[moves]] != row
    debits, debts = np.zeros(len(tape), np.int64), np.zeros(len(tape), np.int64)
    np.add.at(debits, row[leaves], sent[moves[leaves]])
    debts_at = network.head[moves] >= network.place
    paid_off = np.zeros(len(moves), np.bool_)
    paid_off[debts_at] = network.kind[network.head[moves[debts_at]] - network.place] == PAID_OFF
    claims = np.flatnonzero((network.row >= 0) & (network.tail == network.source) & (network.head >= network.place))
    of_claims = claims[network.kind[network.head[claims] - network.place] == PAID_OFF]
    np.add.at(debts, np.concatenate([row[paid_off], network.row[of_claims]]),
              np.concatenate([sent[moves[paid_off]], sent[of_claims]]))  # fmt: skip
    return (debits // units[currency[tape.paid]]).tolist(), (debts // units[currency[tape.got]]).tolist()
