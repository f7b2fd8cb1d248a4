"""`Names`: the texts of a column, by number; a column itself, for there can be millions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray


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
