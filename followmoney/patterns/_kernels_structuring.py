"""Compiled pass for patterns of cash: transactions that lie together in a window."""

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
    spot: NDArray[np.int64],
    span: int,
    least: int,
    spots: int,
) -> NDArray[np.int64]:
    """For every transaction the number of its cluster, -1 for none; they stand by group, then in time order.

    A window starts at a transaction and counts if it holds `least` of them that sum up to `enough`, at `spots`
    different spots (numbers from 0; -1 is not known) or all at unknown ones; windows that share a transaction are one
    cluster. Every transaction enters and leaves the window once.
    """
    size = len(time)
    cluster = np.full(size, -1, np.int64)
    here = np.zeros(max(spot.max() + 1, 1) if size else 1, np.int64)
    found, end, j, total, different = 0, 0, 0, 0, 0
    for i in range(size):
        while j < size and group[j] == group[i] and time[j] - time[i] <= span:
            total += amount[j]
            if spot[j] >= 0:
                different += here[spot[j]] == 0
                here[spot[j]] += 1
            j += 1
        if j - i >= least and total >= enough[i] and (different >= spots or different == 0):
            if i >= end:
                found += 1
                end = i
            while end < j:
                cluster[end] = found - 1
                end += 1
        total -= amount[i]
        if spot[i] >= 0:
            here[spot[i]] -= 1
            different -= here[spot[i]] == 0
    return cluster
