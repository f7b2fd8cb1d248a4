"""What the numbers of an index of paths stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._record import Record


@dataclass(frozen=True, eq=False)
class Names:
    """Names of the purses and transactions that claim money touched; each kind is looked up once, when first needed."""

    record: Record
    accounts: NDArray[np.uint32]
    """By purse: the account."""
    units: NDArray[np.uint8]
    """By purse: the number of its currency."""
    at: NDArray[np.int64]
    """By row: the position of the transaction."""

    @cached_property
    def holders(self) -> pl.DataFrame:
        """By purse: account, holder, country, name of the holder."""
        graph = self.record.graph
        vertices, names = graph.vertices[self.accounts], graph.ledger.parties.select(holder="id", name="name")
        known = vertices.select(
            (pl.col(old) if old in vertices.columns else pl.lit(None)).cast(pl.String).alias(new)
            for new, old in (("account", "id"), ("holder", "holder"), ("country", "country"))
        )
        return known.join(names, on="holder", how="left", maintain_order="left")

    @cached_property
    def ends(self) -> pl.DataFrame:
        """By purse: account, name of its holder, currency."""
        codes = pl.Series(self.record.graph.currencies or ("",), dtype=pl.String)
        return self.holders.select("account", "name", currency=codes[pl.Series(self.units)]).rechunk()

    @cached_property
    def purses(self) -> dict[str, list[int]]:
        """By account: its purses."""
        found: dict[str, list[int]] = {}
        for purse, account in enumerate(self.holders["account"].to_list()):
            found.setdefault(account, []).append(purse)
        return found

    @cached_property
    def assets(self) -> dict[int, set[str]]:
        """By row that paid for an asset: the asset, or the several that it paid for."""
        bought = self.record.assets
        rows = np.flatnonzero(np.isin(self.at, np.array(sorted(bought), np.int64))).tolist() if bought else []
        parts = dict(self.record.graph.ledger.purchases().select("asset", "assets").iter_rows()) if rows else {}
        named = [(row, bought[at]) for row, at in zip(rows, self.at[rows].tolist(), strict=True)]
        return {row: {asset, *parts[asset]} for row, asset in named}

    @cached_property
    def ledger(self) -> pl.DataFrame:
        """By row of the ledger: id, source, row."""
        ledger = self.record.graph.ledger.numbered
        given = [("source", pl.String), ("row", pl.Int64)]
        wanted = [pl.col(name) if name in ledger.columns else pl.lit(None, dtype).alias(name) for name, dtype in given]
        return ledger.select("id", *wanted)
