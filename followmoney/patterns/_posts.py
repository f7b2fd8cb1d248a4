"""`Posts`: who has what on which days, looked up either way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property

import polars as pl

Post = tuple[str, int, int]
"""Who or what, and the days since and until (numbers since 1970) on which it stands in the register."""


class Posts:
    """Rows party, what, since, until of a register, sorted when first asked for one side. Cost: a logarithm a look."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """`frame`: those four columns."""
        known = frame.drop_nulls(["party", "what"])
        self.frame = known.select(pl.col("party", "what").cast(pl.String), "since", "until")

    def of(self, party: str) -> list[Post]:
        """What a party has, in order."""
        return _found(*self._forth, party)

    def back(self, what: str) -> list[Post]:
        """Which parties have it, in order."""
        return _found(*self._back, what)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every party with what it has, whenever."""
        return self.frame.select("party", "what").unique().sort("party", "what").iter_rows()  # type: ignore[return-value]

    @cached_property
    def _forth(self) -> tuple[pl.Series, pl.DataFrame]:
        rows = self.frame.sort("party", "what", "since", "until")
        return rows["party"], rows.select("what", "since", "until")

    @cached_property
    def _back(self) -> tuple[pl.Series, pl.DataFrame]:
        rows = self.frame.sort("what", "party", "since", "until")
        return rows["what"], rows.select("party", "since", "until")


def _found(keys: pl.Series, rows: pl.DataFrame, key: str) -> list[Post]:
    places = range(len(keys))
    low = bisect_left(places, key, key=keys.item)
    return rows[low : bisect_right(places, key, low, key=keys.item)].rows()


def on(posts: list[Post], day: int) -> list[str]:
    """Who or what stands there on a day, sorted."""
    return sorted({who for who, since, until in posts if since <= day < until})
