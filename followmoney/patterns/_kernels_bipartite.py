"""Compiled search for `bipartite` and `stack`: layers of accounts most of which pay most of the next."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_TAKEN = -2  # it belongs to the layer


@njit(cache=True, nogil=True)
def layered(
    in_ptr: NDArray[np.int64],
    in_row: NDArray[np.uint32],
    out_ptr: NDArray[np.int64],
    out_row: NDArray[np.uint32],
    payer: NDArray[np.uint32],
    payee: NDArray[np.uint32],
    time: NDArray[np.int64],
    all_ptr: NDArray[np.int64],
    all_time: NDArray[np.int64],
    within: int,
    layers: int,
    sizes: tuple[int, int, int],
    dense: tuple[int, int],
    share: tuple[int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Hits: number, row, layer of each row of evidence; and by hit the row that begins it.

    `payer` stands as in `in_row`, `payee` as in `out_row`. `all_ptr`, `all_time`: times of everything paid into each
    account, in order. `sizes`: least of payers and of payees, most of either. Of the payers of an account, from the one
    with fewest payments on, only what they pay is gone through; who is no longer paid by enough of them is dropped on
    the way.
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
    tag = np.full(2 * len(time), -1, np.int64)  # by row and layer, the hit that first showed it
    shown, level = np.empty(len(time) + 1, np.int64), np.empty(len(time) + 1, np.int64)
    number, row, layer = np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.int64)
    listed, found, mark, step = 0, 0, 0, 0
    seeds = np.empty(64, np.int64)
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
            stop = np.searchsorted(time, until, side="right")
            members, rows = size, 0
            for k in range(size):
                member[k], since[k] = active[k], seed - 1
                used[active[k]] = mark
            for depth in range(layers):
                need = max(payers, -(-members * dense[0] // dense[1]))
                step += 1
                for k in range(members):
                    p = member[k]
                    mine = out_row[out_ptr[p] : out_ptr[p + 1]]
                    low[k] = out_ptr[p] + np.searchsorted(mine, since[k] + 1)
                    high[k] = out_ptr[p] + np.searchsorted(mine, stop)
                    cost[k] = high[k] - low[k]
                    j = k
                    while j > 0 and cost[order[j - 1]] > cost[k]:
                        order[j] = order[j - 1]
                        j -= 1
                    order[j] = k
                known = 0
                for j in range(members):
                    k = order[j]
                    p = member[k]
                    for x in range(low[k], high[k]):
                        c = payee[x]
                        if used[c] == mark:
                            continue
                        if counted[c] != step:
                            if j > members - need:
                                continue
                            counted[c], by[c], ways[c], paid[c], opened[c] = step, -1, 0, 0, stop
                            candidates[known] = c
                            known += 1
                        if by[c] != p:
                            by[c] = p
                            ways[c] += 1
                        paid[c] += 1
                        opened[c] = min(opened[c], out_row[x])
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
                if known < payees:
                    members = 0
                    break
                reached = 0
                for x in range(known):
                    c = candidates[x]
                    if ways[c] < need:
                        continue
                    everything = all_time[all_ptr[c] : all_ptr[c + 1]]
                    total = np.searchsorted(everything, until, side="right") - np.searchsorted(everything, time[seed])
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
                            shown[rows], level[rows] = out_row[x], depth
                            rows += 1
                members = reached
                for k in range(members):
                    member[k], since[k] = other[k], start[k]
                    used[other[k]] = mark
            if members == 0:
                continue
            news = False
            for k in range(rows):
                news = news or tag[2 * shown[k] + level[k]] < 0
                news = news or tag[2 * shown[k] + level[k]] != tag[2 * shown[0] + level[0]]
            if not news:
                continue
            if listed + rows > len(row):
                more = np.empty((3, 2 * (listed + rows)), np.int64)
                more[0, :listed], more[1, :listed], more[2, :listed] = number[:listed], row[:listed], layer[:listed]
                number, row, layer = more[0].copy(), more[1].copy(), more[2].copy()
            for k in range(rows):
                number[listed], row[listed], layer[listed] = found, shown[k], level[k]
                listed += 1
                spot = 2 * shown[k] + level[k]
                tag[spot] = found if tag[spot] < 0 else tag[spot]
            if found == len(seeds):
                longer = np.empty(2 * found, np.int64)
                longer[:found] = seeds
                seeds = longer
            seeds[found] = seed
            found += 1
        for k in range(ahead - left):
            times[payer[left + k]] = 0
    return number[:listed], row[:listed], layer[:listed], seeds[:found]
