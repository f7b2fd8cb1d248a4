"""The order of boxes within each column, so that few arrows cross."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

Pair = tuple[int, int]
_SWEEPS = 12


def order(columns: Sequence[Sequence[int]], pairs: Sequence[Pair]) -> list[list[int]]:
    """Each column in a better order: boxes move to the middle of their neighbours, left to right and back.

    `pairs` join neighbouring columns only. The order given breaks ties, and is kept if nothing is better.
    """
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for a, b in sorted(set(pairs)):
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    now = [list(c) for c in columns]
    best, fewest = now, _crossings(now, after)
    for sweep in range(_SWEEPS):
        now = [list(c) for c in now]
        onward = sweep % 2 == 0
        span = range(1, len(now)) if onward else range(len(now) - 2, -1, -1)
        for c in span:
            _sort(now[c], now[c - 1] if onward else now[c + 1], before if onward else after)
        _swap(now, before, after)
        if (found := _crossings(now, after)) < fewest:
            best, fewest = [list(c) for c in now], found
    return best


def _sort(column: list[int], fixed: list[int], neighbours: dict[int, list[int]]) -> None:
    place = {box: i for i, box in enumerate(fixed)}
    own = {box: i for i, box in enumerate(column)}
    stretch = max(len(fixed), 1) / max(len(column), 1)

    def middle(box: int) -> float:
        near = [place[n] for n in neighbours.get(box, ())]
        return sum(near) / len(near) if near else own[box] * stretch

    column.sort(key=lambda box: (middle(box), own[box]))


def _swap(columns: list[list[int]], before: dict[int, list[int]], after: dict[int, list[int]]) -> None:
    """Exchange neighbours within a column wherever that removes crossings."""
    for c, column in enumerate(columns):
        left = {b: i for i, b in enumerate(columns[c - 1])} if c else {}
        right = {b: i for i, b in enumerate(columns[c + 1])} if c + 1 < len(columns) else {}
        for i in range(len(column) - 1):
            a, b = column[i], column[i + 1]
            sides = ((left, before), (right, after))
            kept = sum(_between(m, n.get(a, []), n.get(b, [])) for m, n in sides)
            swapped = sum(_between(m, n.get(b, []), n.get(a, [])) for m, n in sides)
            if swapped < kept:
                column[i], column[i + 1] = b, a


def _between(place: dict[int, int], upper: list[int], lower: list[int]) -> int:
    return sum(place[u] > place[v] for u in upper for v in lower)


def _crossings(columns: list[list[int]], after: dict[int, list[int]]) -> int:
    total = 0
    for c in range(len(columns) - 1):
        place = {b: i for i, b in enumerate(columns[c + 1])}
        seen = list[int]()
        for box in columns[c]:
            ends = sorted(place[n] for n in after.get(box, ()))
            total += sum(len(seen) - bisect_left(seen, e + 1) for e in ends)
            for e in ends:
                insort(seen, e)
    return total
