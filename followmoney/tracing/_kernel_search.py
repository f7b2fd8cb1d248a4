"""The compiled search for the best paths: backwards from the end, best first, led by what can have come so far."""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from followmoney.tracing._kernel_heap import (
    CAP,
    DEPTH,
    END,
    FIELDS,
    FIRST,
    MORE,
    ON,
    OPEN,
    PARENT,
    POSITION,
    PURSE,
    ROW,
    SECOND,
    THIRD,
    pop,
    push,
)
from followmoney.tracing._kernel_places import HOPS, Key, begun, comes_to, to_begin
from followmoney.tracing._ways import AT, GIVEN, GOT, PAID, TAKES, TIME

_NONE = -1
_FIRST_OF_ALL = -(1 << 63) + 1

Money = NDArray[np.int64]


@register_jitable
def _entry(batch: Money, slot: int) -> Key:
    return batch[slot, 0], batch[slot, 1], batch[slot, 2], batch[slot, 3], batch[slot, 4]


@register_jitable
def _before(rows: Money, column: int, low: int, high: int, value: int) -> int:
    """The end of the rows from `low` to `high`, in order of a column, that come before a value."""
    while low < high:  # by hand, and no slices here: numba takes seconds to compile numpy's way
        middle = (low + high) // 2
        if rows[middle, column] < value:
            low = middle + 1
        else:
            high = middle
    return low


@register_jitable
def _ways_on(
    node: int, after: Key, nodes: Money, batch: Money, ptr: Money, rows: Money, wide: Money, late: Money, ends: Money,
    last: Money, asked: Money,
) -> tuple[int, int]:  # fmt: skip
    """Fill `batch` with the first ways on from a node that come after `after`; how many, and how many were looked at.

    An entry: its place among paths (five figures), the row, and the most of it that goes on.
    """
    low, high, depth, end = 0, len(ends), 0, 0
    if node != _NONE:
        row = nodes[node, ROW]
        depth, end = nodes[node, DEPTH] + 1, nodes[node, END]
        low, high = ptr[rows[row, PAID]], ptr[rows[row, PAID] + 1]
        high = _before(rows, AT, low, high, rows[row, AT])
    count, ended = 0, _before(ends.reshape(-1, 1), 0, 0, len(ends), low)
    for place in range(low, high):
        row = place
        if node == _NONE:
            row, cap = ends[place], last[place]
            end = rows[row, TIME]
        elif ended < len(ends) and ends[ended] == place:  # the path would have ended there
            ended += 1
            continue
        else:
            cap = rows[place, GIVEN]
        for step in range(2):
            if step == 0:
                key = begun(row, cap, end, depth, node, nodes, rows, asked)
            else:
                key = to_begin(row, cap, end, depth, node, nodes, rows, wide, late, asked)
            if key[3] < 0 or key <= after or (count == len(batch) and key >= _entry(batch, count - 1)):
                continue
            onward = rows[row, PAID]
            if step == 1 and (onward == rows[row, GOT] or comes_to(onward, node, nodes)):
                continue
            slot = min(count, len(batch) - 1)
            while slot > 0 and key < _entry(batch, slot - 1):
                for field in range(7):
                    batch[slot, field] = batch[slot - 1, field]
                slot -= 1
            batch[slot, 0], batch[slot, 1], batch[slot, 2], batch[slot, 3], batch[slot, 4] = key
            batch[slot, 5], batch[slot, 6] = row, cap
            count = min(count + 1, len(batch))
    return count, high - low


@register_jitable
def _room(nodes: Money, heap: Money, made: int, size: int, more: int) -> tuple[Money, Money]:
    """Make room for more nodes."""
    if made + more <= len(nodes):
        return nodes, heap
    more_nodes, more_heap = (
        np.empty((2 * len(nodes) + more, FIELDS), np.int64),
        np.empty(2 * len(nodes) + more, np.int64),
    )
    for node in range(made):
        for field in range(FIELDS):
            more_nodes[node, field] = nodes[node, field]
    for place in range(size):
        more_heap[place] = heap[place]
    return more_nodes, more_heap


@register_jitable
def _add(
    node: int, nodes: Money, heap: Money, made: int, size: int, count: int, batch: Money, rows: Money
) -> None:  # fmt: skip
    """Put ways on from a node on the heap."""
    for slot in range(count):
        row, on = batch[slot, 5], batch[slot, 6]
        new = made + slot
        nodes[new, PARENT], nodes[new, ROW], nodes[new, POSITION] = node, row, rows[row, AT]
        nodes[new, PURSE], nodes[new, ON], nodes[new, CAP] = rows[row, GOT], on, min(on, rows[row, TAKES])
        nodes[new, FIRST], nodes[new, SECOND], nodes[new, THIRD] = batch[slot, 0], batch[slot, 1], batch[slot, 2]
        nodes[new, OPEN], nodes[new, MORE] = batch[slot, 4], slot == len(batch) - 1
        nodes[new, DEPTH], nodes[new, END] = 0, rows[row, TIME]
        if node != _NONE:
            nodes[new, DEPTH], nodes[new, END] = nodes[node, DEPTH] + 1, nodes[node, END]
            nodes[new, CAP] = min(nodes[new, CAP], nodes[node, CAP])
        push(heap, size + slot, nodes, new)


@njit(cache=True, nogil=True)
def search(
    ptr: Money, rows: Money, wide: Money, late: Money, ends: Money, last: Money, asked: Money, limit: int, at_once: int,
    most: int,
) -> tuple[Money, int, bool]:  # fmt: skip
    """The best paths, a row each, from the last transaction back, then -1; how many; and whether none is missing.

    Best first: a node is a path from the destination back to some transaction, and has the place that the best path
    which ends like that can have. Paths that come to a purse twice, or take too long, can make that place too good.

    Args:
        ptr: By purse, where the rows of the transactions that credit it begin.
        rows: What is known of every transaction that carries claim money.
        wide: See `widest`; for the fastest paths, `latest`.
        late: See `latest`; nothing where time does not matter.
        ends: Rows of the transactions that bring money to the destination, in order.
        last: The most that each of them can bring there.
        asked: What is asked for.
        limit: The most paths.
        at_once: How many ways on from a node are put on the heap at a time.
        most: How many ways on are looked at before the search gives up.
    """
    nodes, heap = np.empty((256, FIELDS), np.int64), np.empty(256, np.int64)
    batch = np.empty((at_once, 7), np.int64)
    paths = np.full((limit, asked[HOPS] + 1), _NONE, np.int64)
    first = (_FIRST_OF_ALL, 0, 0, 0, 0)
    made = size = found = looked = 0
    node = _NONE
    while True:
        for on in range(2):
            if on == 0:  # on from where this node came from, after it
                if node == _NONE or not nodes[node, MORE]:
                    continue
                parent = nodes[node, PARENT]
                after = (
                    nodes[node, FIRST],
                    nodes[node, SECOND],
                    nodes[node, THIRD],
                    nodes[node, POSITION],
                    nodes[node, OPEN],
                )
            else:
                if node != _NONE and not nodes[node, OPEN]:
                    continue
                parent, after = node, first
            count, seen = _ways_on(parent, after, nodes, batch, ptr, rows, wide, late, ends, last, asked)
            nodes, heap = _room(nodes, heap, made, size, count)
            _add(parent, nodes, heap, made, size, count, batch, rows)
            made += count
            size += count
            looked += seen + 1
        if node != _NONE and not nodes[node, OPEN]:
            for step in range(nodes[node, DEPTH], -1, -1):
                paths[found, step] = nodes[node, ROW]
                node = nodes[node, PARENT]
            found += 1
        if size == 0 or found == limit:
            return paths, found, True
        if looked > most:
            return paths, found, False
        node = pop(heap, size, nodes)
        size -= 1
