"""Compiled count of cycles of few transactions in the window, whatever their order."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.graph._kernels_search import first_from
from followmoney.profiles._kernels_places import OFTEN, paid_at
from followmoney.profiles._kernels_room import Integer, room

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
        a = first_from(row, first, a, since)
    while b < last and b - at < _STEPS and row[b] < until:
        b += 1
    if b - at == _STEPS:
        b = first_from(row, b, last, until)
    return a, b


@njit(cache=True, nogil=True)
def _paid(
    key: NDArray[np.int64], first: Integer, last: Integer, payee: Integer, since: Integer, until: Integer
) -> Integer:
    """The first row from `since` to before `until` in which `payee` was paid, among what one account paid; else -1."""
    at = first_from(key, first, last, paid_at(payee, since))
    if at < last and key[at] < paid_at(payee, until):
        return np.int64(key[at] & 0xFFFFFFFF)
    return -1


@njit(cache=True, nogil=True)
def _put(
    side: Integer, y: Integer, i: Integer, steps: Integer, a: Integer, b: Integer, reached: NDArray[np.int32],
    state: NDArray[np.int32], tail: NDArray[np.int64],
) -> None:  # fmt: skip
    """One side has reached account `y` in so many steps; its payments in the window are from place `a` to `b`."""
    k = tail[side]
    reached[side, k, 0], reached[side, k, 1], reached[side, k, 2] = y, a, b
    state[y, side], state[y, 2 + side] = i, steps
    tail[side] = k + 1


@njit(cache=True, nogil=True)
def _reach(
    i: Integer, since: Integer, until: Integer, longest: int, budget: int, ends: NDArray[np.int64],
    ptr: NDArray[np.int64], row: NDArray[np.int32], end: NDArray[np.int32], there: NDArray[np.int32],
    rank: NDArray[np.int32], reached: NDArray[np.int32], state: NDArray[np.int32], tail: NDArray[np.int64],
    head: NDArray[np.int64], level: NDArray[np.int64], cost: NDArray[np.int64],
) -> tuple[Integer, Integer]:  # fmt: skip
    """Level by level from both ends, until together they are as long as may be: the shortest way, and the looks."""
    best, looks, rank_v = longest, np.int64(0), rank[ends[0]]
    while level[0] + level[1] < longest - 1 and head[0] < tail[0] and head[1] < tail[1] and looks <= budget:
        side = 0 if cost[0] <= cost[1] else 1
        other, last, steps = 1 - side, tail[side], level[side] + 1
        target = ends[other]
        cost[side] = 0
        for k in range(head[side], last):
            x, a, b = np.int64(reached[side, k, 0]), np.int64(reached[side, k, 1]), np.int64(reached[side, k, 2])
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
                if state[y, other] == i and steps + state[y, 2 + other] < best:
                    best = steps + state[y, 2 + other]
                if state[y, side] == i:
                    continue
                c, d = _window(row, ptr[side, y], ptr[side, y + 1], np.int64(there[p, 1]), since, i)
                if c < d:
                    _put(side, y, i, steps, c, d, reached, state, tail)
                    cost[side] += d - c
        head[side], level[side] = last, steps
    return best, looks


@njit(cache=True, nogil=True)
def _onward(
    side: Integer, i: Integer, since: Integer, until: Integer, longest: int, ends: NDArray[np.int64],
    back: NDArray[np.int32], onto: NDArray[np.int32], ptr: NDArray[np.int64], row: NDArray[np.int32],
    end: NDArray[np.int32], there: NDArray[np.int32], key: NDArray[np.int64], rank: NDArray[np.int32],
    reached: NDArray[np.int32], state: NDArray[np.int32], tail: NDArray[np.int64], head: NDArray[np.int64],
    level: NDArray[np.int64],
) -> Integer:  # fmt: skip
    """One side goes on, but only where the other has been; the looks."""
    other, steps, looks, k, rank_v = 1 - side, level[side] + 1, np.int64(0), head[side], rank[ends[0]]
    last = tail[side]
    while k < tail[side] and steps < longest:
        if k == last:
            last, steps = tail[side], steps + 1
            continue
        x, a, b = np.int64(reached[side, k, 0]), np.int64(reached[side, k, 1]), np.int64(reached[side, k, 2])
        k += 1
        if x != ends[side] and (state[x, other] != i or state[x, 2] + state[x, 3] >= longest):
            continue
        listed = b - a > OFTEN * tail[other]
        if listed:
            a, b = np.int64(0), tail[other]
        looks += b - a
        for p in range(a, b):
            y = np.int64(reached[other, p, 0] if listed else end[p])
            if state[y, other] != i or state[y, side] == i or y == ends[other]:
                continue
            if state[y, 2 + other] + steps >= longest:
                continue
            limit = until if rank[y if side == 0 else x] >= rank_v else i
            if listed:
                f, t = (x, y) if side == 0 else (y, x)
                r = _paid(key, ptr[0, f], ptr[0, f + 1], t, since, limit)
                if r < 0:
                    continue
                at = np.int64(onto[r, 0] if side == 0 else back[r, 0])
            else:
                if row[p] >= limit:
                    continue
                at = np.int64(there[p, 1])
            c, d = _window(row, ptr[side, y], ptr[side, y + 1], at, since, i)
            if c < d:
                _put(side, y, i, steps, c, d, reached, state, tail)
    return looks


@njit(cache=True, nogil=True)
def _links(
    i: Integer, since: Integer, until: Integer, longest: int, ends: NDArray[np.int64], ptr: NDArray[np.int64],
    row: NDArray[np.int32], end: NDArray[np.int32], key: NDArray[np.int64], rank: NDArray[np.int32],
    reached: NDArray[np.int32], state: NDArray[np.int32], tail: NDArray[np.int64], inner: NDArray[np.int64],
    to: NDArray[np.int64],
) -> tuple[NDArray[np.int64], Integer, Integer]:  # fmt: skip
    """The small graph of all that lies on a cycle, `v` first and `u` last: whom each pays, their number, the looks.

    `inner`: where each was reached and where its payees begin in `to`.
    """
    v, u, rank_v, many = ends[0], ends[1], rank[ends[0]], 1
    state[v, 4], state[v, 5] = i, 0
    inner[0, 0] = 0
    for k in range(1, tail[0]):
        y = reached[0, k, 0]
        if state[y, 1] == i and state[y, 2] + state[y, 3] < longest:
            state[y, 4], state[y, 5] = i, many
            inner[many, 0] = k
            many += 1
    state[u, 4], state[u, 5] = i, many
    links, looks = np.int64(0), np.int64(0)
    for h in range(many):
        k = inner[h, 0]
        x, a, b = np.int64(reached[0, k, 0]), reached[0, k, 1], reached[0, k, 2]
        inner[h, 1] = links
        to = room(to, links, many + 1)
        if b - a <= OFTEN * (many + 1):
            looks += b - a
            for p in range(a, b):
                y = end[p]
                if state[y, 4] != i or y == v or (row[p] >= until and rank[y] >= rank_v):
                    continue
                q = inner[h, 1]
                while q < links and to[q, 0] != state[y, 5]:
                    q += 1
                if q == links:
                    to[links, 0] = state[y, 5]
                    links += 1
        else:
            looks += many
            for g in range(1, many + 1):
                payee = np.int64(reached[0, inner[g, 0], 0]) if g < many else u
                limit = until if rank[payee] >= rank_v else i
                if _paid(key, ptr[0, x], ptr[0, x + 1], payee, since, limit) >= 0:
                    to[links, 0] = g
                    links += 1
    inner[many, 1] = links
    return to, many, looks


@njit(cache=True, nogil=True)
def _ways(
    many: Integer, longest: int, left: Integer, reached: NDArray[np.int32], state: NDArray[np.int32],
    inner: NDArray[np.int64], to: NDArray[np.int64], way: NDArray[np.int64], often: NDArray[np.int64],
) -> Integer:  # fmt: skip
    """Walk every way through the small graph: `often`, how many there are of each length; the looks, `left` at most.

    `way`: by depth who it is and where to go on. `inner` has 1 for those on the way.
    """
    for size in range(longest + 1):
        often[size] = 0
    for h in range(many):
        inner[h, 2] = 0
    depth, looks = 0, np.int64(0)
    way[0, 0] = way[0, 1] = 0
    while depth >= 0 and looks <= left:
        x = way[depth, 0]
        if way[depth, 1] == inner[x + 1, 1]:
            inner[x, 2] = 0
            depth -= 1
            continue
        y = to[way[depth, 1], 0]
        way[depth, 1] += 1
        looks += 1
        if y == many:
            often[depth + 2] += 1
        elif inner[y, 2] == 0 and depth + 1 + state[reached[0, inner[y, 0], 0], 3] < longest:
            depth += 1
            way[depth, 0], way[depth, 1], inner[y, 2] = y, inner[y, 1], 1
    return looks


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
) -> NDArray[np.int64]:
    """Rows, lengths and numbers of the cycles that a transaction closes; length 0 where its budget of looks ran out.

    Level by level from its beneficiary forward and from its originator backward, the side with fewer looks
    first, until both together are as long as a cycle may be. Where they meet, each side goes on inside the other: what
    is then within reach of both is all that lies on a cycle. Its ways are walked in a small graph of its own; of a
    long list only the payments between such accounts are looked up. Side 0 is what an account paid, 1 what it received.
    `back`, `onto`: place and row where an account's other list begins to be later, by transaction.
    """
    accounts, n, none = ptr.shape[1] - 1, np.int64(0), np.int64(0)
    found = np.empty((256, 3), np.int64)
    # of each account, by side: the row for which it was reached, and in how many steps; then, if it is in the small
    # graph of a row, that row and its number there
    state = np.empty((accounts, 6), np.int32)
    for a in range(accounts):
        state[a, 0] = state[a, 1] = state[a, 4] = -1
    reached = np.empty((2, accounts + 2, 3), np.int32)  # by side: the account, its first and its last place
    level, head, tail = np.empty(2, np.int64), np.empty(2, np.int64), np.empty(2, np.int64)
    ends, cost, often = np.empty(2, np.int64), np.empty(2, np.int64), np.empty(longest + 1, np.int64)
    inner, to, way = np.empty((64, 3), np.int64), np.empty((256, 1), np.int64), np.empty((longest + 2, 2), np.int64)
    for i in range(len(originator)):
        ends[0], ends[1] = beneficiary[i], originator[i]
        since, until = np.int64(low[instant[i]]), np.int64(tie[instant[i]])
        if ends[0] == ends[1] or onto[i, 1] < since or back[i, 1] < since:
            continue
        for side in range(2):
            x = ends[side]
            at = np.int64(onto[i, 0] if side == 0 else back[i, 0])
            a, b = _window(row, ptr[side, x], ptr[side, x + 1], at, since, i)
            head[side], tail[side], level[side], cost[side] = 0, 0, 0, b - a
            _put(side, x, i, none, a, b, reached, state, tail)
        best, looks = _reach(
            i, since, until, longest, budget, ends, ptr, row, end, there, rank, reached, state, tail, head, level, cost
        )  # fmt: skip
        if looks <= budget and best > longest - 1:
            continue
        found = room(found, n, longest)
        if looks <= budget:
            for side in range(1, -1, -1):
                looks += _onward(
                    side, i, since, until, longest, ends, back, onto, ptr, row, end, there, key, rank, reached, state,
                    tail, head, level,
                )  # fmt: skip
            inner = room(inner, none, tail[0] + 2)
            to, many, more = _links(
                i, since, until, longest, ends, ptr, row, end, key, rank, reached, state, tail, inner, to
            )
            looks += more
            looks += _ways(many, longest, budget - looks, reached, state, inner, to, way, often)
            for size in range(2, longest + 1):
                if often[size]:
                    found[n, 0], found[n, 1], found[n, 2] = i, size, often[size]
                    n += 1
        if looks > budget:
            found[n, 0], found[n, 1], found[n, 2] = i, 0, 0
            n += 1
    return found[:n]
