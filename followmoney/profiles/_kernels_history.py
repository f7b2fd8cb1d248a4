"""Compiled pass over every account's own history: what came before each of its transactions."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def history(
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    when: NDArray[np.int32],
    paid: NDArray[np.int64],
    received: NDArray[np.int64],
    time: NDArray[np.int64],
    short: NDArray[np.int32],
    long: NDArray[np.int32],
    side: int,
) -> NDArray[np.int64]:
    """Seven numbers a transaction about its originator (`side` 0) or beneficiary (1), in one currency.

    Microseconds since it last paid and since it last received, before this transaction (-1: never); what it has
    received less what it has paid, this transaction included; and what it paid and received in the short, then in the
    long window, this transaction included. `short`, `long`: the first row of the window of each instant.
    """
    found = np.empty((len(time), 7), np.int64)
    last_place = np.zeros(2, np.int64)
    cut, sums = np.zeros((2, 2), np.int64), np.zeros((2, 2), np.int64)
    for a in range(ptr.shape[1] - 1):
        balance = np.int64(0)
        for k in range(2):
            last_place[k] = cut[k, 0] = cut[k, 1] = ptr[k, a]
            sums[k, 0] = sums[k, 1] = 0
        for p in range(ptr[side, a], ptr[side, a + 1]):
            i = row[p]
            for k in range(2):
                q, money = last_place[k], paid if k == 0 else received
                while q < ptr[k, a + 1] and row[q] < i:
                    value = money[row[q]]
                    balance += value if k else -value
                    sums[k, 0] += value
                    sums[k, 1] += value
                    q += 1
                found[i, k] = time[i] - time[row[q - 1]] if q > ptr[k, a] else -1
                if q < ptr[k, a + 1] and row[q] == i:
                    value = money[i]
                    balance += value if k else -value
                    sums[k, 0] += value
                    sums[k, 1] += value
                    q += 1
                last_place[k] = q
                for w in range(2):
                    since = short[when[p]] if w == 0 else long[when[p]]
                    while cut[k, w] < q and row[cut[k, w]] < since:
                        sums[k, w] -= money[row[cut[k, w]]]
                        cut[k, w] += 1
                    found[i, 3 + 2 * w + k] = sums[k, w]
            found[i, 2] = balance
    return found


@njit(cache=True, nogil=True)
def novelty(
    ptr: NDArray[np.int64], key: NDArray[np.int64], time: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Which payment of its pair each transaction is, from 1 on, and microseconds since the pair's last (-1: none)."""
    nth, gap = np.empty(len(time), np.int32), np.empty(len(time), np.int64)
    for a in range(ptr.shape[1] - 1):
        for k in range(ptr[0, a], ptr[0, a + 1]):
            i = key[k] & 0xFFFFFFFF
            if k > ptr[0, a] and key[k] >> 32 == key[k - 1] >> 32:
                before = key[k - 1] & 0xFFFFFFFF
                nth[i], gap[i] = nth[before] + 1, time[i] - time[before]
            else:
                nth[i], gap[i] = 1, -1
    return nth, gap
