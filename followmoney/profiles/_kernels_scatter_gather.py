"""Compiled count of scatter-gather: an account pays another one through two or more in between."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.graph._kernels_search import first_from
from followmoney.profiles._kernels_places import paid_at
from followmoney.profiles._kernels_room import Integer, room

_FEW = 64  # comparisons that cost less than a search


@njit(cache=True, nogil=True)
def _pays(
    out_ptr: NDArray[np.int64], key: NDArray[np.int64], payer: Integer, payee: Integer, low: Integer, high: Integer
) -> bool:
    """Whether one account paid another one in the rows from `low` to `high`."""
    at = first_from(key, out_ptr[payer], out_ptr[payer + 1], paid_at(payee, low))
    return bool(at < out_ptr[payer + 1] and key[at] <= paid_at(payee, high))


@njit(cache=True, nogil=True)
def through(
    ptrs: NDArray[np.int64],
    row: NDArray[np.int32],
    end: NDArray[np.int32],
    when: NDArray[np.int32],
    there: NDArray[np.int32],
    key: NDArray[np.int64],
    low: NDArray[np.int32],
    side: int,
) -> NDArray[np.int64]:
    """Rows, and through how many accounts, of every scatter-gather that a transaction into its middle completes.

    For a transaction from `u` into the account `v`, every other `w` that `v` paid in the window: how many accounts did
    `u` pay that paid `w`? With `side` 1, everything the other way round: transactions out of `v`. Of the account at the
    far end the shorter list is looked at, and of two ways to get to it the one with fewer looks; a look at a pair is a
    search in `key`.
    """
    ptr, back_ptr, out_ptr, mirrored = ptrs[side], ptrs[1 - side], ptrs[0], side == 1
    accounts = len(ptr) - 1
    found, n = np.empty((1024, 2), np.int64), np.int64(0)
    seen, mark = np.full(accounts, -1, np.int64), np.full(accounts, -1, np.int64)
    often, targets = np.empty(accounts, np.int64), np.empty(accounts, np.int64)
    stamp, one = np.int64(0), np.int64(1)
    for account in range(accounts):
        v = np.int64(account)
        if ptr[v] == ptr[v + 1] or back_ptr[v] == back_ptr[v + 1]:
            continue
        a = b = ptr[v]
        for q in range(back_ptr[v], back_ptr[v + 1]):
            i = np.int64(row[q])
            since = np.int64(low[when[q]])
            while a < ptr[v + 1] and row[a] < since:
                a += 1
            b = max(a, b)
            while b < ptr[v + 1] and row[b] < i:
                b += 1
            u = np.int64(end[q])
            if a == b or u == v:
                continue
            # what u paid in the window: it must have paid somebody else, too
            at = np.int64(there[q, 0])
            u_low, u_high = at, at + 1
            if there[q, 4] >= since:
                u_low = first_from(row, ptr[u], at, since)
            if u_high - u_low == 1:
                continue
            alone = True
            for k in range(u_low, u_high):
                if end[k] != v and end[k] != u:
                    alone = False
                    break
            if alone:
                continue
            found = room(found, n, b - a)
            other_way = b - a > _FEW and u_high - u_low < b - a
            if other_way:
                looks = 0
                for k in range(u_low, u_high):
                    x = np.int64(end[k])
                    looks += 4 + first_from(row, ptr[x], ptr[x + 1], i) - first_from(row, ptr[x], ptr[x + 1], since)
                    if looks > b - a:
                        break
                other_way = looks <= b - a
            if other_way:
                stamp += 1
                many, first = 0, stamp
                mark[u] = mark[v] = first
                for k in range(u_low, u_high):
                    x = np.int64(end[k])
                    if mark[x] == first:
                        continue
                    mark[x] = first
                    stamp += 1
                    for p in range(first_from(row, ptr[x], ptr[x + 1], since), first_from(row, ptr[x], ptr[x + 1], i)):
                        w = np.int64(end[p])
                        if w == u:
                            continue
                        if w == v:
                            continue
                        if seen[w] < first:
                            often[w] = 1
                            targets[many] = w
                            many += 1
                        elif seen[w] != stamp:
                            often[w] += 1
                        seen[w] = stamp
                stamp += 1
                for k in range(many):
                    w = targets[k]
                    if _pays(out_ptr, key, w if mirrored else v, v if mirrored else w, since, i):
                        found = room(found, n, one)
                        found[n, 0], found[n, 1] = i, often[w] + 1
                        n += 1
                continue
            stamp += 1
            round_ = stamp
            seen[u] = seen[v] = round_
            for p in range(a, b):
                w = np.int64(end[p])
                # w received from somebody else in the window, or this is no gathering
                g = np.int64(there[p, 0])
                before, after = there[p, 4] >= since, there[p, 5] < i
                if (not before and not after) or seen[w] >= round_:
                    continue
                stamp += 1
                seen[w] = mark[u] = mark[v] = stamp
                w_low = first_from(row, back_ptr[w], g, since) if before else g
                w_high = first_from(row, g, back_ptr[w + 1], i) if after else g + 1
                count, wide, long = 1, w_high - w_low, u_high - u_low
                if wide * long <= _FEW:
                    for k in range(u_low, u_high):
                        x = np.int64(end[k])
                        if mark[x] == stamp:
                            continue
                        for h in range(w_low, w_high):
                            if end[h] == x:
                                mark[x] = stamp
                                count += 1
                                break
                elif long <= wide:
                    for k in range(u_low, u_high):
                        x = np.int64(end[k])
                        if mark[x] == stamp:
                            continue
                        mark[x] = stamp
                        if _pays(out_ptr, key, w if mirrored else x, x if mirrored else w, since, i):
                            count += 1
                else:
                    for h in range(w_low, w_high):
                        x = np.int64(end[h])
                        if mark[x] == stamp:
                            continue
                        mark[x] = stamp
                        if _pays(out_ptr, key, x if mirrored else u, u if mirrored else x, since, i):
                            count += 1
                if count > 1:
                    found[n, 0], found[n, 1] = i, count
                    n += 1
    return found[:n]
