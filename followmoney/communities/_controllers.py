"""Who stands behind several members of a network, as the register says it."""

from __future__ import annotations

import polars as pl

from followmoney.graph import FlowGraph

_SEVERAL = 2


def controllers(graph: FlowGraph, members: pl.Series) -> pl.DataFrame:
    """See `Network.controllers`."""
    ledger, wanted = graph.ledger, members.implode()
    accounts = ledger.accounts
    folded = "kind" in graph.vertices.columns
    behind: list[pl.DataFrame] = []
    if not folded and "holder" in accounts.columns:
        held = accounts.filter(pl.col("id").is_in(wanted) & pl.col("holder").is_not_null())
        behind.append(held.select(party="holder", member="id", how=pl.lit("holder")))
    roles = ledger["roles"].filter(pl.col("of").is_in(wanted))
    behind.append(roles.select("party", member="of", how=pl.col("kind").cast(pl.String)))
    owned = ledger.interests.filter(pl.col("owned").is_in(wanted))
    behind.append(owned.select(party="owner", member="owned", how=pl.lit("owner")))
    everyone = pl.concat(behind).unique()
    named = everyone.join(ledger.parties.select(party="id", name="name"), on="party", how="left")
    found = named.group_by("party").agg(
        pl.col("name").first(), pl.col("member").unique().sort().alias("members"), pl.col("how").unique().sort()
    )
    several = found.filter(pl.col("members").list.len() >= _SEVERAL)
    ranked = several.sort(pl.col("members").list.len(), "party", descending=[True, False])
    return ranked.select("party", pl.coalesce("name", "party").alias("name"), "members", "how")
