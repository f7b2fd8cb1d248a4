"""Ties: who has moved money with whom, whichever way, and how strongly that binds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph import FlowGraph
from followmoney.schema.clock import DAY

_STEPS = 1 << 10  # weights are whole numbers of 1/1024, so that their sums are exact in any order
_UNIT = 100_000  # minor units: amounts below weigh little more than nothing (EUR 1,000)
_HALVED = 30 * DAY  # microseconds: after 30 days without a transaction a tie weighs half
_LARGEST = 2**63 - 2 * _UNIT

Weight = Literal["amount", "count", "recency"]
"""What a tie weighs by: the amount moved, the number of transactions, or that number faded since the last of them."""


@dataclass(frozen=True)
class Ties:
    """Undirected pairs of vertices, each once, in order; without cash, unknown ends, and transfers to oneself."""

    ids: pl.Series
    """Identifier of every vertex of the graph, by number."""
    ends: NDArray[np.int64]
    """Shape (ties, 2): the smaller vertex first."""
    amount: NDArray[np.float64]
    """Weight by amount: log2(2 + minor units / 100,000), both ways together; several currencies are weighed apart."""
    count: NDArray[np.float64]
    """Weight by number: log2(1 + transactions), both ways together."""
    recency: NDArray[np.float64]
    """`count`, halved for every 30 days from the tie's last transaction to the last of all; never below 1/1024."""

    @property
    def size(self) -> int:
        """Vertices of the graph."""
        return len(self.ids)

    def weighed(self, by: Weight) -> NDArray[np.float64]:
        """The weight of every tie."""
        return {"amount": self.amount, "count": self.count, "recency": self.recency}[by]


def ties(graph: FlowGraph) -> Ties:
    """The ties of a flow graph. Cost: one grouping, about 0.3 µs of CPU a transaction and 0.5 µs a tie.

    Raises:
        OverflowLimitError: What two accounts moved between them adds up to more than fits into 64 bits.
    """
    columns, outside = graph.columns, graph.outside
    several = len(graph.currencies) > 1
    frame = pl.DataFrame({"low": columns.originator, "high": columns.beneficiary, "amount": columns.amount})
    if several:
        frame = frame.with_columns(pl.Series("currency", columns.currency))
    frame = frame.with_columns(pl.Series("time", columns.time))
    known = (columns.originator != columns.beneficiary) & ~(outside[columns.originator] | outside[columns.beneficiary])
    low, high = pl.min_horizontal("low", "high"), pl.max_horizontal("low", "high")
    key = (low.cast(pl.UInt64) * 2**32 + high.cast(pl.UInt64)).alias("key")
    fits = float(columns.amount.max(initial=0)) * len(graph) < _LARGEST / 2
    total = pl.col("amount").sum() if fits else pl.col("amount").cast(pl.Int128).sum()
    of = ["key", *(["currency"] if several else [])]
    rows = frame.lazy().filter(pl.Series(known)).with_columns(key)
    both = rows.group_by(of).agg(total, pl.len().cast(pl.Int64).alias("count"), pl.col("time").max()).collect()
    if not fits and len(both) and int(both["amount"].max() or 0) > _LARGEST:  # type: ignore[arg-type]
        raise OverflowLimitError("The transactions between two accounts add up to more than fits into 64 bits.")
    money = both["amount"].cast(pl.UInt64).to_numpy()
    weight = _log2(money + np.uint64(2 * _UNIT)) - _log2(np.array([_UNIT], np.uint64))
    weighed = both.select("key", "count", "time", pl.Series("weight", _quantised(weight)))
    if several:
        weighed = weighed.group_by("key").agg(pl.col("count", "weight").sum(), pl.col("time").max())
    one = weighed.sort("key")
    keys = one["key"].to_numpy()
    ends = np.column_stack([keys >> np.uint64(32), keys & np.uint64(2**32 - 1)]).astype(np.int64)
    count = _quantised(_log2(one["count"].to_numpy().astype(np.uint64) + np.uint64(1)))
    age = (columns.time[-1] if len(graph) else 0) - one["time"].to_numpy()
    recency = np.maximum(1, _quantised(count * _faded(age) / _STEPS))
    return Ties(graph.vertices["id"], ends, one["weight"].to_numpy() / _STEPS, count / _STEPS, recency / _STEPS)


def _log2(values: NDArray[np.uint64]) -> NDArray[np.float64]:
    """log2, straight between powers of two: no rounding that differs between processors."""
    mantissa, exponent = np.frexp(values.astype(np.float64))
    return exponent - 2.0 + 2.0 * mantissa


def _faded(age: NDArray[np.int64]) -> NDArray[np.float64]:
    """½ to the power of the ages over 30 days, straight between whole powers, likewise."""
    whole, rest = np.divmod(age, _HALVED)
    return np.ldexp(1.0 - rest / (2.0 * _HALVED), -np.minimum(whole, 64).astype(np.int32))


def _quantised(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.floor(weights * _STEPS).astype(np.int64)
