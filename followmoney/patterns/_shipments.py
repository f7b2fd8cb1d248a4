"""`Shipments`: who shipped which goods to whom on which day, found without going through all trades."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows


class Shipments:
    """Every line of the trades with goods, seller, buyer and day of shipment, by goods and buyer.

    Cost: one sort of the trades; then a question costs the lines of the same goods to the same buyer.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows trades.")
        columns = ("goods", "buyer", "seller", "shipped_at")
        lines = flows.graph.ledger["trades"].drop_nulls(columns).sort("goods", "buyer", "id")
        days = lines["shipped_at"].to_physical().cast(pl.Int64).to_numpy()
        self._id, self._seller, self._day = lines["id"].to_list(), lines["seller"], days
        keys = lines.select("goods", "buyer").with_row_index("at").group_by("goods", "buyer").agg(pl.col("at"))
        self._of: dict[tuple[str, str], NDArray[np.int64]] = {
            (goods, buyer): np.array(rows, np.int64) for goods, buyer, rows in keys.iter_rows()
        }

    def seller(
        self, goods: Iterable[str], buyers: Iterable[str], days: tuple[int, int], but: Iterable[str]
    ) -> str | None:
        """Who else shipped some of these goods to one of these buyers in these days; of several the first line's."""
        found: list[tuple[str, str]] = []
        others = set(but)
        for key in sorted((good, buyer) for good in set(goods) for buyer in set(buyers)):
            rows = self._of.get(key, np.empty(0, np.int64))
            rows = rows[(self._day[rows] >= days[0]) & (self._day[rows] <= days[1])]
            first = next((r for r in rows.tolist() if self._seller[r] not in others), None)
            if first is not None:
                found.append((self._id[first], self._seller[first]))
        return min(found)[1] if found else None
