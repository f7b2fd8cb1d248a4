"""Compiled search for `scatter_gather`: payments of one account to several, and theirs on to one other, that agree."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_GLANCE = 32  # looks after which a payment is taken to be paid on
_DEAR = 16  # a search in the index of pairs costs about as much as so many looks


@njit(cache=True, nogil=True)
def paid_on(
    in_ptr: NDArray[np.int64],
    in_row: NDArray[np.uint32],
    out_ptr: NDArray[np.int64],
    out_row: NDArray[np.uint32],
    originator: NDArray[np.uint32],
    outside: NDArray[np.bool_],
    time: NDArray[np.int64],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    within: int,
    bounds: tuple[int, int, int, int],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """For every transaction where, in `out_row`, what its beneficiary pays later in the window begins and ends.

    Nothing (both equal) where none of it can agree. `amount` and `currency` stand as in `out_row`. One merge of the two
    sides of each account.
    """
    low, low_of, high, high_of = bounds
    begin, end = np.zeros(len(time), np.uint32), np.zeros(len(time), np.uint32)
    for m in range(len(in_ptr) - 1):
        last = out_ptr[m + 1]
        if outside[m] or out_ptr[m] == last:
            continue
        x, y = out_ptr[m], out_ptr[m]
        for k in range(in_ptr[m], in_ptr[m + 1]):
            r = np.int64(in_row[k])
            while x < last and out_row[x] <= r:
                x += 1
            while y < last and time[out_row[y]] <= time[r] + within:
                y += 1
            if x >= y or outside[originator[r]] or originator[r] == m:
                continue
            some = y - x > _GLANCE
            if not some:
                got, kind = received[r], currency_received[r]
                for z in range(x, y):
                    if currency[z] == kind and amount[z] * low_of >= got * low and amount[z] * high_of <= got * high:
                        some = True
                        break
            if some:
                begin[r], end[r] = x, y
    return begin, end


@njit(cache=True, nogil=True)
def reunited(
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    pair: NDArray[np.uint32],
    payee: NDArray[np.uint32],
    begin: NDArray[np.uint32],
    end: NDArray[np.uint32],
    outside: NDArray[np.bool_],
    time: NDArray[np.int64],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    within: int,
    least: int,
    bounds: tuple[int, int, int, int],
    budget: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of agreeing payments (in, on) of accounts reached from one originator by `least` ways; who was given up on.

    `payee`, `amount` and `currency` stand as in `row`; `pair` has the places in `row`, for each originator by
    beneficiary. Whoever is reached by `least` of the intermediaries of an
    originator is reached by one other than the `least` - 1 costliest: only that one's payments are gone through, and
    for the costliest it is enough to look up whom the others reached. `budget`: looks a transaction of the originator.
    """
    low, low_of, high, high_of = bounds
    accounts = len(ptr) - 1
    cost, named = np.zeros(accounts, np.int64), np.full(accounts, -1, np.int64)
    dear = np.full(accounts, -1, np.int64)
    reached, last = np.full(accounts, -1, np.int64), np.full(accounts, -1, np.int64)
    ways, ends, middle = np.zeros(accounts, np.int64), np.empty(accounts, np.int64), np.empty(accounts, np.int64)
    first, second, found = np.empty(64, np.int64), np.empty(64, np.int64), 0
    spent, overrun = np.empty(accounts, np.int64), 0
    for s in range(accounts):
        if outside[s] or ptr[s + 1] - ptr[s] < least:
            continue
        several = 0
        for k in range(ptr[s], ptr[s + 1]):
            r = row[k]
            m = payee[k]
            if end[r] > begin[r]:
                if named[m] != s:
                    named[m], cost[m], middle[several] = s, 0, m
                    several += 1
                cost[m] += np.int64(end[r]) - np.int64(begin[r])
        if several < least:
            continue
        for _ in range(least - 1):
            most = -1
            for k in range(several):
                m = middle[k]
                if dear[m] != s and (most < 0 or cost[m] > cost[most]):
                    most = m
            dear[most] = s
        mark = found
        known, enough, looks, limit = 0, 0, 0, budget * (ptr[s + 1] - ptr[s])
        for stage in range(4):  # cheap, then dear intermediaries: first count the ways, then note them
            by_dear, noting = stage % 2 == 1, stage > 1
            if (by_dear and known == 0) or (noting and enough == 0) or looks > limit:
                break
            for k in range(ptr[s], ptr[s + 1]):
                r, m = np.int64(row[pair[k]]), np.int64(payee[pair[k]])
                if end[r] == begin[r] or (dear[m] == s) != by_dear:
                    continue
                got, kind, until = received[r], currency_received[r], time[r] + within
                width = np.int64(end[r]) - np.int64(begin[r])
                wanted = enough if noting else known
                look_up = by_dear and width > _DEAR * wanted
                for part in range(wanted if look_up else 1):
                    x, y = np.int64(begin[r]), np.int64(end[r])
                    if look_up:
                        t = ends[part]
                        x, y = ptr[m], ptr[m + 1]
                        while x < y:
                            half = (x + y) // 2
                            if payee[pair[half]] < t:
                                x = half + 1
                            else:
                                y = half
                        y = ptr[m + 1]
                        looks += _DEAR
                    while x < y and looks <= limit:
                        place = np.int64(pair[x]) if look_up else x
                        x += 1
                        looks += 1
                        if look_up and payee[place] != ends[part]:
                            break
                        paid = amount[place]
                        if currency[place] != kind or paid * low_of < got * low or paid * high_of > got * high:
                            continue
                        t, q = np.int64(payee[place]), np.int64(row[place])
                        if look_up and (q <= r or time[q] > until):
                            continue
                        if outside[t] or t in (s, m):
                            continue
                        if not noting:
                            if reached[t] != s:
                                if by_dear:
                                    continue
                                reached[t], ways[t], last[t] = s, 0, -1
                                ends[known] = t
                                known += 1
                            if last[t] != m:
                                last[t] = m
                                ways[t] += 1
                        elif reached[t] == s and ways[t] >= least:
                            if found == len(first):
                                first, second = np.concatenate((first, first)), np.concatenate((second, second))
                            first[found], second[found] = r, q
                            found += 1
            if by_dear and not noting:
                for k in range(known):  # whom enough of them reached comes first
                    if ways[ends[k]] >= least:
                        ends[enough], ends[k] = ends[k], ends[enough]
                        enough += 1
        if looks > limit:
            found = mark
            spent[overrun] = row[ptr[s]]
            overrun += 1
    return first[:found], second[:found], spent[:overrun]
