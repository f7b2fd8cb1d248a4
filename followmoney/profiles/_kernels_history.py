"""Compiled pass over every account's own history: what came before each of its transactions."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def ordered(
    row: NDArray[np.uint32], time: NDArray[np.int64], money: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Times and amounts in the order of `row`."""
    times, amounts = np.empty(len(row), np.int64), np.empty(len(row), np.int64)
    for p in range(len(row)):
        i = row[p]
        times[p], amounts[p] = time[i], money[i]
    return times, amounts


@njit(cache=True, nogil=True)
def windowed(
    asked_ptr: NDArray[np.int64],
    asked_row: NDArray[np.uint32],
    asked_time: NDArray[np.int64],
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    time: NDArray[np.int64],
    money: NDArray[np.int64],
    span: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number and sum of what an account did in (t - span, t], at each of its transactions, this one included.

    By account and in order: the rows and times that ask, and the rows, times and amounts that are added up.
    """
    counts, sums = np.empty(len(asked_row), np.int32), np.empty(len(asked_row), np.int64)
    for a in range(len(ptr) - 1):
        begin = upto = ptr[a]
        last, total = ptr[a + 1], np.int64(0)
        for p in range(asked_ptr[a], asked_ptr[a + 1]):
            i, now = asked_row[p], asked_time[p]
            while upto < last and row[upto] <= i:
                total += money[upto]
                upto += 1
            while begin < upto and now - time[begin] >= span:
                total -= money[begin]
                begin += 1
            counts[i], sums[i] = upto - begin, total
    return counts, sums


@njit(cache=True, nogil=True)
def history(
    asked_ptr: NDArray[np.int64],
    asked_row: NDArray[np.uint32],
    asked_time: NDArray[np.int64],
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    time: NDArray[np.int64],
    money: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Microseconds since an account last did it before each of its transactions (-1: never), and its sum until now.

    Arguments as those of `windowed`; the sum includes the transaction.
    """
    gap, sums = np.empty(len(asked_row), np.int64), np.empty(len(asked_row), np.int64)
    for a in range(len(ptr) - 1):
        at, last, total = ptr[a], ptr[a + 1], np.int64(0)
        for p in range(asked_ptr[a], asked_ptr[a + 1]):
            i, now = asked_row[p], asked_time[p]
            while at < last and row[at] < i:
                total += money[at]
                at += 1
            gap[i] = now - time[at - 1] if at > ptr[a] else -1
            sums[i] = total + (money[at] if at < last and row[at] == i else 0)
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
