"""Which profile is meant, and a table of transactions as one of accounts."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.profiles.casework import Casework
from followmoney.profiles.gfp import Gfp

_PROFILES: dict[str, type[Casework | Gfp]] = {"casework": Casework, "gfp": Gfp}

_ORIGINATOR = "originator_"
_BENEFICIARY = "beneficiary_"
"""How columns begin that speak of one end."""


def chosen(profile: str | Casework | Gfp) -> Casework | Gfp:
    """The profile with this name, or the one given."""
    if isinstance(profile, Casework | Gfp):
        return profile
    if profile not in _PROFILES:
        raise SettingsError(unknown("profile", profile, _PROFILES))
    return _PROFILES[profile]()


def by_account(graph: FlowGraph, table: pl.DataFrame) -> pl.DataFrame:
    """The largest value that any transaction of a vertex has, column by column.

    What a column says of the originator is looked at where the vertex is the originator, likewise of the beneficiary.
    """
    parts = [
        table.drop("id", cs.starts_with(other)).with_columns(vertex=end).group_by("vertex").agg(pl.all().max())
        for end, other in ((graph.originator, _BENEFICIARY), (graph.beneficiary, _ORIGINATOR))
    ]
    largest = pl.concat(parts, how="diagonal").group_by("vertex").agg(pl.all().max())
    every = pl.DataFrame({"vertex": range(len(graph.vertices))}, schema={"vertex": pl.UInt32})
    found = every.join(largest, on="vertex", how="left", maintain_order="left")
    return found.select(graph.vertices["id"].cast(pl.String).alias("id"), *table.columns[1:])
