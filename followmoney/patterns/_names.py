"""`Names`: the texts of a column, and `Directory`: what a table says of them; columns, for there can be millions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Generic, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

T = TypeVar("T")


class Names:
    """Texts, sorted, each once; a text's number is its place. Cost: 16 bytes a text; a logarithm a look."""

    def __init__(self, texts: pl.Series) -> None:
        """`texts`: sorted, each once, none empty of value."""
        self.series = texts

    @classmethod
    def of(cls, *texts: str) -> Names:
        """Of a few texts."""
        return cls(pl.Series(sorted({*texts}), dtype=pl.String))

    def __len__(self) -> int:
        """How many."""
        return len(self.series)

    def __iter__(self) -> Iterator[str]:
        """All, in order."""
        return iter(self.series)

    def __getitem__(self, number: int) -> str:
        """The text with a number."""
        return self.series.item(int(number))

    def __contains__(self, text: object) -> bool:
        """Whether a text is among them."""
        return isinstance(text, str) and self.number(text) >= 0

    def number(self, text: str) -> int:
        """The number of a text; -1 where it is not among them."""
        low = bisect_left(range(len(self)), text, key=self.series.item)
        return low if low < len(self) and self.series.item(low) == text else -1

    def numbers(self, texts: pl.Series) -> NDArray[np.int64]:
        """The number of each of these texts; -1 where it is not among them, or empty. Cost: one join."""
        known = pl.DataFrame({"text": self.series, "number": np.arange(len(self))})
        asked = pl.DataFrame({"text": texts.cast(pl.String)})
        found = asked.join(known, on="text", how="left", maintain_order="left")["number"]
        return found.fill_null(-1).to_numpy().astype(np.int64)


class Directory(Generic[T]):
    """What a table says of each text in its first column: its second. Cost: a logarithm a look."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """`frame`: two columns; where one says nothing, so does the row. Sorted already, that costs nothing."""
        known = frame.drop_nulls()
        sorted_ = known if known.to_series(0).is_sorted() else known.sort(known.columns[0], maintain_order=True)
        self._keys, self._values = sorted_.get_columns()

    def every(self, text: str) -> list[T]:
        """All that is said of it, in the order of the table."""
        low, high = self._range(text)
        return self._values[low:high].to_list()

    def get(self, text: str) -> T | None:
        """What is said of it last, if anything."""
        low, high = self._range(text)
        return self._values.item(high - 1) if high > low else None

    def __getitem__(self, text: str) -> T:
        """The same, of one of which something is said."""
        found = self.get(text)
        if found is None:
            raise KeyError(text)
        return found

    def _range(self, text: str) -> tuple[int, int]:
        places = range(len(self._keys))
        low = bisect_left(places, text, key=self._keys.item)
        if low == len(self._keys) or self._keys.item(low) != text:
            return low, low
        return low, bisect_right(places, text, low, key=self._keys.item)
