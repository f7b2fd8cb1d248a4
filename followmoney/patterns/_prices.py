"""`Prices`: unit values, and what is usual for the same goods, origin and quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

_GOODS = ("seller", "goods8", "unit", "currency")
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
        known = median.with_columns(far.alias("far"), pl.len().over(_SAME).alias("lines"), common.alias("common"))
        columns = ("price", "median", "far", "lines", "common")
        self._of = {line[0]: Usual(*line[1:]) for line in known.select("id", *columns).iter_rows()}

        buyers, code = known["buyer"], known["buyer"].rank("dense").fill_null(0).cast(pl.Int64)
        self._buyer = dict(zip(buyers.to_list(), code.to_list(), strict=True))
        sold = known.with_columns(code=code).drop_nulls(["seller", "buyer"]).group_by(_GOODS)
        self._sold = {
            key: (np.array(prices, np.float64), np.array(codes, np.int64))
            for *key, prices, codes in sold.agg("price", "code").rows()
            for key in [tuple(key)]
        }
        """Of a seller's goods in a unit and currency every price, and the buyer by number."""

    def buyers_at(self, line: Mapping[str, str | None], price: float, off: float) -> int:
        """How many others buy the same goods from the seller at this price, give or take a share of it."""
        seller, goods, buyer = line["seller"], line["goods"], line["buyer"]
        if seller is None or goods is None or buyer is None:
            return 0
        prices, buyers = self._sold[seller, goods[:8], line["unit"], line["currency"]]
        near = np.unique(buyers[np.abs(prices - price) <= off * price])
        return int((near != self._buyer[buyer]).sum())

    def of(self, line: str) -> Usual | None:
        """What is usual for a line; None where it says too little."""
        return self._of.get(line)
