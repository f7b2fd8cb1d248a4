"""Outward from known accounts: how far each network reaches, and which of them share a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.communities._ties import Ties
from followmoney.errors import SettingsError, unknown
from followmoney.graph.adapter import pagerank
from followmoney.graph.connected import connected

if TYPE_CHECKING:
    from followmoney.communities.seeds import Seeds

Ints = NDArray[np.int64]
_DIGITS = 12  # of a rank: beyond them, processors may differ


def outward(ties: Ties, options: Seeds) -> Ints:
    """The group of every vertex."""
    neighbours = _Neighbours(ties, options)
    around = [
        neighbours.near(seed) if options.by == "hops" else neighbours.dense(seed) for seed in _numbers(ties, options)
    ]
    alike = [np.stack([np.full(len(m) - 1, m[0]), m[1:]], axis=1) for m in around if len(m) > 1]
    return connected(ties.size, np.concatenate(alike) if alike else np.zeros((0, 2), np.int64))


def _numbers(ties: Ties, options: Seeds) -> list[int]:
    found = [(name, ties.ids.index_of(name)) for name in sorted(set(options.seeds))]
    for name, at in found:
        if at is None:
            raise SettingsError(unknown("account", name, ties.ids.head(10_000)))
    return sorted(at for _, at in found if at is not None)


class _Neighbours:
    """The ties as rows a vertex, and which vertices are not gone through."""

    def __init__(self, ties: Ties, options: Seeds) -> None:
        self.options, self.weights = options, ties.weighed(options.weight)
        self.ends, self.size = ties.ends, ties.size
        both = np.concatenate([ties.ends, ties.ends[:, ::-1]])
        order = np.lexsort((both[:, 1], both[:, 0]))
        self.other, self.along = both[order, 1], np.tile(self.weights, 2)[order]
        self.first = np.searchsorted(both[order, 0], np.arange(ties.size + 1))
        self.strength = np.bincount(ties.ends.ravel(), weights=self.weights.repeat(2), minlength=ties.size)
        self.closed = np.diff(self.first) > options.through

    def near(self, seed: int) -> Ints:
        """Everyone within so many steps of `seed`, which comes first."""
        steps = self._steps(seed, self.options.hops)
        return np.concatenate([[seed], np.flatnonzero(steps > 0)])

    def dense(self, seed: int) -> Ints:
        """The piece around `seed` of the best cut of the ranking, `seed` first."""
        reached = self._steps(seed, self.size) >= 0
        members = np.flatnonzero(reached)
        if len(members) <= 2:  # noqa: PLR2004
            return np.concatenate([[seed], members[members != seed]])
        passing = reached & ~self.closed
        passing[seed] = True
        usable = reached[self.ends].all(axis=1) & passing[self.ends].any(axis=1)
        place = np.cumsum(reached) - 1
        rank = pagerank(
            len(members), place[self.ends[usable]], self.weights[usable], int(place[seed]), self.options.damping
        )
        score = np.round(rank / self.strength[members], _DIGITS)
        score[place[seed]] = np.inf
        order = members[np.lexsort((members, -score))][: self.options.most]
        chosen = order[: self._cut(order)]
        return self._piece(seed, chosen)

    def _cut(self, order: Ints) -> int:
        """How many of the ranking, from two on, make the set with most weight inside beyond what its size asks for."""
        inside = np.zeros(self.size, np.bool_)
        best, most, held = 2, -np.inf, 0.0
        for many, vertex in enumerate(order.tolist()):
            rows = slice(self.first[vertex], self.first[vertex + 1])
            held += float(self.along[rows][inside[self.other[rows]]].sum())
            inside[vertex] = True
            beyond = held - self.options.resolution * many * (many + 1) / 2
            if many and beyond > most:
                best, most = many + 1, beyond
        return best

    def _steps(self, seed: int, most: int) -> Ints:
        """Steps from `seed` to every vertex, -1 where it is not reached."""
        steps = np.full(self.size, -1, np.int64)
        steps[seed], now, many = 0, np.array([seed]), 0
        while len(now) and many < most:
            many += 1
            through = now[(now == seed) | ~self.closed[now]]
            counts = self.first[through + 1] - self.first[through]
            start = np.repeat(self.first[through] - (np.cumsum(counts) - counts), counts)
            now = np.unique(self.other[start + np.arange(len(start))])
            now = now[steps[now] < 0]
            steps[now] = many
        return steps

    def _piece(self, seed: int, chosen: Ints) -> Ints:
        inside = np.zeros(self.size, np.bool_)
        inside[chosen] = True
        piece = connected(self.size, self.ends[inside[self.ends].all(axis=1)])
        found = np.flatnonzero((piece == piece[seed]) & inside)
        return np.concatenate([[seed], found[found != seed]])
