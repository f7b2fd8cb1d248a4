"""Compiled statistics of what an account paid or received in the window: never by subtraction, so never impossible."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def _join(
    into: NDArray[np.float64], n: int, one: NDArray[np.float64], k: int, two: NDArray[np.float64], many: int
) -> None:
    """Statistics of two lists from those of each (Pébay 2008): mean, three sums of powers, least, most; twice."""
    total = float(n + many)
    a, b = float(n), float(many)
    for s in range(k, k + 12, 6):
        step = two[s] - one[s]
        square = step * step
        mean = one[s] + step * b / total
        fourth = (
            one[s + 3] + two[s + 3] + square * square * a * b * (a * a - a * b + b * b) / (total * total * total)
            + 6 * square * (a * a * two[s + 1] + b * b * one[s + 1]) / (total * total)
            + 4 * step * (a * two[s + 2] - b * one[s + 2]) / total
        )  # fmt: skip
        third = (
            one[s + 2] + two[s + 2] + square * step * a * b * (a - b) / (total * total)
            + 3 * step * (a * two[s + 1] - b * one[s + 1]) / total
        )  # fmt: skip
        into[s + 1] = one[s + 1] + two[s + 1] + square * a * b / total
        into[s + 4], into[s + 5] = min(one[s + 4], two[s + 4]), max(one[s + 5], two[s + 5])
        into[s], into[s + 2], into[s + 3] = mean, third, fourth


@njit(cache=True, nogil=True)
def moments(
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    when: NDArray[np.int32],
    low: NDArray[np.int32],
    amount: NDArray[np.int64],
    time: NDArray[np.int64],
    currency: NDArray[np.uint8],
    side: int,
    asked: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For every transaction: number and sum, and twelve statistics of what one of its accounts did in the window.

    What the account paid (`side` 0) or received (1); the account is the transaction's originator (`asked` 0) or
    beneficiary (1). The statistics: mean, variance, skewness, excess kurtosis, least and most of the amounts, then of
    the ages in seconds; not a number where there are none, or for amounts in several currencies. The window is kept as
    two halves, of which the older one knows its statistics from every place on: nothing is ever taken away. Every
    transaction is joined at most three times.
    """
    size, accounts = len(time), ptr.shape[1] - 1
    whole, shown = np.zeros((size, 2), np.int64), np.full((size, 12), np.nan)
    older, newer, both, new = np.empty((16, 12)), np.empty(12), np.empty(12), np.zeros(12)
    for a in range(accounts):
        first, last = ptr[side, a], ptr[side, a + 1]
        if first == last:
            continue
        if last - first > len(older):
            older = np.empty((2 * (last - first), 12))
        begin = upto = half = first  # the window; its older half ends where the newer one begins
        run, total = first, np.int64(0)
        for p in range(ptr[asked, a], ptr[asked, a + 1]):
            i = row[p]
            since = low[when[p]]
            while upto < last and row[upto] <= i:
                r = row[upto]
                if upto > first and currency[r] != currency[row[upto - 1]]:
                    run = upto
                total += amount[r]
                if begin < half:  # else the older half is made anew, and of everything
                    new[0] = new[4] = new[5] = amount[r]
                    new[6] = new[10] = new[11] = (time[r] - time[0]) / 1e6
                    if upto == half:
                        newer[:] = new
                    else:
                        _join(newer, upto - half, newer, 0, new, 1)
                upto += 1
            while begin < upto and row[begin] < since:
                total -= amount[row[begin]]
                begin += 1
            if begin == upto:
                half = upto
                continue
            count = upto - begin
            whole[i, 0], whole[i, 1] = count, total
            if count == 1:
                r = row[begin]
                shown[i, 0] = shown[i, 4] = shown[i, 5] = amount[r]
                shown[i, 6] = shown[i, 10] = shown[i, 11] = (time[i] - time[r]) / 1e6
                shown[i, 1] = shown[i, 7] = 0
                continue
            if begin >= half:
                for h in range(upto - 1, begin - 1, -1):
                    r = row[h]
                    new[0] = new[4] = new[5] = amount[r]
                    new[6] = new[10] = new[11] = (time[r] - time[0]) / 1e6
                    if h == upto - 1:
                        older[h - first] = new
                    else:
                        _join(older[h - first], upto - 1 - h, older[h - first + 1], 0, new, 1)
                half = upto
            found = older[begin - first]
            if half < upto:
                _join(both, half - begin, found, 0, newer, upto - half)
                found = both
            now = (time[i] - time[0]) / 1e6
            for s in range(0, 12, 6):
                if s == 0 and run > begin:
                    continue
                spread = found[s + 1] / count
                sign = 1 - s / 3
                shown[i, s] = found[s] if s == 0 else now - found[s]
                shown[i, s + 1] = spread
                if spread > 0:
                    shown[i, s + 2] = sign * found[s + 2] / count / (spread * np.sqrt(spread))
                    shown[i, s + 3] = found[s + 3] / count / (spread * spread) - 3
                shown[i, s + 4] = found[s + 4] if s == 0 else now - found[s + 5]
                shown[i, s + 5] = found[s + 5] if s == 0 else now - found[s + 4]
    return whole, shown
