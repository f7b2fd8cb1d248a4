"""The peer for patterns that everybody has: the core of the question as one polars query, no evidence, no sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..job import Job
from ..world import World

_HOUR = 3_600_000_000
_WINDOW = 48 * _HOUR
PEERS = {"fan_in": ("polars rolling",), "structuring": ("polars rolling",), "pass_through": ("polars join",)}


def jobs() -> Iterator[Job]:
    """Windows per account, and two transfers joined at the account between them."""
    yield Job("polars rolling", _frame, _rolling, package="polars")
    yield Job("polars join", _frame, _join, package="polars")


def _frame(world: World) -> Any:
    import polars as pl

    graph = world.graph
    known = ~(graph.outside[graph.originator] | graph.outside[graph.beneficiary])
    names = ("originator", "beneficiary", "amount", "time")
    return pl.DataFrame({name: getattr(graph, name)[known] for name in names})


def _rolling(frame: Any) -> Any:
    """Sum and number of what an account received within seven days, at each transaction."""
    import polars as pl

    windows = frame.lazy().rolling("time", period=f"{7 * 24 * _HOUR}i", group_by="beneficiary")
    sums = windows.agg(pl.col("amount").sum(), pl.len().alias("count"))
    return sums.filter(pl.col("count") >= 5).collect()


def _join(frame: Any) -> Any:
    """Transfers that leave within 48 hours at 90 to 100 % of what came in; joined by account and two days."""
    import polars as pl

    bucket = pl.col("time") // _WINDOW
    into = frame.lazy().select(pl.col("beneficiary").alias("middle"), "amount", "time", bucket.alias("bucket"))
    out = frame.lazy().select(pl.col("originator").alias("middle"), "amount", "time", bucket.alias("bucket"))
    both = pl.concat([into, into.with_columns(pl.col("bucket") + 1)]).join(out, on=("middle", "bucket"), suffix="_out")
    later = (pl.col("time_out") - pl.col("time")).is_between(0, _WINDOW)
    kept = (pl.col("amount_out") <= pl.col("amount")) & (10 * pl.col("amount_out") >= 9 * pl.col("amount"))
    return both.filter(later & kept).collect(engine="streaming")
