"""Compiled count of how often the two ends of each transaction deal in its direction."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

MANY = 255


@njit(cache=True, nogil=True)
def repeated(
    ptr: NDArray[np.int64], row: NDArray[np.uint32], beneficiary: NDArray[np.uint32], size: int
) -> NDArray[np.uint8]:
    """For every transaction, how many there are from its originator to its beneficiary; `MANY` stands for all above.

    `ptr`, `row`: transactions by account debited. Two looks at every transaction.
    """
    times = np.zeros(size, np.uint8)
    accounts = len(ptr) - 1
    count = np.zeros(accounts, np.uint8)
    for a in range(accounts):
        for k in range(ptr[a], ptr[a + 1]):
            b = beneficiary[row[k]]
            if count[b] < MANY:
                count[b] += 1
        for k in range(ptr[a], ptr[a + 1]):
            times[row[k]] = count[beneficiary[row[k]]]
        for k in range(ptr[a], ptr[a + 1]):
            count[beneficiary[row[k]]] = 0
    return times
