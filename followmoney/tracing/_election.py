"""Which claim part of every debit fills the wanted places first: an exact maximum flow over the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._expanded import ASSET, HOLDING, PAID_OFF, TWICE, Expanded, expand
from followmoney.tracing._push import Pusher
from followmoney.tracing._tape import Tape

Money = NDArray[np.int64]


def elect(tape: Tape, *, best: bool) -> tuple[Money, Money]:
    """Bring as much claim money as possible to the places worth most (or least, unless `best`), then to the next.

    What the first can get never depends on the rest, and filling them in turn is the best choice for any worths that
    fall from one to the next (attainable amounts form a polymatroid). By transaction: claim money that leaves with its
    debit, and that goes into a debt of the payee; in minor units, rounded down where money was converted.
    """
    tape = _by_appearance(tape)
    currency = np.zeros(len(tape.opening), np.uint8) if tape.currency is None else tape.currency
    network = expand(tape, currency, tape.assets)
    if not network.claimed:
        return np.zeros(len(tape), np.int64), np.zeros(len(tape), np.int64)
    pusher = Pusher(network)
    first, *others = _ranked(network, tape.worth) if best else reversed([*_ranked(network, tape.worth)])
    wanted = first.copy()
    flow = pusher.extreme(wanted, most=True)
    for places in others:
        wanted |= places
        pusher.shift(flow, wanted, into=True)
    return _parts(tape, network, flow[1::2], currency)


def _ranked(network: Expanded, worth: Mapping[int, Fraction]) -> Iterator[NDArray[np.bool_]]:
    """Places of equal worth together, those worth most first; of equals assets before accounts.

    A unit in an account is worth 1, in an asset what it is worth now, or 1 where nothing is known; what went out or
    paid off debts is worth nothing.
    """
    assets = network.kind == ASSET
    number = network.key // 256
    rest = ~assets
    for value in sorted({Fraction(1), *worth.values()}, reverse=True):
        same = [asset for asset, its in worth.items() if its == value]
        places = assets & np.isin(number, same)
        if value == 1:
            places |= assets & ~np.isin(number, list(worth))
        yield places
        if value == 1:
            yield np.isin(network.kind, (HOLDING, TWICE))
    yield rest & ~np.isin(network.kind, (HOLDING, TWICE))


def _by_appearance(tape: Tape) -> Tape:
    """The same tape with purses and assets numbered as they first appear, so that names decide nothing."""
    ends = np.stack([tape.paid, tape.got], axis=1).ravel()
    seen, first = np.unique(ends, return_index=True)
    order = seen[np.argsort(first)]
    number = np.zeros(len(tape.opening), np.uint32)
    number[order] = np.arange(len(order))
    assets: dict[int, int] = {}
    for at in sorted(tape.assets):
        assets.setdefault(tape.assets[at], len(assets))
    return replace(
        tape, paid=number[tape.paid], got=number[tape.got], opening=tape.opening[order], outside=tape.outside[order],
        currency=None if tape.currency is None else tape.currency[order],
        assets={at: assets[asset] for at, asset in tape.assets.items()},
        worth={assets[asset]: its for asset, its in tape.worth.items() if asset in assets},
    )  # fmt: skip


def _parts(tape: Tape, network: Expanded, sent: Money, currency: NDArray[np.uint8]) -> tuple[Money, Money]:
    """By transaction: what leaves the payer, and what goes into a debt."""
    units = np.ones(256, np.int64)
    units[list(network.unit)] = list(network.unit.values())
    rows = network.row >= 0
    entered = np.full(network.size, -1, np.int64)  # the transaction that a vertex inside one was made for
    entered[network.head[rows]] = network.row[rows]
    leaves = rows & (network.tail < network.source) & (entered[network.tail] != network.row)
    debt = np.zeros(network.size, np.bool_)
    debt[network.place :] = network.kind == PAID_OFF
    debits, debts = np.zeros(len(tape), np.int64), np.zeros(len(tape), np.int64)
    for sums, arcs in ((debits, leaves), (debts, rows & debt[network.head])):
        np.add.at(sums, network.row[arcs], sent[arcs])
    return debits // units[currency[tape.paid]], debts // units[currency[tape.got]]
