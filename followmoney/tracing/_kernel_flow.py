"""Flows of claim money over a cone: a first one in one sweep, and the change that brings most into, or out of, a set.

Arcs stand in pairs: `cap[2k]` is what arc k can still take, `cap[2k + 1]` what flows over it. All integers, exact.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._push import ELSEWHERE, WANTED

Ints = NDArray[np.int32]
Money = NDArray[np.int64]

_MOST = 1 << 62


@njit(cache=True, nogil=True)
def link(tail: Ints, head: Ints, ptr: Ints, half: Ints, to: Ints, mate: Ints) -> None:
    """For every vertex v the half-arcs at it, `ptr[v]:ptr[v + 1]`: their number, other end and other half.

    `ptr` starts as zeros. Everything a search reads of a vertex lies together.
    """
    for k in range(len(tail)):
        ptr[tail[k] + 1] += 1
        ptr[head[k] + 1] += 1
    for v in range(len(ptr) - 1):
        ptr[v + 1] += ptr[v]
    free = ptr[:-1].copy()
    for k in range(len(tail)):
        u, v = tail[k], head[k]
        here = free[u]
        free[u] += 1
        there = free[v]
        free[v] += 1
        half[here], half[there] = 2 * k, 2 * k + 1
        to[here], to[there] = v, u
        mate[here], mate[there] = there, here


@njit(cache=True, nogil=True)
def towards(tail: Ints, head: Ints, source: int, side: NDArray[np.uint8], want: Money, rest: Money, cap: Money) -> None:
    """A first flow: send every claim on, from arc to arc in order, to ends WANTED as far as a first look tells.

    `want` (what a vertex can hand on to such ends) and `rest` (what its later arcs can take) start as zeros, and `want`
    ends as what could not go on, which is zero at a vertex that is no end.
    """
    for k in range(len(tail) - 1, -1, -1):
        u, v = tail[k], head[k]
        room = cap[2 * k]
        rest[u] += room
        if side[v] == 0:
            room = min(room, want[v])
        elif side[v] == ELSEWHERE:
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
            if side[v] != WANTED:
                useful = max(0, wanted[v] - want[v]) if side[v] == 0 else 0
                part = min(part, max(useful, want[u] - rest[u]))
            want[u] -= part
        cap[2 * k] -= part
        cap[2 * k + 1] += part
        want[v] += part


@njit(cache=True, nogil=True)
def shift(
    starts: Ints,
    side: NDArray[np.uint8],
    ptr: Ints,
    to: Ints,
    mate: Ints,
    room: Money,
    level: Ints,
    queue: Ints,
    place: Ints,
    path: Ints,
    patience: int,
) -> None:
    """Change a flow so that as much as possible moves between `starts` and what is ELSEWHERE.

    `room` says how much the flow over each half-arc can change in the direction of the search. Dinic's method; `starts`
    are WANTED; `level` is -1 everywhere, before and after. After `patience` rounds it stops: `queue[-1]` is 1 if
    nothing more can be moved, else 0.
    """
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
                if room[j] > 0:
                    v = to[j]
                    if level[v] < 0:
                        level[v] = level[u] + 1
                        queue[count] = v
                        count += 1
                        if side[v] == ELSEWHERE:
                            found = level[v]
        reached = found < np.iinfo(np.int32).max
        if reached:
            for s in starts:
                u, depth = s, 0
                while True:
                    if side[u] == ELSEWHERE:
                        part, at = room[path[0]], 0
                        for d in range(1, depth):
                            if room[path[d]] < part:
                                part, at = room[path[d]], d
                        for d in range(depth):
                            room[path[d]] -= part
                            room[mate[path[d]]] += part
                        depth = at
                        u = to[mate[path[at]]]
                        continue
                    ahead = -1
                    if level[u] < found:
                        while place[u] < ptr[u + 1]:
                            j = place[u]
                            if room[j] > 0:
                                v = to[j]
                                if level[v] == level[u] + 1 and (level[v] < found or side[v] == ELSEWHERE):
                                    ahead = j
                                    break
                            place[u] += 1
                    if ahead >= 0:
                        path[depth] = ahead
                        depth += 1
                        u = to[ahead]
                    elif depth == 0:
                        break
                    else:
                        level[u] = -2  # leads nowhere
                        depth -= 1
                        u = to[mate[path[depth]]]
        for j in range(count):
            level[queue[j]] = -1
        if not reached:
            queue[-1] = 1
            break


@njit(cache=True, nogil=True)
def leading(tail: Ints, head: Ints, leads: NDArray[np.bool_], keep: NDArray[np.bool_]) -> None:
    """Mark the arcs on a way to a vertex that `leads`, which is filled up; arcs stand in the order of a cone."""
    for k in range(len(tail) - 1, -1, -1):
        if leads[head[k]]:
            keep[k] = True
            leads[tail[k]] = True
