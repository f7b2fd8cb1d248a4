"""Compiled count of cycles of few transactions in the window, whatever their order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Integer = int | np.signedinteger[Any]

_OFTEN = 8  # a list is scanned unless it is so many times longer than the accounts to look for
_STEPS = 8  # places looked at one by one before the list is halved


@njit(cache=True, nogil=True)
def _window(
    row: NDArray[np.int32], first: Integer, last: Integer, at: Integer, since: Integer, until: Integer
) -> tuple[Integer, Integer]:
    """The places around `at`, within `first` and `last`, whose rows are from `since` to before `until`."""
    a = b = at
    while a > first and at - a < _STEPS and row[a - 1] >= since:
        a -= 1
    if at - a == _STEPS:
        low = first
        while low < a:
            middle = (low + a) >> 1
            if row[middle] < since:
                low = middle + 1
            else:
                a = middle
    while b < last and b - at < _STEPS and row[b] < until:
        b += 1
    if b - at == _STEPS:
        high = last
        while b < high:
            middle = (b + high) >> 1
            if row[middle] < until:
                b = middle + 1
            else:
                high = middle
    return a, b


@njit(cache=True, nogil=True)
def _paid(
    key: NDArray[np.int64], first: Integer, last: Integer, payee: Integer, since: Integer, until: Integer
) -> Integer:
    """The first row from `since` to before `until` in which `payee` was paid, among what one account paid; else -1."""
    low, high, wanted = first, last, (np.int64(payee) << 32) | np.int64(since)
    while low < high:
        middle = (low + high) >> 1
        if key[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < last and key[low] < ((np.int64(payee) << 32) | np.int64(until)):
        return key[low] & 0xFFFFFFFF
    return -1


@njit(cache=True, nogil=True)
def cycles(
    originator: NDArray[np.uint32],
    beneficiary: NDArray[np.uint32],
    instant: NDArray[np.int32],
    tie: NDArray[np.int32],
    low: NDArray[np.int32],
    back: NDArray[np.int32],
    onto: NDArray[np.int32],
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    end: NDArray[np.int32],
    there: NDArray[np.int32],
    key: NDArray[np.int64],
    rank: NDArray[np.int32],
    longest: int,
    budget: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Rows, lengths and numbers of the cycles that a transaction closes, and the rows whose budget of looks ran out.

    Level by level from its beneficiary forward and from its originator backward, the side with fewer looks
    first, until both together are as long as a cycle may be. Where they meet, each side goes on inside the other: what
    is then within reach of both is all that lies on a cycle. Its ways are walked in a small graph of its own; of a
    long list only the payments between such accounts are looked up. Side 0 is what an account paid, 1 what it received.
    `back`, `onto`: place and row where an account's other list begins to be later, by transaction.
    """
    accounts = ptr.shape[1] - 1
    found, sizes, counts, n = np.empty(256, np.int64), np.empty(256, np.int32), np.empty(256, np.int64), 0
    spent, overrun = np.empty(16, np.int64), 0
    # of each account, by side: the row for which it was reached, and in how many steps; then, if it is in the small
    # graph of a row, that row and its number there
    state = np.full((accounts, 8), -1, np.int32)
    queue = np.empty((2, accounts + 2), np.int32)
    begin, stop = np.empty((2, accounts + 2), np.int32), np.empty((2, accounts + 2), np.int32)
    level, head, tail, cost = np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.int64), np.zeros(2, np.int64)
    inner, to, starts = np.empty(64, np.int32), np.empty(256, np.int32), np.empty(65, np.int64)
    way, cursor, on_way = np.empty(longest + 2, np.int64), np.empty(longest + 2, np.int64), np.zeros(64, np.int8)
    often = np.zeros(longest + 1, np.int64)
    for i in range(len(originator)):
        u, v = np.int64(originator[i]), np.int64(beneficiary[i])
        since = np.int64(low[instant[i]])
        if u == v or onto[i, 1] < since or back[i, 1] < since:
            continue
        until, rank_v = np.int64(tie[instant[i]]), rank[v]
        ends_of = (v, u)
        for side in range(2):
            x = ends_of[side]
            at = np.int64(onto[i, 0]) if side == 0 else np.int64(back[i, 0])
            a, b = _window(row, ptr[side, x], ptr[side, x + 1], at, since, i)
            queue[side, 0], begin[side, 0], stop[side, 0] = x, a, b
            state[x, side], state[x, 2 + side] = i, 0
            head[side], tail[side], level[side], cost[side] = 0, 1, 0, b - a
        best, looks = longest, 0
        while level[0] + level[1] < longest - 1 and head[0] < tail[0] and head[1] < tail[1] and looks <= budget:
            side = 0 if cost[0] <= cost[1] else 1
            other, target = 1 - side, ends_of[1 - side]
            last, steps = tail[side], level[side] + 1
            cost[side] = 0
            while head[side] < last:
                x = queue[side, head[side]]
                a, b = begin[side, head[side]], stop[side, head[side]]
                head[side] += 1
                looks += b - a
                for p in range(a, b):
                    y = np.int64(end[p])
                    if row[p] >= until and rank[y if side == 0 else x] >= rank_v:
                        continue
                    if y == target:
                        best = min(best, steps)
                        continue
                    if there[p, 2] >= i and there[p, 3] < since:
                        continue  # it ends there
                    if state[y, other] == i:
                        best = min(best, steps + state[y, 2 + other])
                    if state[y, side] == i:
                        continue
                    c, d = _window(row, ptr[side, y], ptr[side, y + 1], np.int64(there[p, 1]), since, i)
                    if c == d:
                        continue
                    k = tail[side]
                    queue[side, k], begin[side, k], stop[side, k] = y, c, d
                    tail[side] += 1
                    state[y, side], state[y, 2 + side] = i, steps
                    cost[side] += d - c
            level[side] = steps
        if looks > budget:
            if overrun == len(spent):
                spent = np.concatenate((spent, np.empty(overrun, np.int64)))
            spent[overrun] = i
            overrun += 1
            continue
        if best > longest - 1:
            continue
        # each side goes on, but only where the other has been
        for side in (1, 0):
            other, steps, last = 1 - side, level[side] + 1, tail[side]
            while head[side] < last and steps < longest:
                while head[side] < last:
                    k = head[side]
                    head[side] += 1
                    x = queue[side, k]
                    if x != ends_of[side] and (state[x, other] != i or state[x, 2] + state[x, 3] >= longest):
                        continue
                    a, b = begin[side, k], stop[side, k]
                    listed = b - a > _OFTEN * tail[other]
                    if listed:
                        a, b = 0, tail[other]
                    looks += b - a
                    for p in range(a, b):
                        y = np.int64(queue[other, p] if listed else end[p])
                        if state[y, other] != i or state[y, side] == i or y == ends_of[other]:
                            continue
                        if state[y, 2 + other] + steps >= longest:
                            continue
                        limit = until if rank[y if side == 0 else x] >= rank_v else i
                        if listed:
                            f, t = (x, y) if side == 0 else (y, x)
                            r = _paid(key, ptr[0, f], ptr[0, f + 1], t, since, limit)
                            if r < 0:
                                continue
                            at = onto[r, 0] if side == 0 else back[r, 0]
                        else:
                            if row[p] >= limit:
                                continue
                            at = there[p, 1]
                        c, d = _window(row, ptr[side, y], ptr[side, y + 1], np.int64(at), since, i)
                        if c == d:
                            continue
                        free = tail[side]
                        queue[side, free], begin[side, free], stop[side, free] = y, c, d
                        tail[side] += 1
                        state[y, side], state[y, 2 + side] = i, steps
                last, steps = tail[side], steps + 1
        # the small graph: v first, u last
        many = 1
        if tail[0] + 2 > len(inner):
            inner, starts = np.empty(2 * tail[0] + 2, np.int32), np.empty(2 * tail[0] + 3, np.int64)
            on_way = np.zeros(2 * tail[0] + 2, np.int8)
        inner[0] = 0
        state[v, 4], state[v, 5] = i, 0
        for k in range(1, tail[0]):
            y = queue[0, k]
            if state[y, 1] == i and state[y, 2] + state[y, 3] < longest:
                state[y, 4], state[y, 5] = i, many
                inner[many] = k
                many += 1
        state[u, 4], state[u, 5] = i, many
        links = 0
        for h in range(many):
            k = inner[h]
            x = np.int64(queue[0, k])
            starts[h] = links
            if links + many + 1 > len(to):
                wider = np.empty(2 * (links + many + 1), np.int32)
                wider[:links] = to[:links]
                to = wider
            if stop[0, k] - begin[0, k] <= _OFTEN * (many + 1):
                looks += stop[0, k] - begin[0, k]
                for p in range(begin[0, k], stop[0, k]):
                    y = np.int64(end[p])
                    if state[y, 4] != i or y == v or (row[p] >= until and rank[y] >= rank_v):
                        continue
                    known = False
                    for q in range(starts[h], links):
                        known = known or to[q] == state[y, 5]
                    if not known:
                        to[links] = state[y, 5]
                        links += 1
            else:
                looks += many
                for g in range(1, many + 1):
                    y = np.int64(queue[0, inner[g]]) if g < many else u
                    limit = until if rank[y] >= rank_v else i
                    if _paid(key, ptr[0, x], ptr[0, x + 1], y, since, limit) >= 0:
                        to[links] = g
                        links += 1
        starts[many] = links
        # every way through it
        often[:] = 0
        depth = 0
        way[0], cursor[0] = 0, 0
        while depth >= 0 and looks <= budget:
            x = way[depth]
            deeper = False
            while cursor[depth] < starts[x + 1]:
                y = to[cursor[depth]]
                cursor[depth] += 1
                looks += 1
                if y == many:
                    often[depth + 2] += 1
                elif not on_way[y] and depth + 1 + state[queue[0, inner[y]], 3] < longest:
                    depth += 1
                    way[depth], cursor[depth], on_way[y] = y, starts[y], 1
                    deeper = True
                    break
            if not deeper:
                on_way[x] = 0
                depth -= 1
        while depth >= 0:
            on_way[way[depth]] = 0
            depth -= 1
        if looks > budget:
            if overrun == len(spent):
                spent = np.concatenate((spent, np.empty(overrun, np.int64)))
            spent[overrun] = i
            overrun += 1
        if n + longest > len(found):
            found, sizes = (
                np.concatenate((found, np.empty(n, np.int64))),
                np.concatenate((sizes, np.empty(n, np.int32))),
            )
            counts = np.concatenate((counts, np.empty(n, np.int64)))
        for size in range(2, longest + 1):
            if often[size]:
                found[n], sizes[n], counts[n] = i, size, often[size]
                n += 1
    return found[:n], sizes[:n], counts[:n], spent[:overrun]
