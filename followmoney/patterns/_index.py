"""`Index`: where the rows of a text stand in a column; `Directory`: what a table says of it. No copies of texts."""

from __future__ import annotations

from bisect import bisect_left
from typing import Generic, TypeVar

import numpy as np
import polars as pl

T = TypeVar("T")


class Index:
    """The rows of a column by text. Cost: one sort, 4 bytes a row; a logarithm a look."""

    def __init__(self, column: pl.Series) -> None:
        """`column`: texts in any order; an empty cell is found by nobody."""
        self._column = column.cast(pl.String)
        order = self._column.arg_sort(nulls_last=True)
        self._order = order.head(len(column) - column.null_count()).to_numpy().astype(np.uint32)

    def rows(self, text: str) -> list[int]:
        """Where it stands, in order."""
        low = high = bisect_left(self._order, text, key=self._text)
        while high < len(self._order) and self._text(self._order[high]) == text:
            high += 1
        return sorted(self._order[low:high].tolist())

    def _text(self, row: np.uint32) -> str:
        return self._column.item(int(row))


class Directory(Generic[T]):
    """What a column says of each text of an indexed one beside it."""

    def __init__(self, index: Index, values: pl.Series) -> None:
        self._index, self._values = index, values

    def every(self, text: str) -> list[T]:
        """All that is said of it, in the order of the table."""
        said = (self._values.item(row) for row in self._index.rows(text))
        return [value for value in said if value is not None]

    def get(self, text: str) -> T | None:
        """What is said of it last, if anything."""
        said = self.every(text)
        return said[-1] if said else None

    def __getitem__(self, text: str) -> T:
        """The same, of one of which something is said."""
        found = self.get(text)
        if found is None:
            raise KeyError(text)
        return found
