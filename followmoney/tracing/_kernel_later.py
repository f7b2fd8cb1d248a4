"""The compiled passes behind `_later`: runs of payments of one account at one instant, and sums over them."""

# pyright: reportArgumentType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Column = NDArray[np.int64]

_MOST = 2**63 - 1


@njit(cache=True, nogil=True)
def follows(paid: NDArray[np.uint32], got: NDArray[np.uint32], time: Column, latest: Column, after: Column) -> None:
    """By transaction: the next payment of its payer, if at the same instant with nothing coming in between."""
    for i in range(len(paid) - 1, -1, -1):
        payer = paid[i]
        latest[got[i]] = -1
        found = latest[payer]
        if found >= 0 and time[found] == time[i]:
            after[i] = found
        latest[payer] = i


@njit(cache=True, nogil=True)
def _plus(one: int, other: int) -> int:
    """The sum, or the largest number there is: more than any balance either way."""
    return one + other if one <= _MOST - other else _MOST


@njit(cache=True, nogil=True)
def grouped(step: Column, amount: Column, group: Column, depth: Column, total: Column, above: Column, few: int) -> None:
    """By payment of a run: which run, how many follow, and what they, and the larger ones of them, add up to.

    `step` leads to the next one, or is -1. Where more than a `few` follow, what is larger is left to `larger`.
    """
    for k in range(len(step) - 1, -1, -1):
        to = step[k]
        if to < 0:
            group[k] = k
            continue
        group[k], depth[k], total[k] = group[to], depth[to] + 1, _plus(total[to], amount[to])
        while to >= 0 and depth[k] <= few:
            if amount[to] > amount[k]:
                above[k] = _plus(above[k], amount[to])
            to = step[to]


@njit(cache=True, nogil=True)
def larger(order: Column, group: Column, depth: Column, amount: Column, above: Column) -> None:
    """By payment of these runs: the sum of those that follow and are larger; `order` by run, largest first."""
    tree = np.zeros(depth.max() + 2 if len(depth) else 1, np.int64)
    begin, size = 0, len(order)
    while begin < size:
        end, most = begin, 0
        while end < size and group[order[end]] == group[order[begin]]:
            most = max(most, depth[order[end]])
            end += 1
        tree[: most + 2] = 0
        first = begin
        for at in range(begin, end + 1):
            if at < end and amount[order[at]] == amount[order[first]]:
                continue
            for k in order[first:at]:  # equal amounts do not count for each other
                place, above[k] = depth[k], 0
                while place > 0:
                    above[k] = _plus(above[k], tree[place])
                    place -= place & -place
            for k in order[first:at]:
                place = depth[k] + 1
                while place <= most + 1:
                    tree[place] = _plus(tree[place], amount[k])
                    place += place & -place
            first = at
        begin = end
