"""The order in which owners come before what they own; companies that own each other stand together."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def owners_first(ptr: NDArray[np.int64], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Parties in order, and where each part begins: one party, or all companies of a loop.

    `owner[ptr[c]:ptr[c + 1]]` are the owners of party c. Tarjan (1972), walking from what is owned to its owners, so
    that parts are finished owners first. Two steps a party and one a holding; no recursion.
    """
    size = len(ptr) - 1
    seen = np.zeros(size, np.int64)  # 0: not yet; else the order of the first visit
    low = np.zeros(size, np.int64)
    open_ = np.zeros(size, np.bool_)
    at = ptr[:-1].copy()
    stack, way = np.empty(size, np.int64), np.empty(size, np.int64)
    order, part = np.empty(size, np.int64), np.empty(size + 1, np.int64)
    count, top, placed, parts = 0, 0, 0, 0
    for start in range(size):
        if seen[start]:
            continue
        depth = 0
        way[0] = start
        while depth >= 0:
            here = way[depth]
            if not seen[here]:
                count += 1
                seen[here] = low[here] = count
                stack[top] = here
                top += 1
                open_[here] = True
            if at[here] < ptr[here + 1]:
                above = owner[at[here]]
                at[here] += 1
                if not seen[above]:
                    depth += 1
                    way[depth] = above
                elif open_[above]:
                    low[here] = min(low[here], seen[above])
                continue
            if low[here] == seen[here]:
                part[parts] = placed
                parts += 1
                while True:
                    top -= 1
                    member = stack[top]
                    open_[member] = False
                    order[placed] = member
                    placed += 1
                    if member == here:
                        break
            depth -= 1
            if depth >= 0:
                low[way[depth]] = min(low[way[depth]], low[here])
    part[parts] = placed
    return order, part[: parts + 1]
