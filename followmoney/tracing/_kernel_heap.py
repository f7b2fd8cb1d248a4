"""A heap of unfinished paths, best first; plain Python, which the compiled search takes in."""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

Money = NDArray[np.int64]

PARENT, ROW, POSITION, PURSE, DEPTH, FIRST, SECOND, THIRD, OPEN, MORE, CAP, ON, END, FIELDS = range(14)
"""What a node holds, a path from the destination back so far: the node it goes on from (-1: none), the transaction, its
position and the purse it credits, how many transactions follow it, its place among paths (three figures), whether the
path has yet to begin, whether its parent has more ways on after it, the most that fits through the path, the most of
the transaction that goes on, and when the path ends."""


@register_jitable
def before(nodes: Money, one: int, other: int) -> bool:
    """Whether one path comes first: by what was asked, then by its transactions from the last one back."""
    for field in (FIRST, SECOND, THIRD):
        if nodes[one, field] != nodes[other, field]:
            return nodes[one, field] < nodes[other, field]
    a, b = one, other
    while nodes[a, DEPTH] > nodes[b, DEPTH]:
        a = nodes[a, PARENT]
    while nodes[b, DEPTH] > nodes[a, DEPTH]:
        b = nodes[b, PARENT]
    if a == b:
        return nodes[one, DEPTH] < nodes[other, DEPTH]
    while nodes[a, PARENT] != nodes[b, PARENT]:
        a, b = nodes[a, PARENT], nodes[b, PARENT]
    if nodes[a, ROW] != nodes[b, ROW]:
        return nodes[a, POSITION] < nodes[b, POSITION]
    return nodes[a, OPEN] < nodes[b, OPEN]


@register_jitable
def push(heap: Money, size: int, nodes: Money, node: int) -> None:
    """Put a node into a heap of `size` nodes."""
    place = size
    while place > 0 and before(nodes, node, heap[(place - 1) // 2]):
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = node


@register_jitable
def pop(heap: Money, size: int, nodes: Money) -> int:
    """Take the first node from a heap of `size` nodes."""
    first, moved, place = heap[0], heap[size - 1], 0
    while True:
        child = 2 * place + 1
        if child >= size - 1:
            break
        if child + 1 < size - 1 and before(nodes, heap[child + 1], heap[child]):
            child += 1
        if not before(nodes, heap[child], moved):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = moved
    return first
