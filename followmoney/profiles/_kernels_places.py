"""Compiled passes that say where the transactions of an account stand beside each other."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

from followmoney.graph._kernels_search import Number

OFTEN = 8
"""A list is scanned unless it is so many times longer than the accounts to look for."""


@njit(cache=True, nogil=True)
def since(time: NDArray[np.int64], tie: NDArray[np.int32], span: int, inclusive: int) -> NDArray[np.int32]:
    """For every instant the first row of its window, which begins `span` before it (that instant too or not)."""
    low, begin = np.empty(len(tie) - 1, np.int32), 0
    for k in range(len(low)):
        now = time[tie[k]]
        while now - time[begin] > span or (inclusive == 0 and now - time[begin] == span and begin < tie[k]):
            begin += 1
        low[k] = begin
    return low


@njit(cache=True, nogil=True)
def instants(time: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The number of each transaction's instant, and the first row of each instant (and of the one after the last)."""
    instant, tie, now = np.empty(len(time), np.int32), np.empty(len(time) + 1, np.int32), -1
    for i in range(len(time)):
        if i == 0 or time[i] != time[i - 1]:
            now += 1
            tie[now] = i
        instant[i] = now
    tie[now + 1] = len(time)
    return instant, tie[: now + 2].copy()


@njit(cache=True, nogil=True)
def places(
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    over_ptr: NDArray[np.int64],
    over_row: NDArray[np.uint32],
    side: int,
) -> NDArray[np.int32]:
    """Two places and four rows a transaction, seen from the account that paid it (side 0) or received it (side 1).

    Places count what was paid, by account and in order, then (from the number of transactions on) what was received.
    The places: where it stands in the account's list, and the first place in its other list that is later (side 0: not
    earlier). The rows: of that place and the one before, of the one before and the one after in the same list; -1
    before the first, the largest number after the last.
    """
    size = len(row)
    seen = np.empty((size, 6), np.int32)
    own, over = side * size, (1 - side) * size
    for a in range(len(ptr) - 1):
        p, begin, last = over_ptr[a], over_ptr[a], over_ptr[a + 1]
        for q in range(ptr[a], ptr[a + 1]):
            r = row[q]
            while p < last and (over_row[p] < r or (side == 1 and over_row[p] == r)):
                p += 1
            seen[r, 0], seen[r, 1] = own + q, over + p
            seen[r, 2] = over_row[p] if p < last else 2**31 - 1
            seen[r, 3] = over_row[p - 1] if p > begin else -1
            seen[r, 4] = row[q - 1] if q > ptr[a] else -1
            seen[r, 5] = row[q + 1] if q + 1 < ptr[a + 1] else 2**31 - 1
    return seen


@njit(cache=True, nogil=True)
def beside(
    row: NDArray[np.uint32],
    other: NDArray[np.uint32],
    instant: NDArray[np.int32],
    seen: NDArray[np.int32],
    rows: NDArray[np.int32],
    end: NDArray[np.int32],
    when: NDArray[np.int32],
    there: NDArray[np.int32],
) -> None:
    """Fill in for the places of one side: the row, the other end, the instant, and what `places` saw from there."""
    for p in range(len(row)):
        r = row[p]
        rows[p], end[p], when[p] = r, other[r], instant[r]
        for k in range(6):
            there[p, k] = seen[r, k]


@register_jitable
def paid_at(payee: Number, row: Number) -> np.int64:
    """The number by which `by_pair` puts a payment in order."""
    return (np.int64(payee) << 32) | np.int64(row)


@njit(cache=True, nogil=True)
def by_pair(ptr: NDArray[np.int64], row: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.int64]:
    """What every account paid, by beneficiary and then in order: `beneficiary * 2**32 + row`."""
    size = len(row) // 2
    key, at = np.empty(size, np.int64), ptr[0].copy()
    for b in range(ptr.shape[1] - 1):
        for q in range(ptr[1, b], ptr[1, b + 1]):
            a = end[q]
            key[at[a]] = paid_at(b, row[q])
            at[a] += 1
    return key


@njit(cache=True, nogil=True)
def first_seen(originator: NDArray[np.uint32], beneficiary: NDArray[np.uint32], accounts: int) -> NDArray[np.int32]:
    """The order in which accounts appear: originators before beneficiaries."""
    rank, known = np.full(accounts, -1, np.int32), 0
    for i in range(len(originator)):
        for a in (originator[i], beneficiary[i]):
            if rank[a] < 0:
                rank[a] = known
                known += 1
    return rank
