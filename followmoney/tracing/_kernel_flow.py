"""Flows of claim money over a cone: a first one in one sweep, and the change that brings most into, or out of, a set.

Arcs stand in pairs: `cap[2k]` is what arc k can still take, `cap[2k + 1]` what flows over it. All integers, exact.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Money = NDArray[np.int64]

_MOST = 1 << 62


@njit(cache=True, nogil=True)
def link(tail: Ints, head: Ints, ptr: Ints, arc: Ints) -> None:
    """For every vertex, the half-arcs that leave it: `arc[ptr[v]:ptr[v + 1]]`, in order. `ptr` starts as zeros."""
    for k in range(len(tail)):
        ptr[tail[k] + 1] += 1
        ptr[head[k] + 1] += 1
    for v in range(len(ptr) - 1):
        ptr[v + 1] += ptr[v]
    place = ptr[:-1].copy()
    for k in range(len(tail)):
        arc[place[tail[k]]] = 2 * k
        place[tail[k]] += 1
        arc[place[head[k]]] = 2 * k + 1
        place[head[k]] += 1


@njit(cache=True, nogil=True)
def towards(tail: Ints, head: Ints, source: int, side: NDArray[np.uint8], want: Money, rest: Money, cap: Money) -> None:
    """A first flow: send every claim on, from arc to arc in order, to ends with `side` 1 as far as a first look tells.

    `want` (what a vertex can hand on to such ends) and `rest` (what its later arcs can take) start as zeros, and `want`
    ends as what could not go on, which is zero at a vertex that is no end.
    """
    for k in range(len(tail) - 1, -1, -1):
        u, v = tail[k], head[k]
        room = cap[2 * k]
        rest[u] += room
        if side[v] == 0:
            room = min(room, want[v])
        elif side[v] == 2:
            room = 0
        want[u] = min(want[u] + room, _MOST)
    wanted = want.copy()
    want[:] = 0
    for k in range(len(tail)):
        u, v = tail[k], head[k]
        room = cap[2 * k]
        part = room
        if u != source:
            rest[u] -= room
            part = min(want[u], room)
            if side[v] != 1:
                useful = max(0, wanted[v] - want[v]) if side[v] == 0 else 0
                part = min(part, max(useful, want[u] - rest[u]))
            want[u] -= part
        cap[2 * k] -= part
        cap[2 * k + 1] += part
        want[v] += part


@njit(cache=True, nogil=True)
def shift(
    into: bool,
    starts: Ints,
    side: NDArray[np.uint8],
    ptr: Ints,
    arc: Ints,
    tail: Ints,
    head: Ints,
    cap: Money,
    level: Ints,
    queue: Ints,
    place: Ints,
    path: Ints,
    patience: int,
) -> int:
    """Change a flow so that as much as possible ends at `starts` (`into`), or elsewhere; returns by how much it changed.

    Dinic's method from `starts` to the nearest vertices with `side` 2; `starts` have `side` 1. `level` is -1 everywhere,
    before and after. After `patience` rounds it stops: `queue[-1]` is 1 if nothing more can be moved, else 0.
    """
    moved = 0
    flip = 1 if into else 0
    queue[-1] = 0
    for _ in range(patience):
        count, done, found = 0, 0, np.iinfo(np.int32).max
        for v in starts:
            level[v] = 0
            queue[count] = v
            count += 1
        while done < count:
            u = queue[done]
            done += 1
            if level[u] + 1 > found:
                break
            place[u] = ptr[u]
            for j in range(ptr[u], ptr[u + 1]):
                e = arc[j]
                if cap[e ^ flip] > 0:
                    v = tail[e >> 1] if e & 1 else head[e >> 1]
                    if level[v] < 0:
                        level[v] = level[u] + 1
                        queue[count] = v
                        count += 1
                        if side[v] == 2:
                            found = level[v]
        reached = found < np.iinfo(np.int32).max
        if reached:
            for s in starts:
                u, depth = s, 0
                while True:
                    if side[u] == 2:
                        part, at = cap[path[0] ^ flip], 0
                        for d in range(1, depth):
                            if cap[path[d] ^ flip] < part:
                                part, at = cap[path[d] ^ flip], d
                        for d in range(depth):
                            cap[path[d] ^ flip] -= part
                            cap[path[d] ^ flip ^ 1] += part
                        moved += part
                        depth = at
                        e = path[at]
                        u = head[e >> 1] if e & 1 else tail[e >> 1]
                        continue
                    ahead = -1
                    if level[u] < found:
                        while place[u] < ptr[u + 1]:
                            e = arc[place[u]]
                            v = tail[e >> 1] if e & 1 else head[e >> 1]
                            if cap[e ^ flip] > 0 and level[v] == level[u] + 1 and (level[v] < found or side[v] == 2):
                                ahead = e
                                break
                            place[u] += 1
                    if ahead >= 0:
                        path[depth] = ahead
                        depth += 1
                        u = tail[ahead >> 1] if ahead & 1 else head[ahead >> 1]
                    elif depth == 0:
                        break
                    else:
                        level[u] = -2  # leads nowhere
                        depth -= 1
                        e = path[depth]
                        u = head[e >> 1] if e & 1 else tail[e >> 1]
        for j in range(count):
            level[queue[j]] = -1
        if not reached:
            queue[-1] = 1
            break
    return moved


@njit(cache=True, nogil=True)
def leading(tail: Ints, head: Ints, leads: NDArray[np.bool_], keep: NDArray[np.bool_]) -> None:
    """Mark the arcs on a way to a vertex that `leads`, which is filled up; arcs stand in the order of a cone."""
    for k in range(len(tail) - 1, -1, -1):
        if leads[head[k]]:
            keep[k] = True
            leads[tail[k]] = True
