"""Everything above some companies, or below some parties, over any number of holdings."""

from __future__ import annotations

import polars as pl


def above(rows: pl.DataFrame, companies: pl.Series) -> pl.DataFrame:
    """The rows (owner, owned) from which a way of holdings leads down to one of the companies; a join a level."""
    return _cone(rows, companies, "owned", "owner")


def below(rows: pl.DataFrame, parties: pl.Series) -> pl.DataFrame:
    """The rows (owner, owned) to which a way of holdings leads down from one of the parties."""
    return _cone(rows, parties, "owner", "owned")


def _cone(rows: pl.DataFrame, start: pl.Series, near: str, far: str) -> pl.DataFrame:
    rows = rows.with_row_index("cone row")
    ways = rows.select(pl.col(near, far).cast(pl.String), "cone row")
    seen = pl.DataFrame({near: start.cast(pl.String).unique()})
    reached, layer = ways.clear(), seen
    while len(layer):
        found = ways.join(layer, on=near, how="semi")
        reached = pl.concat([reached, found])
        layer = found.select(pl.col(far).alias(near)).unique().join(seen, on=near, how="anti")
        seen = pl.concat([seen, layer])
    return rows.join(reached, on="cone row", how="semi", maintain_order="left").drop("cone row")
