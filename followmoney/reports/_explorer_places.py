"""Where accounts stand in the explorer: by steps from the start, few arrows crossing, wide rather than high."""

from __future__ import annotations

from collections.abc import Sequence

from followmoney.graph.ordering import ordering
from followmoney.reports._flow_boxes import hops

_ACROSS, _BETWEEN = 150, 130  # pixels: columns of one step, between steps
_DOWN, _LOOSE = 64, 150  # pixels: rows, and rows of a small chart
_SHAPE = 1.9  # as much wider than high as a screen

Pairs = Sequence[tuple[int, int]]


def places(size: int, pairs: Pairs) -> list[tuple[int, int]]:
    """Pixels across and down of every account; depends on the pairs only, the same every time.

    A step with more accounts than a column holds takes several columns, side by side. Cost: 0.1 s for 300 accounts.
    """
    reached = {b for _, b in pairs}
    starts = [n for n in range(size) if n not in reached] or [0]
    step = hops(size, pairs, starts)
    order = ordering(size, pairs, step)
    columns = [sorted((n for n in range(size) if step[n] == s), key=lambda n: order[n]) for s in sorted(set(step))]
    tallest = max(map(len, columns))
    rows = next((r for r in range(1, tallest) if _wide(columns, r) <= _SHAPE * r * _DOWN), tallest)
    split = [-(-len(column) // rows) for column in columns]
    rows = max(-(-len(column) // parts) for column, parts in zip(columns, split, strict=True))
    down = min(_LOOSE, max(_DOWN, int(_wide(columns, rows) / _SHAPE) // rows))
    found: dict[int, tuple[int, int]] = {}
    left = 0
    for column, parts in zip(columns, split, strict=True):
        tall = -(-len(column) // parts)
        for at, n in enumerate(column):
            line, across = at // parts, at % parts  # neighbours stay neighbours, row by row
            shift = down // 2 if across % 2 else 0
            found[n] = (left + across * _ACROSS, (rows - tall) * down // 2 + line * down + shift)
        left += (parts - 1) * _ACROSS + _ACROSS + _BETWEEN
    return [found[n] for n in range(size)]


def _wide(columns: Sequence[Sequence[int]], rows: int) -> int:
    return sum(-(-len(column) // rows) * _ACROSS + _BETWEEN for column in columns)
