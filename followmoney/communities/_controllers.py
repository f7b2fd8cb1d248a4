"""Who stands behind several members of a network, as the register says it."""

from __future__ import annotations

import polars as pl

from followmoney.communities._beneficial import held, people
from followmoney.graph import FlowGraph

_SEVERAL = 2


def controllers(graph: FlowGraph, members: pl.Series) -> pl.DataFrame:
    """See `Network.controllers`."""
    ledger, wanted = graph.ledger, members.implode()
    of = held(graph).filter(pl.col("vertex").is_in(wanted))
    folded = "kind" in graph.vertices.columns
    known = of if folded else pl.concat([of, pl.DataFrame({"vertex": members, "party": members})])
    roles = ledger["roles"].select("party", pl.col("kind").cast(pl.String).alias("how"), pl.col("of"))
    owners = ledger.interests.select("owner", "owned")
    behind = [
        known.join(roles, left_on="party", right_on="of").select(party="party_right", member="vertex", how="how"),
        known.join(owners, left_on="party", right_on="owned").select(
            party="owner", member="vertex", how=pl.lit("owner")
        ),
        people(graph)
        .filter(pl.col("vertex").is_in(wanted) & (pl.col("how") != "holder"))
        .select(party="person", member="vertex", how="how"),
    ]
    if not folded:
        behind.append(of.select(party="party", member="vertex", how=pl.lit("holder")))
    everyone = pl.concat(behind).drop_nulls().unique()
    named = everyone.join(ledger.parties.select(party="id", name="name"), on="party", how="left")
    found = named.group_by("party").agg(
        pl.col("name").first(), pl.col("member").unique().sort().alias("members"), pl.col("how").unique().sort()
    )
    several = found.filter(pl.col("members").list.len() >= _SEVERAL)
    ranked = several.sort(pl.col("members").list.len(), "party", descending=[True, False])
    return ranked.select("party", pl.coalesce("name", "party").alias("name"), "members", "how")
