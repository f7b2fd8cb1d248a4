"""Compiled search for `cycle`: from every starting transaction the shortest way of its money back to where it was."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray


@register_jitable
def _from(values: NDArray[Any], low: int, high: int, least: int) -> int:
    """Where in `values[low:high]`, which never decrease, the first is that is at least this."""
    while low < high:
        middle = (low + high) // 2
        if values[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@register_jitable
def _first(time: NDArray[np.int64], root: int, before: int, slack: int) -> int:
    """The first row that may follow `before` on a way that starts with `root`."""
    return before + 1 if slack == 0 else _from(time, 0, len(time), max(time[before], time[root]) - slack)


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

    First a search from both sides, breadth first and always on the side with fewer transactions to look at, for the
    fewest hops in which money can come back at all, accounts visited twice or not; nearly always there are none. Then
    depth first, in order, for the way with so many hops (or one more, and so on) that visits no account twice: that
    with the earliest return, then the earliest hops. What the first search knows to be too far from home is left out.
    `bounds` are two fractions: least and most that the next hop may be of the one before.
    """
    keep, keep_of, gain, gain_of = bounds
    path, node = np.empty(longest, np.int64), np.empty(longest, np.int64)
    cursor, best = np.empty(longest, np.int64), np.empty(longest, np.int64)
    out_ptr, rows = np.zeros(len(roots) + 1, np.int64), np.empty(64, np.int64)
    seen, near, far = np.zeros(len(time), np.int32), np.zeros(len(time), np.int32), np.zeros(len(time), np.int32)
    ahead, behind = np.empty(budget + 2, np.int64), np.empty(budget + 2, np.int64)
    spent = np.empty(len(roots), np.int64)
    cycles, overrun = 0, 0
    for number in range(len(roots)):
        root, stamp = roots[number], number + 1
        home, until = np.int64(originator[root]), time[root] + within
        start = _first(time, root, root, slack)
        later = _from(back_row, back_ptr[home], back_ptr[home + 1], start)
        if later == back_ptr[home + 1] or time[back_row[later]] > until:
            continue  # nothing comes back in time
        looks, hops_ahead, hops_back, met = 0, 1, 0, False
        a0, a1, b0, b1 = 0, 1, 0, 1  # the outermost transactions on both sides
        ahead[0], behind[0], seen[root] = root, root, stamp
        cost_ahead = ptr[beneficiary[root] + 1] - ptr[beneficiary[root]]
        cost_back = back_ptr[home + 1] - later
        while not met and a0 < a1 and b0 < b1 and hops_ahead + max(hops_back, 1) <= longest and looks <= budget:
            if cost_ahead <= cost_back:
                cost_ahead, end = 0, a1
                for at in range(a0, end):
                    b = ahead[at]
                    here, got, kind = np.int64(beneficiary[b]), received[b], currency_received[b]
                    low, high = ptr[here], ptr[here + 1]
                    for k in range(_from(row, low, high, _first(time, root, b, slack)), high):
                        r = np.int64(row[k])
                        looks += 1
                        if met or looks > budget or time[r] > until:
                            break
                        if currency[r] != kind or amount[r] * keep_of < got * keep or amount[r] * gain_of > got * gain:
                            continue
                        to = np.int64(beneficiary[r])
                        met = to == home or near[r] == stamp
                        if seen[r] != stamp and to != here and not outside[to]:
                            seen[r], ahead[a1] = stamp, r
                            a1 += 1
                            cost_ahead += ptr[to + 1] - ptr[to]
                a0 = end
                hops_ahead += 0 if met else 1
            else:
                cost_back, end = 0, b1
                for at in range(b0, end):
                    r = behind[at]
                    here = home if hops_back == 0 else np.int64(originator[r])
                    low, high = back_ptr[here], back_ptr[here + 1]
                    first = start if hops_back == 0 or slack > 0 else root
                    for k in range(_from(back_row, low, high, first), high):
                        b = np.int64(back_row[k])
                        looks += 1
                        if met or looks > budget or time[b] > until:
                            break
                        if hops_back > 0:
                            if b >= r if slack == 0 else time[b] > time[r] + slack:
                                break
                            got = received[b]
                            if currency[r] != currency_received[b] or amount[r] * keep_of < got * keep:
                                continue
                            if amount[r] * gain_of > got * gain:
                                continue
                            met = seen[b] == stamp
                        by = np.int64(originator[b])
                        if near[b] != stamp and by != here and by != home and not outside[by]:  # noqa: PLR1714
                            near[b], far[b], behind[b1] = stamp, hops_back + 1, b
                            b1 += 1
                            cost_back += back_ptr[by + 1] - back_ptr[by]
                b0 = end
                hops_back += 0 if met else 1
        limit, closing = max(hops_ahead + max(hops_back, 1), shortest), np.int64(-1)
        while met and closing < 0 and limit <= longest and looks <= budget:
            path[0], node[0], depth = root, beneficiary[root], 0
            low, high = int(ptr[node[0]]), int(ptr[node[0] + 1])
            cursor[0] = _from(row, low, high, start)
            while depth >= 0 and looks <= budget:
                here, end, b = node[depth], ptr[node[depth] + 1], path[depth]
                got, kind, deeper = received[b], currency_received[b], False
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
                    to, left = np.int64(beneficiary[r]), limit - depth - 1
                    if to == home:
                        if left == 1 and (closing < 0 or r < closing):
                            closing = r
                            for k in range(depth + 1):
                                best[k] = path[k]
                            best[depth + 1] = r
                        continue
                    if left == 1 or to == here or outside[to]:
                        continue
                    known = left <= hops_back if near[r] != stamp else far[r] > left  # known to be too far from home
                    for k in range(depth + 1):
                        known = known or node[k] == to
                    if not known:
                        depth += 1
                        path[depth], node[depth] = r, to
                        low, high = ptr[to], ptr[to + 1]
                        cursor[depth] = _from(row, low, high, _first(time, root, int(r), slack))
                        deeper = True
                        break
                if not deeper:
                    depth -= 1
            limit += 1 if closing < 0 else 0
        if looks > budget:
            spent[overrun] = root
            overrun += 1
        if closing >= 0:
            size = out_ptr[cycles] + limit
            if size > len(rows):
                more = np.empty(2 * size, np.int64)
                more[: len(rows)] = rows
                rows = more
            rows[out_ptr[cycles] : size] = best[:limit]
            cycles += 1
            out_ptr[cycles] = size
    return out_ptr[: cycles + 1], rows[: out_ptr[cycles]], spent[:overrun]
