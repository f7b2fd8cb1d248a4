"""What moved inside, into and out of every network, and through which of its members."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph import FlowGraph

_LARGEST = 2**63 - 1
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Flows:
    """Sums of every network, in minor units; own transfers are not counted."""

    internal: dict[int, dict[str, int]]
    """By network and currency, as debited (as the two below)."""
    incoming: dict[int, dict[str, int]]
    """As credited."""
    outgoing: dict[int, dict[str, int]]
    transactions: Ints
    """Among members, a network."""
    first: Ints
    """Microseconds (as the next)."""
    last: Ints
    currency: NDArray[np.uint8]
    """The currency of most transactions of each network, by number; of several, the first in the alphabet."""
    inside: Ints
    """The rows of transactions among members."""
    of_member: dict[str, Ints]
    """`received` and `paid` inside, `incoming` and `outgoing`, a vertex, in that currency of its network."""


def flows(graph: FlowGraph, network: Ints) -> Flows:
    """The flow of every network; `network` is its place for every vertex, or -1."""
    columns, many = graph.columns, int(network.max(initial=-1)) + 1
    paid, got = network[columns.originator], network[columns.beneficiary]
    same, other = paid == got, columns.originator != columns.beneficiary
    masks = {"internal": same & (paid >= 0) & other, "incoming": ~same & (got >= 0), "outgoing": ~same & (paid >= 0)}
    rows = {name: np.flatnonzero(mask) for name, mask in masks.items()}
    of = {"internal": paid[rows["internal"]], "incoming": got[rows["incoming"]], "outgoing": paid[rows["outgoing"]]}
    amount = {name: (columns.received if name == "incoming" else columns.amount)[at] for name, at in rows.items()}
    code = {
        name: (columns.currency_received if name == "incoming" else columns.currency)[at] for name, at in rows.items()
    }
    currency = _usual(graph, np.concatenate(list(of.values())), np.concatenate(list(code.values())), many)
    times = graph.time[rows["internal"]]
    first, last = np.full(many, _LARGEST), np.full(many, -_LARGEST)
    np.minimum.at(first, of["internal"], times)
    np.maximum.at(last, of["internal"], times)
    ends = {
        "received": ("internal", columns.beneficiary), "paid": ("internal", columns.originator),
        "incoming": ("incoming", columns.beneficiary), "outgoing": ("outgoing", columns.originator),
    }  # fmt: skip
    usual = {name: code[name] == currency[of[name]] for name in rows}
    return Flows(
        **{name: _sums(of[name], code[name], amount[name], graph.currencies) for name in rows},
        transactions=np.bincount(of["internal"], minlength=many), first=first, last=last, currency=currency,
        inside=rows["internal"],
        of_member={
            name: _added(vertex[rows[part][usual[part]]], amount[part][usual[part]], len(network))
            for name, (part, vertex) in ends.items()
        },
    )  # fmt: skip


def _usual(graph: FlowGraph, of: Ints, code: NDArray[np.uint8], many: int) -> NDArray[np.uint8]:
    currencies = len(graph.currencies)
    if currencies <= 1:
        return np.zeros(many, np.uint8)
    rank = np.argsort(np.argsort(np.array(graph.currencies)))
    counts = np.bincount(of * currencies + rank[code], minlength=many * currencies).reshape(many, currencies)
    return np.argsort(rank)[counts.argmax(axis=1)].astype(np.uint8)


def _sums(of: Ints, code: NDArray[np.uint8], amount: Ints, currencies: tuple[str, ...]) -> dict[int, dict[str, int]]:
    rows = pl.DataFrame({"at": of, "currency": code, "amount": amount}).lazy()
    fits = float(amount.max(initial=0)) * len(amount) < _LARGEST / 2
    total = pl.col("amount") if fits else pl.col("amount").cast(pl.Int128)
    found: dict[int, dict[str, int]] = {}
    for at, number, summed in rows.group_by("at", "currency").agg(total.sum()).collect().iter_rows():
        if summed > _LARGEST:
            raise OverflowLimitError("The transactions of one network add up to more than fits into 64 bits.")
        found.setdefault(at, {})[currencies[number]] = summed
    return found


def _added(vertex: NDArray[np.integer], amount: Ints, size: int) -> Ints:
    """Sums a vertex; never more than its network's, which fit."""
    found = np.zeros(size, np.int64)
    np.add.at(found, vertex, amount)
    return found
