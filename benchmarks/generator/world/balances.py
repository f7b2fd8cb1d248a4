"""Opening and closing balances that fit every booked transaction of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import polars as pl

from benchmarks.generator.tables import SCHEMAS

from .banks import CURRENCIES
from .hashing import Ints, even
from .population import Population
from .rows import OUTSIDE, Rows


def move(net: Ints, rows: Rows, arrived: Ints) -> None:
    """Add to every account what came and take what left, in its own currency."""
    for end, amount in ((rows.payer, -rows.amount), (rows.payee, arrived)):
        known = end != OUTSIDE
        np.add.at(net, end[known], amount[known])


def balances(world: Population, ids: pl.Series, net: Ints, days: list[date]) -> pl.DataFrame:
    """Write both balances; accounts that pay out more than they get open with at least that much."""
    number = np.arange(world.size, dtype=np.int64)
    usual = np.exp(5 + 8 * even(number, world.seed + 121)).astype(np.int64)
    opening = usual + np.maximum(0, -net)
    start = datetime.combine(days[0], time(), UTC)
    end = datetime.combine(days[-1] + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    money = pl.Series(CURRENCIES).gather(world.country.astype(np.int64))
    nothing = pl.lit(None, pl.String).alias("after")
    both = [
        pl.DataFrame({"account": ids, "amount": amount, "currency": money}).with_columns(
            pl.lit(at, pl.Datetime("us", "UTC")).alias("at"), pl.lit(kind).alias("kind"), nothing
        )
        for at, amount, kind in ((start, opening, "opening"), (end, opening + net, "closing"))
    ]
    return pl.concat(both).select(*SCHEMAS["balances"])
