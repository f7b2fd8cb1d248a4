"""Compiled passes over the transactions in order: what their accounts did before, and of whom that is new."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def windowed(
    asked: NDArray[np.uint32],
    did: NDArray[np.uint32],
    time: NDArray[np.int64],
    money: NDArray[np.int64],
    accounts: int,
    span: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number and sum of what the account `asked` did in (t - span, t], at each transaction, this one included.

    By transaction in order: the account that asks, the one that did it, when, and how much. Only what is known of an
    account is looked up; transactions come into the window and leave it in order.
    """
    counts, sums = np.empty(len(time), np.int32), np.empty(len(time), np.int64)
    number, total, begin = np.zeros(accounts, np.int32), np.zeros(accounts, np.int64), 0
    for i in range(len(time)):
        number[did[i]] += 1
        total[did[i]] += money[i]
        while begin < i and time[i] - time[begin] >= span:
            number[did[begin]] -= 1
            total[did[begin]] -= money[begin]
            begin += 1
        counts[i], sums[i] = number[asked[i]], total[asked[i]]
    return counts, sums


@njit(cache=True, nogil=True)
def history(
    asked: NDArray[np.uint32],
    did: NDArray[np.uint32],
    time: NDArray[np.int64],
    money: NDArray[np.int64],
    accounts: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Microseconds since an account last did it before each transaction (-1: never), and its sum until now.

    Arguments as those of `windowed`; the sum includes the transaction.
    """
    gap, sums = np.empty(len(time), np.int64), np.empty(len(time), np.int64)
    known = np.zeros((accounts, 2), np.int64)  # sum, and how many transactions there were until its last
    for i in range(len(time)):
        gap[i] = time[i] - time[known[asked[i], 1] - 1] if known[asked[i], 1] else -1
        known[did[i], 0] += money[i]
        known[did[i], 1] = i + 1
        sums[i] = known[asked[i], 0]
    return gap, sums


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
