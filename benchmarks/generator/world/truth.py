"""The answer sheet: which transactions belong to which planted scheme, and what each plays in it."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.generator.tables import SCHEMAS

from .rows import ROLES, Rows


def members(rows: Rows, first: int) -> pl.DataFrame:
    """List the planted rows of one part, which is numbered from `first` on."""
    planted = np.flatnonzero(rows.scheme >= 0)
    return pl.DataFrame(
        {
            "number": rows.scheme[planted].astype(np.int64),
            "transaction": planted.astype(np.int64) + first,
            "role": rows.role[planted].astype(np.int64),
            "time": rows.time[planted],
        }
    )


def tables(found: list[pl.DataFrame], patterns: list[str], id_width: int) -> dict[str, pl.DataFrame]:
    """Make both truth tables from the planted rows of all parts."""
    everyone = pl.concat(found).sort("number", "transaction")
    when = pl.from_epoch(pl.col("time"), time_unit="s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    named = everyone.with_columns(
        ("s" + pl.col("number").cast(pl.String).str.zfill(6)).alias("scheme"),
        ("t" + pl.col("transaction").cast(pl.String).str.zfill(id_width)).alias("transaction"),
        when.alias("time"),
        pl.Series("pattern", patterns, pl.String).gather(everyone["number"]),
        pl.Series("role", ROLES, pl.String).gather(everyone["role"]),
    )
    schemes = named.group_by("scheme", "pattern", maintain_order=True).agg(
        pl.col("time").min().alias("first"), pl.col("time").max().alias("last")
    )
    return {
        "truth_schemes": schemes.select(*SCHEMAS["truth_schemes"]),
        "truth_members": named.select(*SCHEMAS["truth_members"]),
    }
