"""Compiled search for `cycle`: from every starting transaction the shortest way of its money back to where it was."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
By: TypeAlias = tuple[Numbers, Numbers]
"""Pointers by account, and rows in order."""
Values: TypeAlias = tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8]]
"""What is debited, in which currency, what is credited, in which currency."""
Bounds: TypeAlias = tuple[int, int, int, int]
"""Two fractions: least and most that a transaction may be of the one before."""
Side: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers, NDArray[np.int32]]
"""Of a search: rows as they were reached, hops it took; for every account the last of them there, for each the one
there before it (an old number points to a row of another account); for every row the root that reached it last."""
_LOOKS = 64
"""What is not found among so many is taken to be there: only a search that follows it can tell."""


@register_jitable
def _from(row: Numbers, low: int, high: int, least: int) -> int:
    """Where in `row[low:high]`, which increases, the first is that is at least this."""
    while low < high:
        middle = (low + high) // 2
        if row[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@register_jitable
def _agrees(b: int, r: int, values: Values, bounds: Bounds) -> bool:
    """Whether r can hand on what b credited."""
    paid, got = values[0][r], values[2][b]
    return values[1][r] == values[3][b] and paid * bounds[1] >= got * bounds[0] and paid * bounds[3] <= got * bounds[2]


@njit(cache=True, nogil=True)
def partnered(
    rows: Numbers, account: NDArray[np.uint32], by: By, span: By, values: Values, bounds: Bounds, later: bool
) -> NDArray[np.bool_]:
    """Of some rows those that have one at the account that agrees (after them, if `later`), from row to row of `span`.

    What is not found in a few looks is taken to be there.
    """
    found = np.zeros(len(rows), np.bool_)
    ptr, row = by
    for i in range(len(rows)):
        x = rows[i]
        high = ptr[account[x] + 1]
        k = _from(row, ptr[account[x]], high, span[0][x])
        past = k + _LOOKS
        while k < high and row[k] < span[1][x] and not found[i]:
            found[i] = k == past or _agrees(x if later else row[k], row[k] if later else x, values, bounds)
            k += 1
    return found


@register_jitable
def _last(side: Side, size: int, account: int, end: NDArray[np.uint32]) -> int:
    """The last that a search reached at an account; -1: none."""
    j = side[2][account]
    return j if j < size and end[side[0][j]] == account else -1


@register_jitable
def _put(
    y: int, hops: int, later: bool, side: Side, size: int, other: Side, count: int,
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], lower: Numbers, values: Values, bounds: Bounds, root: int,
) -> tuple[bool, int]:  # fmt: skip
    """Put a row at the end of one side, and hold it against what the other has at its account: whether they meet."""
    mine, theirs = (ends[1], ends[0]) if later else (ends[0], ends[1])
    account = mine[y]
    side[3][size] = _last(side, size, account, mine)
    side[0][size], side[1][size], side[2][account], side[4][y] = y, hops, size, root
    j, looks, met = _last(other, count, account, theirs), 0, False
    while j >= 0 and not met:
        b, r = (y, other[0][j]) if later else (other[0][j], y)
        met = r >= lower[b] and _agrees(b, r, values, bounds)
        j = other[3][j]
        looks += 1
    return met, looks


@register_jitable
def _spread(
    later: bool, at: int, side: Side, size: int, other: Side, count: int, by: By,
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], link: NDArray[np.bool_], lower: Numbers,
    values: Values, bounds: Bounds, within: tuple[int, int], root: int, row_of: int, left: int,
) -> tuple[int, bool, int]:  # fmt: skip
    """One hop further on one side, from what it reached last: its new size, whether money is home, and looks left."""
    mine = ends[1] if later else ends[0]
    home, top = ends[0][row_of], ends[1][row_of]
    ptr, row = by
    met, end = False, size
    for i in range(at, end):
        x = side[0][i]
        here = mine[x]
        if here == top and not later:
            continue
        high = ptr[here + 1]
        k = _from(row, ptr[here], high, max(within[0], lower[x]) if later else within[0])
        while k < high and left >= 0:
            y = row[k]
            k, left = k + 1, left - 1
            if y >= within[1] or (not later and lower[y] > x):
                break
            if _agrees(x if later else y, y if later else x, values, bounds):
                to = mine[y]
                met = met or (later and to == home)
                if side[4][y] != root and to != home and (not later or (to != top and link[y])):
                    meets, looks = _put(
                        y, side[1][i] + 1, later, side, size, other, count, ends, lower, values, bounds, root
                    )
                    size, met, left = size + 1, met or meets, left - looks
    return size, met, left


@register_jitable
def _way(
    limit: int, path: Numbers, cursor: Numbers, best: Numbers, behind: Side, count: int, known: int, by: By,
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], lower: Numbers, values: Values, bounds: Bounds,
    within: tuple[int, int], left: int,
) -> tuple[int, int]:  # fmt: skip
    """Depth first the best way of `limit` hops from `path[0]` home, into `best`; its last row or -1, and looks left.

    What leads home in up to `known` hops has been reached from behind.
    """
    payer, payee = ends
    (ptr, row), depth, new, closing = by, 0, True, -1
    while depth >= 0 and left >= 0:
        b, hops = path[depth], limit - depth - 1
        here = payee[b]
        if new:
            first = _from(row, ptr[here], ptr[here + 1], max(within[0], lower[b]))
            cursor[depth] = _last(behind, count, here, payer) if hops <= known else first
        j, new, left = cursor[depth], False, left - 1
        r = -1
        if hops <= known and j >= 0:
            r, cursor[depth] = behind[0][j], behind[3][j]
            if behind[1][j] > hops or r < lower[b]:
                continue
        elif hops > known and j < ptr[here + 1] and row[j] < within[1]:
            r, cursor[depth] = row[j], j + 1
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
                    best[: depth + 1] = path[: depth + 1]
    return closing, left


@njit(cache=True, nogil=True)
def closed(
    roots: Numbers, beyond: Numbers, lower: Numbers, out: tuple[By, By], into: tuple[By, By], link: NDArray[np.bool_],
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]], values: Values, bounds: Bounds,
    shortest: int, longest: int, budget: int,
) -> tuple[Numbers, Numbers, Numbers]:  # fmt: skip
    """Pointers and rows of the best cycle of each root that has one, and the roots whose budget of looks ran out.

    First a search from both sides, breadth first and always on the side with fewer transactions to look at, for the
    fewest hops in which money can come back at all, accounts visited twice or not; nearly always there are none. The
    sides meet at accounts: what has come to one is held against what leaves it for home, so that an account with very
    many others is looked through only if nothing is known of its other side. Then depth first for the way with so many
    hops (or one more, and so on) that visits no account twice: that with the earliest return, then the earliest hops.
    `beyond` is for every root the row past the last one in time; `lower` for every row the first that may follow it;
    `out` and `into` are lists as in `_closable.py`; `ends` payers and payees.
    """
    payer, payee = ends
    path, cursor, best = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
    out_ptr, rows = np.zeros(len(roots) + 1, np.int64), np.empty(64, np.int64)
    room, accounts, size = budget + 2, len(into[0][0]), len(payer)
    ahead = (
        np.empty(room, np.int64), np.empty(room, np.int64), np.zeros(accounts, np.int64), np.empty(room, np.int64),
        np.zeros(size, np.int32),
    )  # fmt: skip
    behind = (
        np.empty(room, np.int64), np.empty(room, np.int64), np.zeros(accounts, np.int64), np.empty(room, np.int64),
        np.zeros(size, np.int32),
    )  # fmt: skip
    spent = np.empty(len(roots), np.int64)
    cycles, overrun = 0, 0
    for number in range(len(roots)):
        root, stamp, start, stop = roots[number], number + 1, lower[roots[number]], beyond[number]
        home, row = payer[root], into[0][1]
        back = _from(row, into[0][0][home], into[0][0][home + 1], start)
        back_to = _from(row, back, into[0][0][home + 1], stop)
        if back == back_to:
            continue  # nothing comes back in time
        a0, a1, b0, b1, hops, known, left, met = 0, 1, 0, 0, 1, 0, budget, False
        _put(root, 1, True, ahead, 0, behind, 0, ends, lower, values, bounds, stamp)
        while not met and a0 < a1 and (known == 0 or b0 < b1) and hops + known < longest and left >= 0:
            by = out[0] if known == 0 else out[1]
            cost_ahead, cost_back = 0, back_to - back if known == 0 else 0
            for at in range(a0, a1):
                cost_ahead += by[0][payee[ahead[0][at]] + 1] - by[0][payee[ahead[0][at]]]
            for at in range(b0, b1):
                cost_back += into[1][0][payer[behind[0][at]] + 1] - into[1][0][payer[behind[0][at]]]
            if cost_ahead <= cost_back:
                at, a0, hops = a0, a1, hops + 1
                a1, met, left = _spread(
                    True, at, ahead, a1, behind, b1, by, ends, link, lower, values, bounds, (start, stop), stamp, root,
                    left,
                )  # fmt: skip
            elif known > 0:
                at, b0, known = b0, b1, known + 1
                b1, met, left = _spread(
                    False, at, behind, b1, ahead, a1, into[1], ends, link, lower, values, bounds, (start, stop), stamp,
                    root, left,
                )  # fmt: skip
            else:
                known, left = 1, left - int(back_to - back)
                while back < back_to and left >= 0:
                    meets, looks = _put(
                        row[back], 1, False, behind, b1, ahead, a1, ends, lower, values, bounds, stamp
                    )  # fmt: skip
                    back, b1, met, left = back + 1, b1 + 1, met or meets, left - looks
        limit, closing = max(hops + known, shortest), -1
        while met and closing < 0 and limit <= longest and left >= 0:
            path[0] = root
            closing, left = _way(
                limit, path, cursor, best, behind, b1, known, out[0] if known == 0 else out[1], ends, lower, values,
                bounds, (start, stop), left,
            )  # fmt: skip
            limit += 1 if closing < 0 else 0
        if left < 0:
            spent[overrun] = root
            overrun += 1
        if closing >= 0:
            end = out_ptr[cycles] + limit
            if end > len(rows):
                more = np.empty(2 * end, np.int64)
                more[: len(rows)] = rows
                rows = more
            rows[out_ptr[cycles] : end] = best[:limit]
            cycles += 1
            out_ptr[cycles] = end
    return out_ptr[: cycles + 1], rows[: out_ptr[cycles]], spent[:overrun]
