"""`Prices`: unit values, and what is usual for the same goods, origin and quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

_SAME = ("goods8", "origin", "quarter", "unit", "currency")


@dataclass(frozen=True)
class Usual:
    """The unit value of a line, and how the lines like it are spread."""

    price: float
    median: float
    deviation: float
    """Median absolute deviation."""
    lines: int
    terms: str | None
    """The terms of delivery that most lines like it have."""


class Prices:
    """Unit values (minor units of currency) of every line that has goods, origin, day, quantity and value.

    Cost: one sort of the trades.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows trades.")
        day = pl.coalesce("issued_at", "shipped_at")
        trades = flows.graph.ledger["trades"].with_columns(
            pl.col("goods").str.slice(0, 8).alias("goods8"),
            (day.dt.year() * 4 + day.dt.quarter()).alias("quarter"),
            (pl.col("value") / pl.col("quantity")).alias("price"),
        )
        lines = trades.filter((pl.col("quantity") > 0) & (pl.col("value") > 0)).drop_nulls(list(_SAME)).sort("id")
        median = lines.with_columns(pl.col("price").median().over(_SAME).alias("median"))
        far = (pl.col("price") - pl.col("median")).abs().median().over(_SAME)
        common = pl.col("terms").drop_nulls().sort().mode(maintain_order=True).first().over(_SAME)
        self.lines = median.with_columns(far.alias("far"), pl.len().over(_SAME).alias("lines"), common.alias("common"))
        columns = ("price", "median", "far", "lines", "common")
        self._of = {line[0]: Usual(*line[1:]) for line in self.lines.select("id", *columns).iter_rows()}

    def of(self, line: str) -> Usual | None:
        """What is usual for a line; None where it says too little."""
        return self._of.get(line)
