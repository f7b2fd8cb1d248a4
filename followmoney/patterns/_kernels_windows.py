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
    closed: NDArray[np.int64],
    time: NDArray[np.int64],
    within: int,
    least: int,
    accounts: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Windows (their number, and the pairs they show) with `least` different intermediaries.

    Pairs stand by `group`, then in order of `first`; `closed` has their places by group, then in order of `second`. A
    window begins at a `first`. It shows the pairs that no window of its group showed before, and one that an earlier
    one did if it holds any; one without new pairs is left out. Joined by shared pairs they are as much as if each
    showed all that it holds, and every pair enters and leaves once, however many begin at one instant.
    """
    size = len(first)
    shown = np.zeros(size, np.bool_)
    ways, several = np.zeros(accounts, np.int64), 0  # pairs in the window, by intermediary
    number, pair, listed, found = np.empty(64, np.int64), np.empty(64, np.int64), 0, 0
    entered, told, furthest = 0, 0, -1  # of `closed`: in a window so far, and shown so far; the last pair shown
    for i in range(size):
        if (i > 0 and first[i - 1] != first[i]) or (i > 0 and group[i - 1] != group[i]):
            k = i - 1  # those of the `first` before leave the window
            while k >= 0 and group[k] == group[i - 1] and first[k] == first[i - 1]:
                ways[middle[k]] -= 1
                several -= ways[middle[k]] == 0
                k -= 1
        elif i > 0:
            continue
        if i == 0 or group[i - 1] != group[i]:
            told, furthest = entered, -1
        until = time[first[i]] + within
        while entered < size and group[closed[entered]] == group[i] and time[second[closed[entered]]] <= until:
            several += ways[middle[closed[entered]]] == 0
            ways[middle[closed[entered]]] += 1
            entered += 1
        if several < least or told == entered:
            continue
        while listed + entered - told + 1 > len(pair):
            number, pair = np.concatenate((number, number)), np.concatenate((pair, pair))
        mark = listed
        if shown[i] or furthest >= i:  # what an earlier window showed; its own beginning if it can be
            number[listed], pair[listed] = found, i if shown[i] else furthest
            listed += 1
        linked = listed
        for k in range(told, entered):
            if closed[k] >= i:  # not yet left
                number[listed], pair[listed] = found, closed[k]
                shown[closed[k]] = True
                furthest = max(furthest, closed[k])
                listed += 1
        told = entered
        if listed == linked:
            listed = mark
        else:
            found += 1
    return number[:listed], pair[:listed]
