"""Which profile is meant, and a table of transactions as one of accounts."""

from __future__ import annotations

import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.profiles.casework import Casework
from followmoney.profiles.gfp import Gfp
from followmoney.graph import FlowGraph

_PROFILES: dict[str, type[Casework | Gfp]] = {"casework": Casework, "gfp": Gfp}


def chosen(profile: str | Casework | Gfp) -> Casework | Gfp:
    """The profile with this name, or the one given."""
    if not isinstance(profile, str):
        return profile
    if profile not in _PROFILES:
        raise SettingsError(unknown("profile", profile, _PROFILES))
    return _PROFILES[profile]()


def by_account(graph: FlowGraph, table: pl.DataFrame) -> pl.DataFrame:
    """The largest value that any transaction of a vertex has, column by column."""
    numbers = table.drop("id")
    ends = (graph.originator, graph.beneficiary)
    largest = pl.concat(numbers.with_columns(vertex=end).group_by("vertex").agg(pl.all().max()) for end in ends)
    every = pl.DataFrame({"vertex": range(len(graph.vertices))}, schema={"vertex": pl.UInt32})
    found = every.join(largest.group_by("vertex").agg(pl.all().max()), on="vertex", how="left", maintain_order="left")
    return found.drop("vertex").insert_column(0, graph.vertices["id"].cast(pl.String).alias("id"))
