"""Own transfers: payments between accounts of one holder, which are neither receipts nor new claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace


def own(trace: Trace) -> pl.Series:
    """By movement of claim money: whether both ends are known to have the same holder."""
    graph, at = trace.graph, trace.flows.at
    if "holder" not in graph.vertices.columns:
        return pl.Series("own", [False] * len(at), dtype=pl.Boolean)
    holder = graph.vertices["holder"]
    same = holder.gather(graph.originator[at]) == holder.gather(graph.beneficiary[at])
    return same.fill_null(value=False).alias("own")
