"""Compiled pass for `structuring`: deposits that lie together in a window."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def clusters(
    group: NDArray[np.int64],
    time: NDArray[np.int64],
    amount: NDArray[np.int64],
    enough: NDArray[np.int64],
    span: int,
    least: int,
) -> NDArray[np.int64]:
    """For every deposit the number of its cluster, -1 for none; deposits stand by group, then in time order.

    A window starts at a deposit and counts if it holds `least` deposits that sum up to `enough`; windows that share a
    deposit are one cluster. Every deposit enters and leaves the window once.
    """
    size = len(time)
    cluster = np.full(size, -1, np.int64)
    found, end, j, total = 0, 0, 0, 0
    for i in range(size):
        while j < size and group[j] == group[i] and time[j] - time[i] <= span:
            total += amount[j]
            j += 1
        if j - i >= least and total >= enough[i]:
            if i >= end:
                found += 1
                end = i
            while end < j:
                cluster[end] = found - 1
                end += 1
        total -= amount[i]
    return cluster
