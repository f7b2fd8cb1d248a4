"""Compiled pass for `cuckoo_smurfing`: deposits that add up to what a transfer brought before."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def replaced(
    group: NDArray[np.int64],
    at: NDArray[np.int64],
    time: NDArray[np.int64],
    amount: NDArray[np.int64],
    who: NDArray[np.int64],
    enough: NDArray[np.int64],
    ptr: NDArray[np.int64],
    sent: NDArray[np.int64],
    expected: NDArray[np.int64],
    bounds: tuple[int, int, int, int, int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every deposit the number of its run, -1 for none; for every run the place of the transfer it stands for.

    Deposits stand by group, then in order; transfers of a group (rows `sent`, amounts `expected`) at
    ptr[group]:ptr[group + 1], in order. Bounds: the span, the depositors at least, the deposits at most, the transfers
    remembered, and how far the sum may be off, as a fraction.
    """
    span, least, most, remembered, num, den = bounds
    size = len(at)
    run, match = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    i, known, found = 0, 0, 0
    while i < size:
        if i == 0 or group[i] != group[i - 1]:
            known = ptr[group[i]]
        while known < ptr[group[i] + 1] and sent[known] < at[i]:
            known += 1
        low = max(ptr[group[i]], known - remembered)
        top = 0
        for k in range(low, known):
            top = max(top, expected[k])
        total, different, j, best = 0, 0, i, -1
        while j < size and j < i + most and group[j] == group[i] and time[j] - time[i] <= span:
            total += amount[j]
            if (total - top) * den > top * num:
                break
            new = 1
            for k in range(i, j):
                if who[k] == who[j]:
                    new = 0
                    break
            different += new
            if different >= least and total >= enough[i]:
                for k in range(low, known):
                    off = abs(total - expected[k])
                    if off * den <= expected[k] * num and (best < 0 or off <= abs(total - expected[best])):
                        best = k
                if best >= 0:
                    break
            j += 1
        if best < 0:
            i += 1
            continue
        run[i : j + 1] = found
        match[found] = best
        found += 1
        i = j + 1
    return run, match[:found]
