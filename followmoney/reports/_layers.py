"""Columns of a picture: every arrow that can points onwards, by the longest path; the least weight turns back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Arrow = tuple[int, int, int]
"""From, to, weight: how much it matters that it points onwards."""

_PASSES = 4


def layers(size: int, arrows: Iterable[Arrow]) -> list[int]:
    """The column of each of `size` boxes: one more than the furthest box that points to it.

    Circles are opened where little weight turns back: a greedy line-up (Eades, Lin and Smyth 1993, with weights), then
    each box moved to its best place in line. The same way every time. Cost: some milliseconds for 300 boxes.
    """
    weight: dict[tuple[int, int], int] = {}
    for a, b, w in arrows:
        if a != b:
            weight[a, b] = weight.get((a, b), 0) + max(w, 1)
    after: list[dict[int, int]] = [{} for _ in range(size)]
    before: list[dict[int, int]] = [{} for _ in range(size)]
    for (a, b), w in sorted(weight.items()):
        after[a][b] = w
        before[b][a] = w
    line = _line_up(after, before)
    for _ in range(_PASSES):
        if not _sift(line, after, before):
            break
    rank = {box: i for i, box in enumerate(line)}
    column = [0] * size
    for box in line:
        for other in after[box]:
            if rank[other] > rank[box]:
                column[other] = max(column[other], column[box] + 1)
    return column


def _line_up(after: list[dict[int, int]], before: list[dict[int, int]]) -> list[int]:
    """Boxes in one line: sources first, sinks last, else the one that gives most more than it gets."""
    left, right, waiting = list[int](), list[int](), set(range(len(after)))

    def still(near: Mapping[int, int]) -> int:
        return sum(w for other, w in near.items() if other in waiting)

    while waiting:
        if sinks := [b for b in sorted(waiting) if not still(after[b])]:
            right.append(sinks[0])
            waiting.discard(sinks[0])
        elif sources := [b for b in sorted(waiting) if not still(before[b])]:
            left.append(sources[0])
            waiting.discard(sources[0])
        else:
            box = min(waiting, key=lambda b: (still(before[b]) - still(after[b]), b))
            left.append(box)
            waiting.discard(box)
    return [*left, *reversed(right)]


def _sift(line: list[int], after: list[dict[int, int]], before: list[dict[int, int]]) -> bool:
    """Move each box to the place in line where least weight turns back; whether any moved."""
    moved = False
    for box in sorted(line):
        here = line.index(box)
        rest = [b for b in line if b != box]
        cost = sum(before[box].values())  # at the head of the line, all that reaches it turns back
        best, at, own = cost, 0, cost if here == 0 else None
        for place, other in enumerate(rest, 1):
            cost += after[box].get(other, 0) - before[box].get(other, 0)
            if cost < best:
                best, at = cost, place
            if place == here:
                own = cost
        if own is not None and best < own:
            rest.insert(at, box)
            line[:] = rest
            moved = True
    return moved
