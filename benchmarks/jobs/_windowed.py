"""Peers for the sums of a sliding window: as much and how often every account did so in a day, for both ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..job import Job
from ..world import World

DAY = 86_400_000_000
PEERS = ("polars windows", "duckdb windows")
_ENDS = ("originator", "beneficiary")
_QUERY = """
    SELECT sum(paid) OVER paying, count(*) OVER paying, sum(received) OVER paid_to, count(*) OVER paid_to FROM given
    WINDOW
        paying AS (PARTITION BY originator ORDER BY time RANGE BETWEEN 86399999999 PRECEDING AND CURRENT ROW),
        paid_to AS (PARTITION BY beneficiary ORDER BY time RANGE BETWEEN 86399999999 PRECEDING AND CURRENT ROW)
"""


def jobs() -> Iterator[Job]:
    """The same question to polars and, where it is installed, to DuckDB; equal instants see each other there."""
    yield Job(PEERS[0], _frame, _rolling, package="polars")
    yield Job(PEERS[1], _frame, _ranges, package="duckdb")


def _frame(world: World) -> Any:
    import polars as pl

    graph, columns = world.graph, world.graph.columns
    named = {"originator": graph.originator, "beneficiary": graph.beneficiary, "time": graph.time}
    return pl.DataFrame({**named, "paid": columns.amount, "received": columns.received})


def _rolling(frame: Any) -> Any:
    import polars as pl

    return [
        frame.lazy()
        .rolling("time", period=f"{DAY}i", group_by=end)
        .agg(pl.col(money).sum(), pl.len().alias("count"))
        .collect()
        for end, money in zip(_ENDS, ("paid", "received"), strict=True)
    ]


def _ranges(frame: Any) -> Any:
    import duckdb

    asked = duckdb.connect()
    asked.register("given", {name: frame[name].to_numpy() for name in frame.columns})
    return asked.sql(_QUERY).fetchnumpy()
