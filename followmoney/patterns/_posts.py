"""`Posts`: who has what on which days, looked up either way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import polars as pl

from followmoney.patterns._index import Index

Post = tuple[str, int, int]
"""Who or what, and the days since and until (numbers since 1970) on which it stands in the register."""


class Posts:
    """Rows party, what, since, until of a register. Cost: a sort for the first who asks for one side, then a look."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """`frame`: those four columns."""
        known = frame.drop_nulls(["party", "what"])
        self.frame = known.select(pl.col("party", "what").cast(pl.String), "since", "until")

    def of(self, party: str) -> list[Post]:
        """What a party has, in order."""
        return self._found("what", self._forth.rows(party))

    def back(self, what: str) -> list[Post]:
        """Which parties have it, in order."""
        return self._found("party", self._back.rows(what))

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every party with what it has, whenever."""
        return self.frame.select("party", "what").unique().sort("party", "what").iter_rows()  # type: ignore[return-value]

    @cached_property
    def _forth(self) -> Index:
        return Index(self.frame["party"])

    @cached_property
    def _back(self) -> Index:
        return Index(self.frame["what"])

    def _found(self, other: str, rows: list[int]) -> list[Post]:
        columns = [self.frame[name].item for name in (other, "since", "until")]  # a query costs more than a few cells
        return sorted((columns[0](row), columns[1](row), columns[2](row)) for row in rows)


def on(posts: list[Post], day: int) -> list[str]:
    """Who or what stands there on a day, sorted."""
    return sorted({who for who, since, until in posts if since <= day < until})
