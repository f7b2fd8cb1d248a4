"""The same claim in every order that transactions of one instant can have been booked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.tracing._comparison import KEYS, asked_again, where
from followmoney.tracing._ties import Ties, ties

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

LIMIT = 120


def orders(trace: Trace, limit: int = LIMIT, known: Ties | None = None) -> pl.DataFrame:
    """See `Trace.orders`."""
    found, _ = (ties(trace.record) if known is None else known).orders(limit)
    figures = [where(trace).with_columns(at=0)]
    for number, order in enumerate(found[1:], 1):
        whole = np.concatenate([order, np.arange(len(order), len(trace.graph))])
        other = asked_again(trace, trace.record.assertions, trace.graph.only(whole))
        figures.append(where(other).with_columns(at=number))
    return (
        pl.concat(figures)
        .group_by(KEYS)
        .agg(
            pl.col("claim").filter(pl.col("at") == 0).sum(),
            pl.when(pl.len() < len(found)).then(0).otherwise(pl.col("claim").min()).alias("low"),  # not there in some
            pl.col("claim").max().alias("high"),
        )
        .sort("claim", "high", *KEYS, descending=[True, True, False, False, False])
    )
