"""Compiled pass over what agrees: the windows of it that hold enough."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def windows(
    group: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    middle: NDArray[np.int64],
    time: NDArray[np.int64],
    within: int,
    least: int,
    accounts: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Windows (their number, and the pairs they show) with `least` different intermediaries.

    Pairs stand by `group`, then in order of `first`. A window begins at a `first`. It shows the pairs that no window
    of its group showed before, and one that each of these did: together as much as if it showed all that it holds.
    """
    size = len(first)
    shown = np.full(size, -1, np.int64)  # the window that first showed it
    seen = np.full(accounts, -1, np.int64)
    number, pair, listed, found = np.empty(64, np.int64), np.empty(64, np.int64), 0, 0
    for i in range(size):
        if i > 0 and group[i - 1] == group[i] and first[i - 1] == first[i]:
            continue
        until, j, several = time[first[i]] + within, i, 0
        while j < size and group[j] == group[i] and time[first[j]] <= until:
            if time[second[j]] <= until:
                several += seen[middle[j]] != i
                seen[middle[j]] = i
            j += 1
        if several < least:
            continue
        while listed + j - i > len(pair):
            number, pair = np.concatenate((number, number)), np.concatenate((pair, pair))
        before = -1
        for k in range(i, j):
            if time[second[k]] > until:
                continue
            if shown[k] < 0 or shown[k] != before or first[k] == first[i]:
                before = shown[k] if shown[k] >= 0 else before
                shown[k] = found if shown[k] < 0 else shown[k]
                number[listed], pair[listed] = found, k
                listed += 1
        found += 1
    return number[:listed], pair[:listed]
