"""Compiled count of temporal cycles: payments one after the other that bring money back to where it set out."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.graph._kernels_search import first_from
from followmoney.profiles._kernels_places import OFTEN, paid_at
from followmoney.profiles._kernels_room import room


@njit(cache=True, nogil=True)
def returns(
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
    when: NDArray[np.int32],
    there: NDArray[np.int32],
    key: NDArray[np.int64],
    budget: int,
) -> NDArray[np.int64]:
    """Rows and lengths of the temporal cycles that a transaction closes; length 0 where its budget of looks ran out.

    From the transaction's beneficiary forward in time and from its originator backward, the side with fewer looks
    first, until one side is complete or they cannot meet. Then the ways are walked from the other side, only through
    accounts that the complete side says are in time. Of a long list only the payments with such accounts are looked up.
    Side 0 is what an account paid, 1 what it received.
    """
    accounts = ptr.shape[1] - 1
    found, n, one = np.empty((1024, 2), np.int64), np.int64(0), np.int64(1)
    # of each account, by side: the row for which it was reached, whether it waits, its best instant, where to go on
    state, on_way = np.empty((accounts, 8), np.int32), np.full(accounts, -1, np.int64)
    for x in range(accounts):
        state[x, 0] = state[x, 1] = state[x, 2] = state[x, 3] = -1
    queue, known = np.empty((2, accounts + 1), np.int32), np.empty((2, accounts + 1), np.int32)
    head, tail, many = np.empty(2, np.int64), np.empty(2, np.int64), np.empty(2, np.int64)
    looks, ahead = np.empty(2, np.int64), np.empty(2, np.int64)
    way, cursor, bound = (
        np.empty(accounts + 2, np.int64),
        np.empty(accounts + 2, np.int64),
        np.empty(accounts + 2, np.int64),
    )
    listed, shut = np.empty(accounts + 2, np.int64), np.empty(accounts + 2, np.int64)
    for i in range(len(originator)):
        u, v = np.int64(originator[i]), np.int64(beneficiary[i])
        now = instant[i]
        since, until = np.int64(low[now]), np.int64(tie[now])
        if u == v or onto[i, 1] < since or back[i, 1] < since:
            continue
        # what v paid before this instant, and what u received: the first of the one and the last of the other
        b = np.int64(onto[i, 0])
        while b > ptr[0, v] and row[b - 1] >= until:
            b -= 1
        if b == ptr[0, v] or row[b - 1] < since:
            continue
        e = np.int64(back[i, 0])
        while e > ptr[1, u] and row[e - 1] >= until:
            e -= 1
        if e == ptr[1, u] or row[e - 1] < since:
            continue
        latest = when[e - 1]
        a, step = b - 1, np.int64(1)
        while a - step >= ptr[0, v] and row[a - step] >= since:
            a, step = a - step, step * 2
        bottom = max(ptr[0, v] - 1, a - step)  # the first is above it, and not above a
        while a - bottom > 1:
            middle = (a + bottom) >> 1
            if row[middle] >= since:
                a = middle
            else:
                bottom = middle
        if when[a] > latest:
            continue
        first_instant = instant[since] - 1
        ends_of = (v, u)
        for side in range(2):
            x = ends_of[side]
            head[side], tail[side], many[side], looks[side] = 0, 1, 1, 0
            queue[side, 0] = known[side, 0] = x
            state[x, side], state[x, 2 + side] = i, i
        state[v, 4], state[u, 5] = first_instant, now
        state[v, 6], state[u, 7] = a, e - 1
        ahead[0], ahead[1] = b - a, 1
        met, complete = False, -1
        while complete < 0:
            if head[0] == tail[0]:
                complete = 0
                break
            if head[1] == tail[1]:
                complete = 1
                break
            side = 0 if looks[0] + ahead[0] <= looks[1] + ahead[1] else 1
            other, sign = 1 - side, 1 - 2 * side
            x = queue[side, head[side]]
            head[side] = head[side] + 1 if head[side] < accounts else 0
            state[x, 2 + side] = -1
            here, home, target = state[x, 4 + side], ends_of[side], ends_of[other]
            p = np.int64(state[x, 6 + side])
            p -= sign
            while ptr[side, x] <= p + sign < ptr[side, x + 1]:
                p += sign
                if (row[p] >= until) if side == 0 else (row[p] < since):
                    break
                t, y = when[p], end[p]
                looks[side] += 1
                if sign * t <= sign * here or y == home:
                    continue
                if y != target and (there[p, 2] >= until if side == 0 else there[p, 3] < since):
                    continue  # it ends there
                if state[y, other] == i and sign * state[y, 4 + other] > sign * t:
                    met = True
                if y == target or (state[y, side] == i and sign * t >= sign * state[y, 4 + side]):
                    continue
                if state[y, side] != i:
                    state[y, side] = i
                    known[side, many[side]] = y
                    many[side] += 1
                state[y, 4 + side], state[y, 6 + side] = t, there[p, 1] - side
                if state[y, 2 + side] != i:
                    state[y, 2 + side] = i
                    queue[side, tail[side]] = y
                    tail[side] = tail[side] + 1 if tail[side] < accounts else 0
            if looks[0] + looks[1] > budget:
                break
            # how much the next account of this side will be: a few are counted, more are doubled
            if head[side] != tail[side]:
                y = queue[side, head[side]]
                place, step = np.int64(state[y, 6 + side]), np.int64(1)
                while ptr[side, y] <= place + sign * step < ptr[side, y + 1]:
                    r = row[place + sign * step]
                    if (r >= until) if side == 0 else (r < since):
                        break
                    step *= 2
                ahead[side] = step
        if not met and complete >= 0:
            continue
        if complete < 0:
            found = room(found, n, one)
            found[n, 0], found[n, 1] = i, 0
            n += 1
            continue
        side, other = 1 - complete, complete
        sign, home, target = 1 - 2 * side, ends_of[side], ends_of[other]
        depth, work = 0, 0
        way[0], bound[0] = home, first_instant if side == 0 else now
        cursor[0], shut[0], listed[0] = a if side == 0 else e - 1, 0, 0
        on_way[u] = on_way[v] = i
        fresh = True
        while depth >= 0:
            x = np.int64(way[depth])
            if fresh:
                fresh, p, step = False, cursor[depth], np.int64(1)
                while step <= OFTEN * many[other] and ptr[side, x] <= p + sign * step < ptr[side, x + 1]:
                    r = row[p + sign * step]
                    if (r >= until) if side == 0 else (r < since):
                        break
                    step *= 2
                listed[depth] = step > OFTEN * many[other]
                if listed[depth]:
                    cursor[depth] = 0
            deeper = False
            while True:
                p = cursor[depth]
                work += 1
                if listed[depth]:
                    if p == many[other]:
                        break
                    cursor[depth] += 1
                    y = np.int64(known[other, p])
                    if on_way[y] == i and y != target:
                        continue
                    if side == 0:
                        k = first_from(key, ptr[0, x], ptr[0, x + 1], paid_at(y, tie[bound[depth] + 1]))
                        if k == ptr[0, x + 1] or (key[k] >> 32) != y:
                            continue
                        r = key[k] & 0xFFFFFFFF
                        if r >= until:
                            continue
                    else:
                        k = first_from(key, ptr[0, y], ptr[0, y + 1], paid_at(x, tie[bound[depth]])) - 1
                        if k < ptr[0, y] or (key[k] >> 32) != x:
                            continue
                        r = key[k] & 0xFFFFFFFF
                        if r < since:
                            continue
                    t = instant[r]
                    if sign * state[y, 4 + other] <= sign * t:
                        continue
                else:
                    if not ptr[side, x] <= p < ptr[side, x + 1]:
                        break
                    r = np.int64(row[p])
                    if (r >= until) if side == 0 else (r < since):
                        break
                    cursor[depth] += sign
                    t, y = when[p], np.int64(end[p])
                    if sign * t <= sign * bound[depth]:
                        continue
                    if state[y, other] != i or sign * state[y, 4 + other] <= sign * t:
                        continue
                    if y == target:
                        if shut[depth]:
                            continue
                    else:
                        if on_way[y] == i:
                            continue
                        # of several payments to the same account only the first (backward: the last) goes on
                        if side == 0:
                            k = first_from(key, ptr[0, x], ptr[0, x + 1], paid_at(y, tie[bound[depth] + 1]))
                        else:
                            k = first_from(key, ptr[0, y], ptr[0, y + 1], paid_at(x, tie[bound[depth]])) - 1
                        if key[k] & 0xFFFFFFFF != r:
                            continue
                if y == target:
                    shut[depth] = 1
                    found = room(found, n, one)
                    found[n, 0], found[n, 1] = i, depth + 2
                    n += 1
                    continue
                depth += 1
                way[depth], bound[depth], shut[depth], on_way[y] = y, t, 0, i
                # where y goes on from this payment: its own place there
                own = onto[r, 0] if side == 0 else back[r, 0] - 1
                cursor[depth] = own
                deeper = fresh = True
                break
            if not deeper:
                if depth:
                    on_way[x] = -1
                depth -= 1
            if work > budget:
                found = room(found, n, one)
                found[n, 0], found[n, 1] = i, 0
                n += 1
                break
        while depth > 0:
            on_way[way[depth]] = -1
            depth -= 1
    return found[:n]
