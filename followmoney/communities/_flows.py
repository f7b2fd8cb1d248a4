"""What moved inside, into and out of every network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph import FlowGraph

_LARGEST = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Flow:
    """Sums of one network, by currency, in minor units."""

    internal: dict[str, int] = field(default_factory=dict[str, int])
    """As debited."""
    incoming: dict[str, int] = field(default_factory=dict[str, int])
    """As credited."""
    outgoing: dict[str, int] = field(default_factory=dict[str, int])
    """As debited."""
    transactions: int = 0
    """Among members."""
    first: datetime = _EPOCH
    last: datetime = _EPOCH
    lead: int = 0
    """The member with the most transactions among members; of several, the one money touched first."""

    @property
    def currencies(self) -> list[str]:
        """All currencies that moved, in order."""
        return sorted({*self.internal, *self.incoming, *self.outgoing})


def flows(graph: FlowGraph, network: NDArray[np.int64]) -> list[Flow]:
    """The flow of every network; `network` is its place for every vertex, or -1. Own transfers are not counted."""
    columns = graph.columns
    paid, got = network[graph.originator], network[graph.beneficiary]
    other = graph.originator != graph.beneficiary
    inside = (paid == got) & (paid >= 0) & other
    found = [Flow() for _ in range(int(network.max(initial=-1)) + 1)]
    entering, leaving = (got >= 0) & (got != paid), (paid >= 0) & (got != paid)
    parts = (
        ([f.internal for f in found], inside, paid, columns.amount, columns.currency),
        ([f.incoming for f in found], entering, got, columns.received, columns.currency_received),
        ([f.outgoing for f in found], leaving, paid, columns.amount, columns.currency),
    )
    for into, mask, of, amount, currency in parts:
        for at, code, total in _sums(of[mask], currency[mask], amount[mask]).iter_rows():
            into[at][graph.currencies[code]] = total
    days = pl.DataFrame({"at": paid[inside], "time": graph.time[inside]}).group_by("at")
    days = days.agg(pl.len(), pl.col("time").min().alias("first"), pl.col("time").max().alias("last"))
    for flow, (_, count, first, last) in _each(found, days):
        flow.transactions = count
        flow.first, flow.last = (_EPOCH + timedelta(microseconds=t) for t in (first, last))
    for flow, (_, lead) in _each(found, _leads(graph, inside, network)):
        flow.lead = lead
    return found


def _each(found: list[Flow], frame: pl.DataFrame) -> Iterator[tuple[Flow, tuple[int, ...]]]:
    """Every row of a frame with the flow of the network it is about (its first column)."""
    rows: Iterator[tuple[int, ...]] = frame.iter_rows()
    return ((found[row[0]], row) for row in rows)


def _sums(of: NDArray[np.int64], currency: NDArray[np.uint8], amount: NDArray[np.int64]) -> pl.DataFrame:
    frame = pl.DataFrame({"at": of, "currency": currency, "amount": amount})
    sums = frame.group_by("at", "currency").agg(pl.col("amount").cast(pl.Int128).sum())
    if len(sums.filter(pl.col("amount") > _LARGEST)):
        raise OverflowLimitError("The transactions of one network add up to more than fits into 64 bits.")
    return sums.with_columns(pl.col("amount").cast(pl.Int64))


def _leads(graph: FlowGraph, inside: NDArray[np.bool_], network: NDArray[np.int64]) -> pl.DataFrame:
    size = len(network)
    times = np.bincount(graph.originator[inside], minlength=size) + np.bincount(
        graph.beneficiary[inside], minlength=size
    )
    frame = pl.DataFrame({"at": network, "lead": np.arange(size), "times": times}).filter(pl.col("at") >= 0)
    return frame.sort("at", "times", "lead", descending=[False, True, False]).unique("at", keep="first").drop("times")
