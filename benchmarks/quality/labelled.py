"""A ledger of which it is known what is laundering: every transaction's scheme, every scheme's kind and members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney import FlowGraph

Ints = NDArray[np.int64]
TUNE, REPORT = 0, 1


@dataclass(frozen=True, eq=False)
class Labelled:
    """Transactions in order, each with the number of its scheme or -1; `kinds[s]` is what scheme s is."""

    name: str
    said: str
    """What data this is, whose, under which licence, and what must be known of it."""
    graph: FlowGraph
    scheme: Ints
    kinds: tuple[str, ...]
    named: Mapping[str, str]
    """Pattern of the catalogue by kind, where the two have different names."""
    pattern: str = ""
    """The pattern whose schemes part the time into halves; all of them if empty."""

    def halved(self, pattern: str) -> Labelled:
        """The same, parted where half of the schemes of a pattern have begun."""
        other = replace(self, pattern=pattern)
        other.__dict__.update({name: getattr(self, name) for name in ("rows", "members", "laundering", "_begin")})
        return other

    def shows(self, scheme: int) -> str:
        """The pattern that a scheme is of."""
        return self.named.get(self.kinds[scheme], self.kinds[scheme])

    @cached_property
    def rows(self) -> list[Ints]:
        """The transactions of every scheme."""
        order = np.argsort(self.scheme, kind="stable")
        cuts = np.searchsorted(self.scheme[order], np.arange(len(self.kinds) + 1))
        return [order[a:b] for a, b in pairwise(cuts.tolist())]

    def accounts(self, rows: Ints) -> frozenset[int]:
        """Who stands on these transactions; cash and unknown ends are nobody."""
        graph = self.graph
        both = np.unique(np.r_[graph.originator[rows], graph.beneficiary[rows]])
        return frozenset(both[~graph.outside[both]].tolist())

    @cached_property
    def members(self) -> list[frozenset[int]]:
        """The accounts of every scheme."""
        return [self.accounts(rows) for rows in self.rows]

    @cached_property
    def laundering(self) -> NDArray[np.bool_]:
        """Every scheme: laundering, not an innocent look-alike, and there at all."""
        return np.array(
            [not k.startswith("innocent") and len(r) > 0 for k, r in zip(self.kinds, self.rows, strict=True)], bool
        )

    @cached_property
    def cut(self) -> int:
        """The time that half of the schemes begin before: they are tuned on, the others reported on."""
        own = [s for s in np.flatnonzero(self.laundering) if self.pattern in ("", self.shows(s))]
        begin = np.sort(self._begin[own])
        return int(begin[len(begin) // 2])

    @cached_property
    def _begin(self) -> Ints:
        time = self.graph.time
        return np.array([time[rows[0]] if len(rows) else 0 for rows in self.rows], np.int64)

    @cached_property
    def half(self) -> Ints:
        """The half every scheme belongs to: that in which it begins."""
        return (self._begin >= self.cut).astype(np.int64)

    def halves(self, rows: Ints) -> Ints:
        """The half that alerts belong to whose first transactions these are."""
        return (self.graph.time[rows] >= self.cut).astype(np.int64)

    def of(self, pattern: str, half: int) -> list[int]:
        """The schemes of one half that a pattern is meant to find."""
        return [
            s for s in range(len(self.kinds))
            if self.shows(s) == pattern and self.laundering[s] and self.half[s] == half
        ]  # fmt: skip

    def patterns(self) -> list[str]:
        """The patterns that these schemes are of."""
        return sorted({self.shows(s) for s in np.flatnonzero(self.laundering)})

    def budget(self, share: float, half: int) -> int:
        """So many alerts as this share of the accounts that move money in a half."""
        rows = np.flatnonzero((self.graph.time >= self.cut) == bool(half))
        return max(1, int(share * len(self.accounts(rows))))
