"""Compiled search for `cycle`: from every starting transaction the shortest way of its money back to where it was."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

_LOOKS = 64
"""What is not found among so many is taken to be there: only a search that follows it can tell."""


@register_jitable
def _from(row: NDArray[np.int64], low: int, high: int, least: int) -> int:
    """Where in `row[low:high]`, which increases, the first is that is at least this."""
    while low < high:
        middle = (low + high) // 2
        if row[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def partnered(
    rows: NDArray[np.int64],
    account: NDArray[np.uint32],
    ptr: NDArray[np.int64],
    row: NDArray[np.int64],
    first: NDArray[np.int64],
    stop: NDArray[np.int64],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    bounds: tuple[int, int, int, int],
    later: bool,
) -> NDArray[np.bool_]:
    """Of some rows those that have, at the account, one that agrees (after them, if `later`) from `first` to `stop`."""
    keep, keep_of, gain, gain_of = bounds
    found = np.zeros(len(rows), np.bool_)
    for i in range(len(rows)):
        x = rows[i]
        high = ptr[account[x] + 1]
        k = _from(row, ptr[account[x]], high, first[x])
        past, end = k + _LOOKS, stop[x]
        while k < high and row[k] < end:
            b, r = (x, row[k]) if later else (row[k], x)
            k += 1
            got, gone = received[b], amount[r]
            fits = currency[r] == currency_received[b] and gone * keep_of >= got * keep and gone * gain_of <= got * gain
            if fits or k == past:
                found[i] = True
                break
    return found


@njit(cache=True, nogil=True)
def closed(
    roots: NDArray[np.int64],
    beyond: NDArray[np.int64],
    lower: NDArray[np.int64],
    upper: NDArray[np.int64],
    out_any: tuple[NDArray[np.int64], NDArray[np.int64]],
    out_link: tuple[NDArray[np.int64], NDArray[np.int64]],
    into_last: tuple[NDArray[np.int64], NDArray[np.int64]],
    into_link: tuple[NDArray[np.int64], NDArray[np.int64]],
    link: NDArray[np.bool_],
    payer: NDArray[np.uint32],
    payee: NDArray[np.uint32],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    shortest: int,
    longest: int,
    bounds: tuple[int, int, int, int],
    budget: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pointers and rows of the best cycle of each root that has one, and the roots whose budget of looks ran out.

    First a search from both sides, breadth first and always on the side with fewer transactions to look at, for the
    fewest hops in which money can come back at all, accounts visited twice or not; nearly always there are none. The
    sides meet at accounts: what has come to one is held against what leaves it for home, so that an account with very
    many others is looked through only if nothing is known of its other side. Then depth first for the way with so many
    hops (or one more, and so on) that visits no account twice: that with the earliest return, then the earliest hops.
    `beyond` is for every root the row past the last one in time; `lower` for every row the first that may follow it,
    `upper` the row past the last that it may follow. Lists are by account, see `_closable.py`.
    `bounds` are two fractions: least and most that the next hop may be of the one before.
    """
    keep, keep_of, gain, gain_of = bounds
    path, cursor, best = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
    out_ptr, rows = np.zeros(len(roots) + 1, np.int64), np.empty(64, np.int64)
    seen, near = np.zeros(len(payer), np.int32), np.zeros(len(payer), np.int32)
    ahead, behind, far = np.empty(budget + 2, np.int64), np.empty(budget + 2, np.int64), np.empty(budget + 2, np.int64)
    # what is known at an account is a list: its head, and for each the next; an old head points to another's
    more_ahead, more_behind = np.empty(budget + 2, np.int64), np.empty(budget + 2, np.int64)
    accounts = len(out_any[0])
    head_ahead, head_behind = np.zeros(accounts, np.int64), np.zeros(accounts, np.int64)
    spent = np.empty(len(roots), np.int64)
    cycles, overrun = 0, 0
    for number in range(len(roots)):
        root, stamp, stop = roots[number], number + 1, beyond[number]
        home, top, start = np.int64(payer[root]), np.int64(payee[root]), lower[root]
        back_from = _from(into_last[1], into_last[0][home], into_last[0][home + 1], start)
        back_to = _from(into_last[1], back_from, into_last[0][home + 1], stop)
        if back_from == back_to:
            continue  # nothing comes back in time
        looks, hops_ahead, hops_back, met = 0, 1, 0, False
        a0, a1, b0, b1 = 0, 1, 0, 0  # the outermost transactions on both sides
        ahead[0], more_ahead[0], head_ahead[top], seen[root] = root, -1, 0, stamp
        while not met and a0 < a1 and (b0 < b1 or hops_back == 0) and hops_ahead + hops_back < longest:
            ptr, row = out_any if hops_back == 0 else out_link
            back_ptr, back_row = into_last if hops_back == 0 else into_link
            cost_ahead, cost_back = 0, back_to - back_from if hops_back == 0 else 0
            for at in range(a0, a1):
                cost_ahead += ptr[payee[ahead[at]] + 1] - ptr[payee[ahead[at]]]
            for at in range(b0, b1):
                cost_back += back_ptr[payer[behind[at]] + 1] - back_ptr[payer[behind[at]]]
            if cost_ahead <= cost_back:
                end = a1
                for at in range(a0, end):
                    b = ahead[at]
                    high = ptr[payee[b] + 1]
                    for k in range(_from(row, ptr[payee[b]], high, max(start, lower[b])), high):
                        r = row[k]
                        looks += 1
                        if r >= stop or looks > budget:
                            break
                        got, gone, to = received[b], amount[r], np.int64(payee[r])
                        if currency[r] != currency_received[b] or gone * keep_of < got * keep:
                            continue
                        if gone * gain_of > got * gain:
                            continue
                        met = met or to == home
                        if seen[r] == stamp or to == home or to == top or not link[r]:  # noqa: PLR1714
                            continue
                        j = head_ahead[to]
                        more_ahead[a1] = j if j < a1 and payee[ahead[j]] == to else -1
                        seen[r], ahead[a1], head_ahead[to] = stamp, r, a1
                        a1 += 1
                        j = head_behind[to]
                        j = j if j < b1 and payer[behind[j]] == to else -1
                        while j >= 0 and not met and looks <= budget:
                            x, got = behind[j], received[r]
                            met = x >= lower[r] and currency[x] == currency_received[r]
                            met = met and amount[x] * keep_of >= got * keep and amount[x] * gain_of <= got * gain
                            j = more_behind[j]
                            looks += 1
                a0 = end
                hops_ahead += 1
            else:
                end = max(b1, 1)
                for at in range(b0, end):
                    r = behind[at]
                    here, high = (home, stop) if hops_back == 0 else (np.int64(payer[r]), min(stop, upper[r]))
                    if here == top:
                        continue
                    for k in range(_from(back_row, back_ptr[here], back_ptr[here + 1], start), back_ptr[here + 1]):
                        b = back_row[k]
                        looks += 1
                        if b >= high or looks > budget:
                            break
                        by = np.int64(payer[b])
                        if by == home or near[b] == stamp:
                            continue
                        if hops_back > 0:
                            got, gone = received[b], amount[r]
                            if currency[r] != currency_received[b] or gone * keep_of < got * keep:
                                continue
                            if gone * gain_of > got * gain:
                                continue
                        j = head_behind[by]
                        more_behind[b1] = j if j < b1 and payer[behind[j]] == by else -1
                        near[b], far[b1], behind[b1], head_behind[by] = stamp, hops_back + 1, b, b1
                        b1 += 1
                        j = head_ahead[by]
                        j = j if j < a1 and payee[ahead[j]] == by else -1
                        while j >= 0 and not met and looks <= budget:
                            x, got = ahead[j], received[ahead[j]]
                            met = b >= lower[x] and currency[b] == currency_received[x]
                            met = met and amount[b] * keep_of >= got * keep and amount[b] * gain_of <= got * gain
                            j = more_ahead[j]
                            looks += 1
                b0 = end if hops_back > 0 else 0
                hops_back += 1
            if looks > budget:
                break
        limit, closing = max(hops_ahead + hops_back, shortest), np.int64(-1)
        while met and closing < 0 and limit <= longest and looks <= budget:
            path[0], depth, new = root, 0, True
            while depth >= 0 and looks <= budget:
                b, left = path[depth], limit - depth - 1
                here, known = np.int64(payee[b]), left <= hops_back  # what leads home in so many hops is known
                ptr, row = out_any if left == 1 else out_link
                if new:
                    j = head_behind[here]
                    j = j if j < b1 and payer[behind[j]] == here else -1
                    cursor[depth] = j if known else _from(row, ptr[here], ptr[here + 1], max(start, lower[b]))
                j, new = cursor[depth], False
                if (known and j < 0) or (not known and (j == ptr[here + 1] or row[j] >= stop)):
                    depth -= 1
                    continue
                r = behind[j] if known else row[j]
                cursor[depth] = more_behind[j] if known else j + 1
                looks += 1
                got, gone, to = received[b], amount[r], np.int64(payee[r])
                if currency[r] != currency_received[b] or gone * keep_of < got * keep or gone * gain_of > got * gain:
                    continue
                if (known and (far[j] > left or r < lower[b])) or (to == home) != (left == 1):
                    continue
                if left > 1:
                    new = True
                    for k in range(depth + 1):
                        new = new and payee[path[k]] != to
                    if new:
                        depth += 1
                        path[depth] = r
                    continue
                better, k = closing < 0 or r < closing, 1
                while r == closing and k < depth and path[k] == best[k]:
                    k += 1
                if better or (r == closing and path[k] < best[k]):
                    closing, best[limit - 1] = r, r
                    best[: depth + 1] = path[: depth + 1]
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
