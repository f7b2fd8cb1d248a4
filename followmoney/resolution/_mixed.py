"""Parties of different kinds that decisions count as one: no rule would, so it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from followmoney.resolution._cards import columns
from followmoney.schema.sentence import sentence

if TYPE_CHECKING:
    from followmoney.resolution.resolution import Resolution

_SHOWN = 5


def mixed(found: Resolution) -> list[str]:
    """A sentence where a person and a company (or other kinds) are one, as was decided; nothing else."""
    kinds = columns(found.ledger, "parties", "id", "kind").select("id", pl.col("kind").cast(pl.String))
    kinds = kinds.with_columns(pl.col("kind").replace("unknown", None)).unique("id", keep="first", maintain_order=True)
    rows = found.clusters.select(id="party", into="into").join(kinds, on="id", how="left", maintain_order="left")
    several = rows.filter(pl.col("kind").drop_nulls().n_unique().over("into") > 1)
    each = several.drop_nulls("kind").sort("into", "id").group_by("into", maintain_order=True)
    clusters = each.agg(sentence("{} ({})", "id", "kind").alias("told"))
    if not len(clusters):
        return []
    shown = [" with ".join(told) + _who(found, into) for into, told in clusters.head(_SHOWN).iter_rows()]
    more = f"; and {len(clusters) - _SHOWN:,} more" if len(clusters) > _SHOWN else ""
    said = (
        f"Decided to be one party though they are not of one kind: {'; '.join(shown)}{more}. The first identifier says "
        "what each counts as, and so who can own it; correct the decision if that is not meant."
    )
    return [said]


def _who(found: Resolution, into: str) -> str:
    """Whose decisions join that cluster."""
    at, of = found.number(into), found.groups.of
    names = {
        decision.who
        for decision in found.decisions
        if decision.same and decision not in found.strange and int(of[found.number(decision.left)]) == int(of[at])
    }
    return f" (decided by {', '.join(sorted(names))})" if names else ""
