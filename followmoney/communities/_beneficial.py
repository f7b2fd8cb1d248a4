"""The people behind the vertices of a graph: who holds them, or owns the holder in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from followmoney.graph import FlowGraph
from followmoney.graph.ownership import effective

_QUARTER = 0.25 - 1e-9  # shares are decimal fractions in binary floats
_SCHEMA = {"vertex": pl.String, "person": pl.String, "name": pl.String, "how": pl.String}
_NAMED, _SEVERAL = 2, 2


def held(graph: FlowGraph) -> pl.DataFrame:
    """Every vertex with the party it is or that holds it: columns vertex, party; others are left out."""
    vertices = graph.vertices
    if "kind" in vertices.columns:
        return vertices.filter(pl.col("kind") != "account").select(vertex="id", party="id")
    if "holder" not in vertices.columns:
        return pl.DataFrame(schema={"vertex": pl.String, "party": pl.String})
    return vertices.select(vertex="id", party="holder").drop_nulls()


def people(graph: FlowGraph) -> pl.DataFrame:
    """Who stands behind each vertex: columns vertex, person, name, how.

    A natural person who holds it (`holder`), or who owns 25 % or more of the holder in the end (`beneficial owner`; the
    least share, as of the day of the last transaction). Source of the share: Regulation (EU) 2024/1624 art. 52(1).
    Cost: that of `effective`, and joins.
    """
    of, ledger = held(graph), graph.ledger
    if not len(of) or not len(graph):
        return pl.DataFrame(schema=_SCHEMA)
    named = ledger.parties.select(person="id", name=pl.coalesce("name", "id"), kind=pl.col("kind").cast(pl.String))
    own = of.select("vertex", person="party", how=pl.lit("holder"))
    found = [own.join(named.filter(pl.col("kind") == "person").select("person"), on="person", how="semi")]
    if len(ledger.interests):
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(graph.time[-1]))).date()
        enough = effective(ledger, day).filter(pl.col("share_min") >= _QUARTER).select("person", party="company")
        found.append(of.join(enough, on="party").select("vertex", "person", how=pl.lit("beneficial owner")))
    return pl.concat(found).unique().join(named, on="person", how="left").select(*_SCHEMA)


def sentences(members: pl.DataFrame, behind: pl.DataFrame, networks: int) -> list[str]:
    """For each network whose place is in `members` (at, vertex): who stands behind most members, two or more."""
    size = dict(members.group_by("at").len().iter_rows())
    each = members.select("at", "vertex").join(behind.select("vertex", "person", "name").unique(), on="vertex")
    many = each.group_by("at", "person").agg(pl.len().alias("times"), pl.col("name").first())
    most = many.filter((pl.col("times") >= _SEVERAL) & (pl.col("times") == pl.col("times").max().over("at")))
    named = most.sort("at", "person").group_by("at", maintain_order=True).agg("name", pl.col("times").first())
    said = [""] * networks
    for at, names, times in named.iter_rows():
        others = len(names) - _NAMED
        shown = names[:_NAMED] if others <= 0 else [*names[:_NAMED], f"{others:,} more"]
        who = f"{', '.join(shown[:-1])} and {shown[-1]} each stand" if len(shown) > 1 else f"{shown[0]} stands"
        said[at] = f" {who} behind {times:,} of the {size[at]:,}, as holder or as owner of 25 % or more in the end."
    return said
