"""The change of a flow that moves most, by push-relabel: where ways are long and many, it needs no rounds."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Money = NDArray[np.int64]
Sides = NDArray[np.uint8]

_OFTEN = 4  # heights are measured anew after so much work for every vertex (measured: 2 to 10 are alike)
_TOUCH = 12  # what lifting a vertex costs beside looking at each of its half-arcs


@njit(cache=True, nogil=True)
def pour(side: Sides, start: int, ptr: Ints, to: Ints, mate: Ints, room: Money, excess: Money) -> None:
    """Move all that can be moved out of vertices on the side `start`; it waits as excess at the other ends."""
    for u in range(len(side)):
        if side[u] == start:
            for j in range(ptr[u], ptr[u + 1]):
                if room[j] > 0 and side[to[j]] != start:
                    excess[to[j]] += room[j]
                    room[mate[j]] += room[j]
                    room[j] = 0


@njit(cache=True, nogil=True)
def measure(side: Sides, goal: int, ptr: Ints, to: Ints, mate: Ints, room: Money, height: Ints, queue: Ints) -> None:
    """The fewest steps from every vertex to the side `goal`, by no vertex on a side; more than there are: no way."""
    none = len(height) + 1
    count, done = 0, 0
    for v in range(len(height)):
        if side[v] == goal:
            height[v] = 0
            queue[count] = v
            count += 1
        else:
            height[v] = none
    while done < count:
        u = queue[done]
        done += 1
        for j in range(ptr[u], ptr[u + 1]):
            v = to[j]
            if height[v] == none and side[v] == 0 and room[mate[j]] > 0:
                height[v] = height[u] + 1
                queue[count] = v
                count += 1


@njit(cache=True, nogil=True)
def drain(
    side: Sides,
    ptr: Ints,
    to: Ints,
    mate: Ints,
    room: Money,
    excess: Money,
    height: Ints,
    queue: Ints,
    place: Ints,
) -> bool:
    """Bring excess to vertices on the side to which `height` was measured; the rest stays where it got stuck.

    Push-relabel, first in first out. Vertices on a side take nothing in, but for those of the goal. Heights should be
    measured anew after each call, until it returns False: nothing more can be brought.
    """
    size = len(height)
    none = size + 1
    first, count, work = 0, 0, 0
    for v in range(size):
        place[v] = ptr[v]
        if side[v] == 0 and excess[v] > 0 and height[v] < none:
            queue[count] = v
            count += 1
    if count == 0:
        return False
    while count > 0 and work < _OFTEN * size:
        u = queue[first]
        first = first + 1 if first + 1 < size else 0
        count -= 1
        here = height[u]
        left = excess[u]
        while left > 0 and here < none:
            j = place[u]
            if j == ptr[u + 1]:  # no way down: lift it
                here = none
                for k in range(ptr[u], ptr[u + 1]):
                    if room[k] > 0 and height[to[k]] + 1 < here:
                        here = height[to[k]] + 1
                work += ptr[u + 1] - ptr[u] + _TOUCH
                height[u] = here
                place[u] = ptr[u]
                continue
            v = to[j]
            if room[j] > 0 and height[v] == here - 1:
                part = min(left, room[j])
                room[j] -= part
                room[mate[j]] += part
                left -= part
                if side[v] == 0 and excess[v] == 0:
                    last = first + count
                    queue[last if last < size else last - size] = v
                    count += 1
                excess[v] += part
            if left > 0:
                place[u] += 1
        excess[u] = left
    return True
