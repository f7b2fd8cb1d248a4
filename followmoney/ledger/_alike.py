"""Equal columns → equal bytes on disk: what stands where a cell is empty must not depend on how it was computed."""

from __future__ import annotations

import numpy as np
import polars as pl


def alike(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame; columns with empty cells are built anew, so that the leftovers in them are the same too.

    What polars leaves under an empty cell differs with the number of threads. Cost: one copy of such columns.
    """
    return pl.DataFrame([_anew(column) for column in frame])


def _anew(column: pl.Series) -> pl.Series:
    if not column.null_count():
        return column
    if column.dtype.is_nested():  # assets only: few
        return pl.Series(column.name, column.to_list(), dtype=column.dtype)
    at = np.flatnonzero(column.is_not_null().to_numpy())
    empty = pl.repeat(None, len(column), dtype=column.dtype, eager=True).alias(column.name)
    return empty.scatter(at, column.drop_nulls())
