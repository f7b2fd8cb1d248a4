"""Compiled search for `bipartite` and `stack`: layers of accounts most of which pay most of the next."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_TAKEN = -2  # it belongs to the layer
_DEAR = 16  # a search in the index of pairs costs about as much as so many looks


@njit(cache=True, nogil=True)
def layered(
    in_ptr: NDArray[np.int64],
    in_row: NDArray[np.uint32],
    out_ptr: NDArray[np.int64],
    out_row: NDArray[np.uint32],
    payer: NDArray[np.uint32],
    payee: NDArray[np.uint32],
    pair: NDArray[np.uint32],
    time: NDArray[np.int64],
    all_ptr: NDArray[np.int64],
    all_row: NDArray[np.uint32],
    all_time: NDArray[np.int64],
    within: int,
    layers: int,
    sizes: tuple[int, int, int],
    dense: tuple[int, int],
    share: tuple[int, int],
    budget: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Evidence of all hits (twice the row, plus its layer), by hit where it ends and its first row; who was given up.

    `payer` stands as in `in_row`, `payee` as in `out_row`. `all_ptr`, `all_row`: everything paid into each account, in
    order, whose times are in `all_time`. `sizes`: least of payers and of payees, most of either. Of the payers of an
    account, from the one with fewest payments on, only what they pay is gone through; who is no longer paid by enough
    of them is dropped on the way; and once that is few, payers of many are only asked for these (`pair`: places in
    `out_row`, for each originator by payee). `budget`: looks from one payment that begins a window.
    """
    payers, payees, most = sizes
    accounts = len(in_ptr) - 1
    member, since = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    order, cost = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    low, high = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    other, start = np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
    times, place = np.zeros(accounts, np.int64), np.zeros(accounts, np.int64)
    counted, by = np.full(accounts, -1, np.int64), np.full(accounts, -1, np.int64)
    ways, used = np.zeros(accounts, np.int64), np.full(accounts, -1, np.int64)
    paid, opened = np.zeros(accounts, np.int64), np.zeros(accounts, np.int64)
    candidates = np.empty(accounts, np.int64)
    tag = np.full(2 * len(time), -1, np.int32)  # by row and layer, the hit that first showed it
    shown, evidence = np.empty(64, np.int64), np.empty(64, np.int64)
    seeds, ends = np.empty(64, np.int64), np.empty(64, np.int64)
    spent = np.empty(64, np.int64)
    listed, found, mark, step, overrun = 0, 0, 0, 0, 0
    for b in range(accounts):
        left, right = in_ptr[b], in_ptr[b + 1]
        if right - left < payers:
            continue
        active = np.empty(right - left, np.int64)
        size, ahead = 0, left
        for i in range(left, right):
            seed = np.int64(in_row[i])
            if i > left:  # the payment before leaves the window
                p = payer[i - 1]
                times[p] -= 1
                if times[p] == 0:
                    size -= 1
                    active[place[p]] = active[size]
                    place[active[size]] = place[p]
            until = time[seed] + within
            while ahead < right and time[in_row[ahead]] <= until:
                p = payer[ahead]
                if times[p] == 0:
                    active[size], place[p] = p, size
                    size += 1
                times[p] += 1
                ahead += 1
            if size < payers or size > most:
                continue
            mark += 1
            members, rows, looks = size, 0, 0
            for k in range(size):
                member[k], since[k] = active[k], seed - 1
                used[active[k]] = mark
            for depth in range(layers):
                need = max(payers, -(-members * dense[0] // dense[1]))
                step += 1
                for k in range(members):
                    p = member[k]
                    x, y = out_ptr[p], out_ptr[p + 1]
                    while x < y:
                        half = (x + y) // 2
                        if out_row[half] <= since[k]:
                            x = half + 1
                        else:
                            y = half
                    low[k], y = x, out_ptr[p + 1]
                    while x < y:
                        half = (x + y) // 2
                        if time[out_row[half]] <= until:
                            x = half + 1
                        else:
                            y = half
                    high[k], cost[k] = x, x - low[k]
                    j = k
                    while j > 0 and cost[order[j - 1]] > cost[k]:
                        order[j] = order[j - 1]
                        j -= 1
                    order[j] = k
                known = 0
                for j in range(members):
                    k = order[j]
                    p = member[k]
                    look_up = j > members - need and cost[k] > _DEAR * known
                    looks += _DEAR * known if look_up else cost[k]
                    if looks > budget:
                        break
                    for part in range(known if look_up else 1):
                        x, y = low[k], high[k]
                        if look_up:
                            x, y = out_ptr[p], out_ptr[p + 1]
                            while x < y:
                                half = (x + y) // 2
                                if payee[pair[half]] < candidates[part]:
                                    x = half + 1
                                else:
                                    y = half
                            y = out_ptr[p + 1]
                        while x < y:
                            at = np.int64(pair[x]) if look_up else x
                            c = np.int64(payee[at])
                            x += 1
                            if look_up and c != candidates[part]:
                                break
                            if used[c] == mark or at < low[k] or at >= high[k]:
                                continue
                            if counted[c] != step:
                                if j > members - need:
                                    continue
                                counted[c], by[c], ways[c], paid[c], opened[c] = step, -1, 0, 0, len(time)
                                candidates[known] = c
                                known += 1
                            if by[c] != p:
                                by[c] = p
                                ways[c] += 1
                            paid[c] += 1
                            opened[c] = min(opened[c], np.int64(out_row[at]))
                    if j > members - need:
                        kept = 0
                        for x in range(known):
                            c = candidates[x]
                            if ways[c] >= need - (members - 1 - j):
                                candidates[kept] = c
                                kept += 1
                            else:
                                counted[c] = -1
                        known = kept
                    if j >= members - need and known < payees:
                        break
                if known < payees or looks > budget:
                    members = 0
                    break
                reached = 0
                for z in range(known):
                    c = candidates[z]
                    if ways[c] < need:
                        continue
                    x, y = all_ptr[c], all_ptr[c + 1]
                    while x < y:
                        half = (x + y) // 2
                        if all_time[all_row[half]] < time[seed]:
                            x = half + 1
                        else:
                            y = half
                    total, y = -x, all_ptr[c + 1]
                    while x < y:
                        half = (x + y) // 2
                        if all_time[all_row[half]] <= until:
                            x = half + 1
                        else:
                            y = half
                    total += x
                    if paid[c] * share[1] >= total * share[0]:
                        by[c] = _TAKEN
                        if reached <= most:
                            other[reached], start[reached] = c, opened[c]
                        reached += 1
                if reached < payees or reached > most or (depth == 0 and (counted[b] != step or by[b] != _TAKEN)):
                    members = 0
                    break
                for k in range(members):
                    for x in range(low[k], high[k]):
                        if counted[payee[x]] == step and by[payee[x]] == _TAKEN:
                            if rows == len(shown):
                                shown = np.concatenate((shown, shown))
                            shown[rows] = 2 * np.int64(out_row[x]) + depth
                            rows += 1
                members = reached
                for k in range(members):
                    member[k], since[k] = other[k], start[k]
                    used[other[k]] = mark
            if looks > budget:
                if overrun == len(spent):
                    spent = np.concatenate((spent, spent))
                spent[overrun] = seed
                overrun += 1
            if members == 0:
                continue
            news = False
            for k in range(rows):
                news = news or tag[shown[k]] < 0 or tag[shown[k]] != tag[shown[0]]
            if not news:
                continue
            while listed + rows > len(evidence):
                evidence = np.concatenate((evidence, evidence))
            if found == len(seeds):
                seeds, ends = np.concatenate((seeds, seeds)), np.concatenate((ends, ends))
            for k in range(rows):
                evidence[listed] = shown[k]
                tag[shown[k]] = found if tag[shown[k]] < 0 else tag[shown[k]]
                listed += 1
            seeds[found], ends[found] = seed, listed
            found += 1
        for k in range(ahead - left):
            times[payer[left + k]] = 0
    return evidence[:listed], ends[:found], seeds[:found], spent[:overrun]
