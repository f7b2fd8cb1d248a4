"""Compiled search for `cycle`: from every starting transaction the shortest way of its money back to where it was."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from followmoney.graph._kernels_search import Number, first_from

Numbers: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.uint32]
By: TypeAlias = tuple[Numbers, Rows]
"""Pointers by account, and rows in order."""
Near: TypeAlias = tuple[Rows, Rows]
"""For every row the first row that can be next to it on a way, and the row past the last."""
Values: TypeAlias = tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8]]
"""What is debited, in which currency, what is credited, in which currency."""
Bounds: TypeAlias = tuple[int, int, int, int]
"""Two fractions: least and most that a transaction may be of the one before."""
Grid: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Search: TypeAlias = tuple[Grid, Grid, Grid, Grid, np.ndarray[tuple[int, int], np.dtype[np.int32]]]
"""Of a search, for either side (0: ahead, 1: behind): rows as they were reached, hops it took; for every account the
last of them there, for each the one there before it (an old number points to a row of another account); for every row
the number of the root from which it was reached last."""
_LOOKS = 64
"""What is not found among so many is taken to be there: only a search that follows it can tell."""


@register_jitable
def _agrees(b: Number, r: Number, values: Values, bounds: Bounds) -> bool:
    """Whether r can hand on what b credited."""
    paid, got = values[0][r], values[2][b]
    same = values[1][r] == values[3][b]
    return bool(same and paid * bounds[1] >= got * bounds[0] and paid * bounds[3] <= got * bounds[2])


@njit(cache=True, nogil=True)
def places(numbers: NDArray[Any], keys: NDArray[Any], later: int) -> Rows:
    """For each of some ascending keys how many of some ascending numbers are at most `later` above it."""
    found, k = np.empty(len(keys), np.uint32), 0
    for i in range(len(keys)):
        most = np.int64(keys[i]) + later
        while k < len(numbers) and np.int64(numbers[k]) <= most:
            k += 1
        found[i] = k
    return found


@njit(cache=True, nogil=True)
def partnered(
    rows: Rows, account: NDArray[np.uint32], by: By, span: Near, values: Values, bounds: Bounds, later: bool
) -> NDArray[np.bool_]:
    """Of some rows those that have one at the account that agrees (after them, if `later`), from row to row of `span`.

    What is not found in a few looks is taken to be there.
    """
    found = np.zeros(len(rows), np.bool_)
    ptr, row = by
    for i in range(len(rows)):
        x = rows[i]
        high = ptr[account[x] + 1]
        k = first_from(row, ptr[account[x]], high, span[0][x])
        past = k + _LOOKS
        while k < high and row[k] < span[1][x] and not found[i]:
            found[i] = k == past or _agrees(x if later else row[k], row[k] if later else x, values, bounds)
            k += 1
    return found


@register_jitable
def _last(search: Search, side: int, size: int, account: Number, end: NDArray[np.uint32]) -> int:
    """The last that one side of a search reached at an account; -1: none."""
    j = search[2][side, account]
    return j if j < size and end[search[0][side, j]] == account else -1


@register_jitable
def _spread(
    search: Search, side: int, at: int, size: int, count: int, by: By,
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], link: NDArray[np.bool_], lower: Rows,
    values: Values, bounds: Bounds, within: tuple[int, int], number: int, left: int,
) -> tuple[int, bool, int]:  # fmt: skip
    """One hop further on one side, from what it reached last: its new size, whether money can be home, and looks left.

    What is reached is held against what the other side has at its account.
    """
    later = side == 0
    mine, theirs = (ends[1], ends[0]) if later else (ends[0], ends[1])
    root = search[0][0, 0]
    home, top = ends[0][root], ends[1][root]
    ptr, row = by
    met, end = False, size
    for i in range(at, end):
        x, hops = search[0][side, i], search[1][side, i]
        here = mine[x]
        high = ptr[here + 1] if later or here != top else 0
        k = first_from(row, ptr[here], high, max(within[0], lower[x]) if later else within[0])
        while k < high and left >= 0:
            y = np.int64(row[k])
            k, left = k + 1, left - 1
            if y >= within[1] or (not later and hops > 0 and lower[y] > x):
                break
            to = mine[y]
            if hops == 0 or _agrees(x if later else y, y if later else x, values, bounds):
                met = met or (later and to == home)
                if search[4][side, y] != number and to != home and (not later or (to != top and link[y])):
                    search[3][side, size] = _last(search, side, size, to, mine)
                    search[0][side, size], search[1][side, size] = y, hops + 1
                    search[2][side, to], search[4][side, y] = size, number
                    size += 1
                    j = _last(search, 1 - side, count, to, theirs)
                    while j >= 0 and not met:
                        z = search[0][1 - side, j]
                        b, r = (y, z) if later else (z, y)
                        met = r >= lower[b] and _agrees(b, r, values, bounds)
                        j, left = search[3][1 - side, j], left - 1
    return size, met, left


@register_jitable
def _way(
    limit: int, path: Numbers, cursor: Numbers, best: Numbers, search: Search, count: int, known: int, by: By,
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], lower: Rows, values: Values, bounds: Bounds,
    within: tuple[int, int], left: int,
) -> tuple[Number, int]:  # fmt: skip
    """Depth first the best way of `limit` hops from `path[0]` home, into `best`; its last row or -1, and looks left.

    What leads home in up to `known` hops has been reached from behind.
    """
    payer, payee = ends
    (ptr, row), depth, new, closing = by, 0, True, -1
    while depth >= 0 and left >= 0:
        b, hops = path[depth], limit - depth - 1
        here = payee[b]
        if new:
            first = first_from(row, ptr[here], ptr[here + 1], max(within[0], lower[b]))
            cursor[depth] = _last(search, 1, count, here, payer) if hops <= known else first
        j, new, left = cursor[depth], False, left - 1
        r = -1
        if hops <= known and j >= 0:
            r, cursor[depth] = search[0][1, j], search[3][1, j]
            if search[1][1, j] > hops or r < lower[b]:
                continue
        elif hops > known and j < ptr[here + 1] and row[j] < within[1]:
            r, cursor[depth] = np.int64(row[j]), j + 1
        if r < 0:
            depth -= 1
        elif _agrees(b, r, values, bounds) and (payee[r] == payer[path[0]]) == (hops == 1):
            new = hops > 1
            for k in range(depth + 1):
                new = new and payee[path[k]] != payee[r]
            if new:
                depth += 1
                path[depth] = r
            elif hops == 1:
                k = 1
                while k < depth and path[k] == best[k]:
                    k += 1
                if closing < 0 or r < closing or (r == closing and path[k] < best[k]):
                    closing, best[limit - 1] = r, r
                    for k in range(depth + 1):
                        best[k] = path[k]
    return closing, left


@njit(cache=True, nogil=True)
def closed(
    roots: Numbers, beyond: Numbers, lower: Rows, out: tuple[By, By], into: tuple[By, By], link: NDArray[np.bool_],
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], values: Values, bounds: Bounds,
    shortest: int, longest: int, budget: int, search: Search, ways: tuple[Numbers, Numbers, Numbers],
) -> tuple[Numbers, Numbers, Numbers]:  # fmt: skip
    """Pointers and rows of the best cycle of each root that has one, and the roots whose budget of looks ran out.

    First a search from both sides, breadth first and always on the side with fewer transactions to look at, for the
    fewest hops in which money can come back at all, accounts visited twice or not; nearly always there are none. The
    sides meet at accounts: what has come to one is held against what leaves it for home, so that an account with very
    many others is looked through only if nothing is known of its other side. Then depth first for the way with so many
    hops (or one more, and so on) that visits no account twice: that with the earliest return, then the earliest hops.
    `beyond` is for every root the row past the last one in time; `lower` for every row the first that may follow it;
    `out` and `into` are lists as in `_closable.py`; `ends` payers and payees.
    `search` and `ways` are room to work in.
    """
    (payer, payee), (path, cursor, best), reached = ends, ways, search[0]
    out_ptr, rows = np.empty(len(roots) + 1, np.int64), np.empty(64, np.int64)
    out_ptr[0] = 0
    spent = np.empty(len(roots), np.int64)
    cycles, overrun = 0, 0
    for number in range(len(roots)):
        root, within = roots[number], (int(lower[roots[number]]), int(beyond[number]))
        high, row = into[0][0][payer[root] + 1], into[0][1]
        back = first_from(row, into[0][0][payer[root]], high, within[0])
        if back == high or row[back] >= within[1]:
            continue  # nothing comes back in time
        a0, a1, b0, b1, hops, known, left, met = 0, 1, 0, 1, 1, 0, budget, False
        search[1][0, 0], search[2][0, payee[root]], search[3][0, 0], search[4][0, root] = 1, 0, -1, number + 1
        search[1][1, 0], search[2][1, payer[root]], search[3][1, 0] = 0, 0, -1
        reached[0, 0], reached[1, 0] = root, root  # behind it stands for what leaves home
        while not met and a0 < a1 and b0 < b1 and hops + known < longest and left >= 0:
            by, back_by = (out[0], into[0]) if known == 0 else (out[1], into[1])
            cost = 0  # of going on ahead, less that of going on behind
            for at in range(a0, a1):
                cost += by[0][payee[reached[0, at]] + 1] - by[0][payee[reached[0, at]]]
            for at in range(b0, b1):
                cost -= back_by[0][payer[reached[1, at]] + 1] - back_by[0][payer[reached[1, at]]]
            later = cost <= 0
            end, met, left = _spread(
                search, 0 if later else 1, a0 if later else b0, a1 if later else b1, b1 if later else a1,
                by if later else back_by, ends, link, lower, values, bounds, within, number + 1, left,
            )  # fmt: skip
            if later:
                a0, a1, hops = a1, end, hops + 1
            else:
                b0, b1, known = b1, end, known + 1
        limit, closing = max(hops + known, shortest), -1
        while met and closing < 0 and limit <= longest and left >= 0:
            path[0] = root
            closing, left = _way(
                limit, path, cursor, best, search, b1, known, out[0] if known == 0 else out[1], ends, lower, values,
                bounds, within, left,
            )  # fmt: skip
            limit += 1 if closing < 0 else 0
        if left < 0:
            spent[overrun] = root
            overrun += 1
        if closing >= 0:
            end = out_ptr[cycles] + limit
            if end > len(rows):
                more = np.empty(2 * end, np.int64)
                for k in range(out_ptr[cycles]):
                    more[k] = rows[k]
                rows = more
            for k in range(limit):
                rows[out_ptr[cycles] + k] = best[k]
            cycles += 1
            out_ptr[cycles] = end
    return out_ptr[: cycles + 1], rows[: out_ptr[cycles]], spent[:overrun]
