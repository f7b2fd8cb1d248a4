"""Where to draw each vertex within its layer, so that few pairs cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

_ROUNDS = 24

Columns = dict[int, list[int]]


def ordering(size: int, pairs: Iterable[tuple[int, int]], layers: Sequence[int]) -> list[int]:
    """The place of every vertex within its layer (from 0): the mean of its neighbours', layer by layer, to and fro.

    Of all rounds the one with the fewest crossings counts. A pair that spans layers bends once in each between. Depends
    on the set of pairs only. (igraph 1.0's `layout_sugiyama`, which does the same, ends the process now and then.)
    Source: Sugiyama, Tagawa and Toda, Methods for visual understanding of hierarchical system structures (1981).
    """
    columns, before, after = _bent(size, pairs, layers)
    depths = sorted(columns)
    best, fewest = _copy(columns), _crossings(columns, after)
    for turn in range(_ROUNDS):
        if not fewest:
            break
        forth = turn % 2 == 0
        for depth in depths if forth else reversed(depths):
            _sort(columns, depth, before if forth else after)
        if (now := _crossings(columns, after)) < fewest:
            best, fewest = _copy(columns), now
    place = [0] * size
    for column in best.values():
        for at, vertex in enumerate(v for v in column if v < size):
            place[vertex] = at
    return place


def _bent(size: int, pairs: Iterable[tuple[int, int]], layers: Sequence[int]) -> tuple[Columns, Columns, Columns]:
    """The vertices by layer, bends after them, and for each its neighbours one layer before and one after."""
    columns: Columns = defaultdict(list)
    for vertex in range(size):
        columns[layers[vertex]].append(vertex)
    before: Columns = defaultdict(list)
    after: Columns = defaultdict(list)
    following = size
    distinct = {(a, b) if layers[a] < layers[b] else (b, a) for a, b in pairs if layers[a] != layers[b]}
    for low, high in sorted(distinct):
        last = low
        for depth in range(layers[low] + 1, layers[high] + 1):
            at = high
            if depth < layers[high]:
                at, following = following, following + 1
                columns[depth].append(at)
            after[last].append(at)
            before[at].append(last)
            last = at
    return columns, before, after


def _sort(columns: Columns, depth: int, neighbours: Columns) -> None:
    """Sort one layer by the mean place of the neighbours; who has none stays where he is."""
    place = {v: at for column in columns.values() for at, v in enumerate(column)}

    def mean(vertex: int) -> float:
        those = neighbours[vertex]
        return sum(place[v] for v in those) / len(those) if those else place[vertex]

    columns[depth].sort(key=lambda v: (mean(v), place[v]))


def _crossings(columns: Columns, after: Columns) -> int:
    """How often pairs cross between neighbouring layers."""
    place = {v: at for column in columns.values() for at, v in enumerate(column)}
    total = 0
    for column in columns.values():
        seen: list[int] = []
        for vertex in column:
            ends = [place[v] for v in after[vertex]]
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _copy(columns: Columns) -> Columns:
    return {depth: list(column) for depth, column in columns.items()}
