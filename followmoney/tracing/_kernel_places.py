"""The place that a path can have among paths, while it is only known from its end back to some transaction."""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from followmoney.tracing._kernel_heap import CAP, ON, PARENT, PURSE, ROW
from followmoney.tracing._kernel_paths import exchanged
from followmoney.tracing._ways import AMOUNT, AT, BEGINS, RECEIVED, TAKES, TIME

NARROW, ORDER, WITHIN, HOPS = range(4)
"""What is asked for: whether no transaction converts money, which paths come first, microseconds (negative: no limit),
and the most transactions."""

STRONGEST, FASTEST, FEWEST = range(3)

Money = NDArray[np.int64]
Key = tuple[int, int, int, int, int]
"""A place among paths: three figures by what was asked for, then the position, then whether it has yet to begin."""


@register_jitable
def brings(most: int, node: int, nodes: Money, rows: Money, asked: Money) -> int:
    """How much of `most` still arrives by an unfinished path."""
    if asked[NARROW] and node >= 0:
        return min(most, nodes[node, CAP])
    while node >= 0:
        row = nodes[node, ROW]
        most = min(most, rows[row, TAKES])
        if rows[row, AMOUNT] != rows[row, RECEIVED]:
            most = exchanged(most, rows[row, AMOUNT], rows[row, RECEIVED])
        most = min(most, nodes[node, ON])
        node = nodes[node, PARENT]
    return most


@register_jitable
def comes_to(purse: int, node: int, nodes: Money) -> bool:
    """Whether an unfinished path comes to a purse."""
    while node >= 0:
        if nodes[node, PURSE] == purse:
            return True
        node = nodes[node, PARENT]
    return False


@register_jitable
def begun(row: int, cap: int, end: int, depth: int, node: int, nodes: Money, rows: Money, asked: Money) -> Key:
    """The place of the path that begins with this transaction; the position is negative where there is none."""
    most = brings(min(rows[row, BEGINS], cap), node, nodes, rows, asked) if rows[row, BEGINS] > 0 else 0
    took = end - rows[row, TIME]
    if most == 0 or took > asked[WITHIN] >= 0:
        return 0, 0, 0, -1, 0
    if asked[ORDER] == STRONGEST:
        return -most, depth, 0, rows[row, AT], 0
    if asked[ORDER] == FEWEST:
        return depth, -most, 0, rows[row, AT], 0
    return took, -most, depth, rows[row, AT], 0


@register_jitable
def to_begin(
    row: int, cap: int, end: int, depth: int, node: int, nodes: Money, rows: Money, wide: Money, late: Money,
    asked: Money,
) -> Key:  # fmt: skip
    """The same for the best path that can go through this transaction: none through it has a better place."""
    left, took = asked[HOPS] - depth, 0
    if left < 1 or rows[row, TAKES] == 0 or wide[row, left] == 0:
        return 0, 0, 0, -1, 1
    if asked[ORDER] == FASTEST or asked[WITHIN] >= 0:
        took = end - late[row, left]
        if took > asked[WITHIN] >= 0:
            return 0, 0, 0, -1, 1
    most = brings(min(wide[row, left], cap), node, nodes, rows, asked)
    if most == 0:
        return 0, 0, 0, -1, 1
    hop, enough = 1, 1 if asked[ORDER] == FEWEST else most
    if asked[ORDER] == FASTEST:
        while late[row, hop] < late[row, left]:
            hop += 1
    found = brings(min(wide[row, hop], cap), node, nodes, rows, asked)
    while found < enough:
        hop += 1
        found = brings(min(wide[row, hop], cap), node, nodes, rows, asked)
    if asked[ORDER] == STRONGEST:
        return -most, depth + hop, 0, rows[row, AT], 1
    if asked[ORDER] == FEWEST:
        return depth + hop, -found, 0, rows[row, AT], 1
    return took, -most, depth + hop, rows[row, AT], 1
