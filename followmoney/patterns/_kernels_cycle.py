"""Compiled search for `cycle`: from every starting transaction the shortest way of its money back to where it was."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def closed(
    roots: NDArray[np.int64],
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    back_ptr: NDArray[np.int64],
    back_row: NDArray[np.uint32],
    originator: NDArray[np.uint32],
    beneficiary: NDArray[np.uint32],
    outside: NDArray[np.bool_],
    time: NDArray[np.int64],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    within: int,
    slack: int,
    shortest: int,
    longest: int,
    bounds: tuple[int, int, int, int],
    budget: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pointers and rows of the best cycle of each root that has one, and the roots whose budget of looks ran out.

    Depth first, in order, by rows after the one before, or with `slack` by rows at most that much before it and before
    the root: best is the fewest hops, then the earliest return, then the earliest hops. A branch is cut as soon as it
    can only be longer than the best. `bounds` are two fractions: least and most that the next hop may be of the one
    before. A look is one transaction that leaves an account on the way.
    """
    keep, keep_of, gain, gain_of = bounds
    path, node = np.empty(longest, np.int64), np.empty(longest, np.int64)
    cursor, best = np.empty(longest, np.int64), np.empty(longest, np.int64)
    out_ptr, rows = np.zeros(len(roots) + 1, np.int64), np.empty(64, np.int64)
    spent = np.empty(len(roots), np.int64)
    cycles, overrun = 0, 0
    for number in range(len(roots)):
        root = roots[number]
        home, until = originator[root], time[root] + within
        back: NDArray[np.uint32] = back_row[back_ptr[home] : back_ptr[home + 1]]
        after = int(root) + 1 if slack == 0 else int(np.searchsorted(time, time[root] - slack))
        later = int(np.searchsorted(back, after))
        if later == len(back) or time[back[later]] > until:
            continue  # nothing comes back in time
        hops, closing, looks, depth = longest + 1, -1, 0, 0
        path[0], node[0] = root, beneficiary[root]
        first, last = ptr[node[0]], ptr[node[0] + 1]
        cursor[0] = first + np.searchsorted(row[first:last], after)
        while depth >= 0 and looks <= budget:
            here, end, before = node[depth], ptr[node[depth] + 1], path[depth]
            got, kind, deeper = received[before], currency_received[before], False
            while cursor[depth] < end:
                r = np.int64(row[cursor[depth]])
                if time[r] > until:
                    break
                cursor[depth] += 1
                looks += 1
                if looks > budget:
                    break
                if currency[r] != kind or amount[r] * keep_of < got * keep or amount[r] * gain_of > got * gain:
                    continue
                to = np.int64(beneficiary[r])
                if to == home:
                    size = depth + 2
                    if size >= shortest and (size < hops or (size == hops and r < closing)):
                        hops, closing = size, r
                        for k in range(depth + 1):
                            best[k] = path[k]
                        best[depth + 1] = r
                    continue
                if to == here or outside[to] or depth + 3 > min(hops, longest):
                    continue
                known = False
                for k in range(depth + 1):
                    known = known or node[k] == to
                if not known:
                    depth += 1
                    path[depth], node[depth] = r, to
                    first, last = ptr[to], ptr[to + 1]
                    after = r + 1
                    if slack > 0:
                        after = int(np.searchsorted(time, max(time[r], time[root]) - slack))
                    cursor[depth] = first + np.searchsorted(row[first:last], after)
                    deeper = True
                    break
            if not deeper:
                depth -= 1
        if looks > budget:
            spent[overrun] = root
            overrun += 1
        if closing >= 0:
            size = out_ptr[cycles] + hops
            if size > len(rows):
                more = np.empty(2 * size, np.int64)
                more[: len(rows)] = rows
                rows = more
            rows[out_ptr[cycles] : size] = best[:hops]
            cycles += 1
            out_ptr[cycles] = size
    return out_ptr[: cycles + 1], rows[: out_ptr[cycles]], spent[:overrun]
