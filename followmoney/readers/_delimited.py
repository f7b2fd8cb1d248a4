"""Rows of a delimited file of a known register: the columns wanted, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from followmoney.errors import InputError
from followmoney.readers._cells import TEXTS, batches, header
from followmoney.readers._found import File
from followmoney.readers._layout import Layout
from followmoney.readers._records import BROKEN, ROW

_PLAIN = Layout()


def columns(file: File) -> frozenset[str]:
    """The names of the columns of a delimited file, packed or not; none where it is no such file."""
    if not file.path.name.lower().removesuffix(".gz").removesuffix(".zip").endswith(TEXTS):
        return frozenset()
    try:
        return frozenset(header(file.path, _PLAIN))
    except (InputError, OSError):
        return frozenset()


def rows(file: File, wanted: Sequence[str]) -> Iterator[tuple[pl.DataFrame, pl.LazyFrame]]:
    """Batches of `row`, `broken` and these columns (stripped, empty cells empty, absent columns too), and all cells."""
    for batch in batches(file.path, _PLAIN):
        there = [pl.col(c) if c in batch.rows.columns else pl.lit(None, dtype=pl.String).alias(c) for c in wanted]
        frame = batch.rows.select(pl.col(ROW).alias("row"), pl.col(BROKEN).alias("broken"), *there)
        cells = [pl.col(c).str.strip_chars().replace("", None) for c in wanted]
        yield frame.with_columns(cells).rechunk(), batch.rows.lazy()
