"""A flow over the network, read back as payments and places."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._places import Named
from followmoney.tracing._push import arrived, begins
from followmoney.tracing._tape import CLAIM

Money = NDArray[np.int64]


def parts(named: Named, cap: Money) -> tuple[NDArray[np.int64], Money, Money]:
    """Positions of the transactions that carry claim money, and their claim parts as debited and as credited.

    Where money was converted, parts are rounded to the nearest minor unit below.
    """
    network, tape, purses = named.network, named.record.tape, named.record.purses
    flow, row, tail = cap[1::2], network.row, network.tail
    start = begins(network)
    weight = np.array([network.unit.get(code, 1) for code in range(256)], np.int64)
    size = len(tape)
    debited = np.zeros(size, np.int64)
    np.add.at(debited, row[start], flow[start])
    credited = debited.copy()
    made = network.cone.exchange
    if len(made):
        debited //= weight[purses.currency[tape.paid]]
        credited[made[:, 1]] = 0
        changed = np.isin(tail, made[:, 0]) & (row >= 0)
        np.add.at(credited, row[changed], flow[changed])
    claims = np.flatnonzero(tape.mark & CLAIM)
    credited[claims] = 0
    came = ((tail == network.source) | (tail == network.gained)) & (row >= 0)  # claims, and interest
    np.add.at(credited, row[came], flow[came])
    credited //= weight[purses.currency[tape.got]]
    for claim in claims.tolist():  # whole, but for what may have been another claimant's
        debited[claim] = int(tape.amount[claim]) * int(credited[claim]) // int(tape.received[claim])
    at = np.flatnonzero((debited > 0) | (credited > 0))
    return at, debited[at], credited[at]


def payments(named: Named, cap: Money) -> pl.DataFrame:
    """See `Bounds.payments`."""
    at, debited, credited = parts(named, cap)
    frame = named.graph.only(at).to_polars()
    text = {"source": pl.String, "row": pl.Int64}
    frame = frame.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in text.items() if name not in frame.columns
    )
    return frame.select(
        pl.col("id").alias("transaction"), "booked_at", "originator", "beneficiary", "amount",
        pl.col("currency").cast(pl.String), pl.Series("claim", debited), pl.Series("claim_received", credited),
        pl.col("source").cast(pl.String), "row",
    )  # fmt: skip


def places(named: Named, cap: Money) -> pl.DataFrame:
    """See `Bounds.places`."""
    brought = arrived(named.network, cap)
    unit = np.array([named.network.unit.get(code, 1) for code in named.places["code"].to_list()], np.int64)
    frame = named.places.with_columns(pl.Series("claim", brought // unit if len(unit) else brought))
    return (
        frame.filter((pl.col("claim") > 0) & pl.col("kind").is_not_null())
        .group_by("kind", "id", "currency")
        .agg(pl.col("claim").sum())
        .sort("claim", "kind", "id", "currency", descending=[True, False, False, False])
    )
