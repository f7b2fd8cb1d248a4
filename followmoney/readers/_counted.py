"""Rows of several tables made from the rows of one source: each row of the source is counted once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import polars as pl

from followmoney.ledger import Part

NONE = pl.LazyFrame(schema={"row": pl.Int64, "id": pl.String})


def counted(
    source: str,
    rows: pl.Series,
    tables: Sequence[tuple[str, pl.DataFrame]],
    found: pl.LazyFrame | None = None,
    mentions: Collection[str] = (),
) -> Iterator[Part]:
    """Parts of these tables; the first that a row of the source gave a row to counts it, rows that gave none are used.

    Args:
        source: Name of the file.
        rows: Numbers of all its rows these tables are made from.
        tables: Each with `row`; earlier ones count first.
        found: The source's own cells, as `Part.found`.
        mentions: Tables of which other sources may have the same rows, and say them differently: `Part.mention`.
    """
    left = rows.unique(maintain_order=True)
    for name, frame in tables:
        first = frame["row"].is_in(left.implode()) & frame["row"].is_first_distinct()
        carriers, others = frame.filter(first), frame.filter(~first)
        left = left.filter(~left.is_in(carriers["row"].implode()))
        if len(carriers):
            yield Part(name, source, carriers.lazy(), found, mention=name in mentions)
        if len(others):
            yield Part(name, source, others.lazy(), found, derived=True, mention=name in mentions)
    if len(left):
        yield Part("parties", source, NONE, derived=True, used=len(left))
