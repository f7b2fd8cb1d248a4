"""Compiled: what a way of holdings leads to."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def reached(ptr: NDArray[np.int64], row: NDArray[np.int64], far: NDArray[np.int64], seen: NDArray[np.bool_],
            queue: NDArray[np.int64], waiting: int) -> NDArray[np.bool_]:  # fmt: skip
    """Which rows a way leads to from the parties `queue[:waiting]`, which are `seen`.

    Rows that begin at party p are `row[ptr[p]:ptr[p + 1]]`; `far` is where each ends. Every row is looked at once.
    """
    found, done = np.zeros(len(far), np.bool_), 0
    while done < waiting:
        here = queue[done]
        done += 1
        for n in range(ptr[here], ptr[here + 1]):
            found[row[n]] = True
            there = far[row[n]]
            if not seen[there]:
                seen[there] = True
                queue[waiting] = there
                waiting += 1
    return found
