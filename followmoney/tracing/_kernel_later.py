"""The compiled passes behind `_later`: runs of payments of one account at one instant, and sums over them."""

# pyright: reportArgumentType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Column = NDArray[np.int64]

_MOST = 2**63 - 1


@njit(cache=True, nogil=True)
def follows(
    paid: NDArray[np.uint32], got: NDArray[np.uint32], time: Column, latest: Column, seen: Column, first: Column,
    then: Column,
) -> int:  # fmt: skip
    """Pairs, the last first: a payment, and the next of its payer at the same instant with nothing coming in between.

    How many pairs there are. `latest`, by purse: all -1, before and after; far away in memory, so that instants at
    which `seen`, by last bits of the purse, says that nobody pays twice do without it.
    """
    found, end, bits = 0, len(paid), len(seen) - 1
    while end > 0:
        begin, twice = end, False
        while begin > 0 and time[begin - 1] == time[end - 1]:
            begin -= 1
            twice |= seen[paid[begin] & bits] == end
            seen[paid[begin] & bits] = end
        if twice:
            for i in range(end - 1, begin - 1, -1):
                after, latest[got[i]] = latest[paid[i]], -1
                if after >= 0 and got[i] != paid[i]:
                    first[found], then[found] = i, after
                    found += 1
                latest[paid[i]] = i
            for i in range(begin, end):
                latest[paid[i]] = -1
        end = begin
    return found


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
