"""Parties that are counted with another: the table that says so."""

from __future__ import annotations

import hashlib

import polars as pl

REFERENCE = pl.Struct({"table": pl.String, "column": pl.String, "at": pl.Int64})
"""A cell that named the party: table, column, row of that table counted from 0."""

MERGES = {
    "party": pl.String, "into": pl.String, "weight": pl.Float64, "decided_by": pl.String, "reason": pl.String,
    "references": pl.List(REFERENCE),
}  # fmt: skip
"""Columns of `Ledger.merges`: who is counted with whom, the least weight on the way, who decided, why, and the cells
that were changed. A row a party, sorted."""


def no_merges() -> pl.DataFrame:
    """The table of a ledger in which nobody was merged."""
    return pl.DataFrame(schema=MERGES)


def digest(merges: pl.DataFrame) -> list[str]:
    """A line that is another for other merges; none where there are none."""
    if not len(merges):
        return []
    text = "\n".join(f"{party}\t{into}" for party, into in merges.select("party", "into").sort("party").iter_rows())
    return [f"merges {hashlib.sha256(text.encode()).hexdigest()}"]
