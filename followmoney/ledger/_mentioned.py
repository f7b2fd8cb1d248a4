"""Accounts and parties that statements only mention: one row an identifier, completed, never refused for differing."""

from __future__ import annotations

import polars as pl

from followmoney.ledger._differing import differing
from followmoney.schema import key

OWN = "(own)"
"""Column of mentions: whether the row stands on the account's own statement."""
_PROVENANCE = ("source", "row")


def completed(name: str, own: pl.DataFrame, mentions: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """A table's own rows completed from mentions, and rows for what is only mentioned; notes on what they differ about.

    Of mentions of one identifier those on the account's own statement count first, then the first by (source, row),
    column by column; a table's own row counts before all of them.
    """
    by = key(name)
    assert by is not None
    said = [c for c in mentions.columns if c not in (by, OWN, *_PROVENANCE)]
    ordered = mentions.with_columns(pl.col("source").cast(pl.String).alias("(from)")).sort(
        by, OWN, "(from)", "row", descending=[False, True, False, False]
    )
    one = ordered.group_by(by, maintain_order=True).agg(
        *(pl.col(c).drop_nulls().first() for c in said), *(pl.col(c).first() for c in _PROVENANCE)
    )
    notes = _differing(name, by, ordered, said)
    if not len(own):
        return one, notes
    rest = one.join(own, on=by, how="anti")
    both = own.join(one.drop(_PROVENANCE), on=by, how="left", maintain_order="left", suffix="(said)")
    filled = [
        pl.coalesce(c, f"{c}(said)").alias(c) if f"{c}(said)" in both.columns else pl.col(c)
        for c in dict.fromkeys([*own.columns, *said])
    ]
    return pl.concat([both.select(filled), rest], how="diagonal"), notes


def _differing(name: str, by: str, mentions: pl.DataFrame, said: list[str]) -> list[str]:
    """A note a column that sources say differently of one identifier."""
    notes = list[str]()
    for column in said:
        ways = mentions.filter(pl.col(column).is_not_null()).group_by(by).agg(pl.col(column).n_unique().alias("ways"))
        ids = ways.filter(pl.col("ways") > 1)[by]
        if len(ids):
            notes.append(differing(name, column, ids.cast(pl.String).to_list()))
    return notes
