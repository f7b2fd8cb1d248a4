"""Compiled pass for fans and degrees: counterparties and transactions of an account in the window."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def spread(
    ptr: NDArray[np.int64],
    row: NDArray[np.int32],
    end: NDArray[np.int32],
    when: NDArray[np.int32],
    low: NDArray[np.int32],
) -> NDArray[np.int32]:
    """For every transaction, how many counterparties and how many transactions its account has in the window.

    `ptr`: where the places of each account begin; `row`, `end`, `when`: the row, the account at the other end and the
    instant of each place; `low`: the first row of the window of each instant. A transfer of an account to itself has
    none and counts for nobody. Every transaction enters the window once and leaves it once.
    """
    found = np.zeros((len(row) // 2, 2), np.int32)
    accounts = len(ptr) - 1
    often = np.zeros(accounts, np.int32)
    for a in range(accounts):
        begin, parties, count = ptr[a], 0, 0
        for p in range(ptr[a], ptr[a + 1]):
            x, since = end[p], low[when[p]]
            if x == a:
                continue
            while row[begin] < since:
                y = end[begin]
                begin += 1
                if y != a:
                    count -= 1
                    often[y] -= 1
                    parties -= often[y] == 0
            parties += often[x] == 0
            often[x] += 1
            count += 1
            found[row[p], 0], found[row[p], 1] = parties, count
        for p in range(begin, ptr[a + 1]):
            often[end[p]] = 0
    return found
