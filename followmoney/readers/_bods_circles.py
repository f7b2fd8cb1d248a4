"""BODS statements that replace each other, so that none of them is the first."""

from __future__ import annotations

import numpy as np
import polars as pl

_NAMED = 5


def straightened(frame: pl.DataFrame, ends: pl.Series, notes: list[str]) -> pl.Series:
    """Where chains of replaced statements end; of a circle of them, at its earliest statement, with a note.

    `ends` are the ends found by following `replaces` for long. All statements of a circle are one record then, as those
    of a chain are: its latest statement stands. Two that replace each other would else count both.
    """
    goes_on = pl.col("replaces").is_not_null() & (pl.col("replaces") != pl.col("statement"))
    goes_on &= pl.col("replaces").is_in(frame["statement"].implode())
    inside = frame.filter(goes_on & pl.col("statement").is_in(ends.implode()))
    if not len(inside):
        return ends
    inside = inside.sort("day", "published", "statement", nulls_last=False).with_row_index("at")
    to = inside.select("at", "statement").join(inside.select("at", "replaces"), left_on="statement",
                                               right_on="replaces", suffix="_by").sort("at_by")  # fmt: skip
    step, first = to["at"].to_numpy().astype(np.int64), np.arange(len(inside))
    for _ in range(len(inside).bit_length()):
        first = np.minimum(first, first[step])
        step = step[step]
    told = inside.select("statement", first=inside["statement"].gather(first))
    some = ", ".join(told["statement"].sort().head(_NAMED)) + (" ..." if len(told) > _NAMED else "")
    notes.append(
        f"{len(told):,} statements replace each other in a circle, so that none is the last by what they say; of each "
        f"circle the one with the latest statementDate stands (of one day, the one given last): {some}."
    )
    found = pl.DataFrame({"statement": ends}).join(told, on="statement", how="left", maintain_order="left")
    return found.select(pl.coalesce("first", "statement")).to_series()
