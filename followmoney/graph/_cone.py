"""Everything above some companies, or below some parties, over any number of holdings."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.graph._kernels import fit

_JOINED = 12  # levels by joins; numbering every party pays for deeper ones


def above(rows: pl.DataFrame, companies: pl.Series) -> pl.DataFrame:
    """The rows (owner, owned) from which a way of holdings leads down to one of the companies.

    Cost: a join for each of the first levels; where there are more, one walk over everything.
    """
    return _cone(rows, companies, "owned", "owner")


def below(rows: pl.DataFrame, parties: pl.Series) -> pl.DataFrame:
    """The rows (owner, owned) to which a way of holdings leads down from one of the parties; the same cost."""
    return _cone(rows, parties, "owner", "owned")


def _cone(rows: pl.DataFrame, start: pl.Series, near: str, far: str) -> pl.DataFrame:
    rows = rows.with_row_index("cone row")
    ways = rows.select(pl.col(near, far).cast(pl.String), "cone row")
    seen = pl.DataFrame({near: start.cast(pl.String).unique()})
    reached, layer = [ways.clear()], seen
    for _ in range(_JOINED):
        found = ways.join(layer, on=near, how="semi")
        reached.append(found)
        layer = found.select(pl.col(far).alias(near)).unique().join(seen, on=near, how="anti")
        seen = pl.concat([seen, layer])
        if not len(layer):
            return rows.join(pl.concat(reached), on="cone row", how="semi", maintain_order="left").drop("cone row")
    return rows.filter(_walk(ways, start.cast(pl.String), near, far)).drop("cone row")


def _walk(ways: pl.DataFrame, start: pl.Series, near: str, far: str) -> pl.Series:
    """Which rows are reached, all parties numbered once."""
    from followmoney.graph._kernel_cone import reached

    ends = ways.select(near, far).unpivot()["value"].unique().drop_nulls()
    number = pl.DataFrame({"id": ends, "number": pl.int_range(len(ends), dtype=pl.Int64, eager=True)})
    first, last = (
        ways.join(number, left_on=end, right_on="id", how="left", maintain_order="left")["number"].to_numpy()
        for end in (near, far)
    )
    begin = number.filter(pl.col("id").is_in(start.implode()))["number"].to_numpy()
    ptr = np.zeros(len(ends) + 1, np.int64)
    np.cumsum(np.bincount(first, minlength=len(ends)), out=ptr[1:])
    seen, queue = np.zeros(len(ends), np.bool_), np.empty(len(ends), np.int64)
    seen[begin], queue[: len(begin)] = True, begin
    found = fit(reached, len(ways))(ptr, np.argsort(first, kind="stable"), last, seen, queue, len(begin))
    return pl.Series(found, dtype=pl.Boolean)
