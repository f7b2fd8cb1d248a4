"""Compressed rows: for every account, the numbers of its transactions in time order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SMALL = 200_000  # below this numpy's sort is fast enough, and nothing needs compiling


@dataclass(frozen=True)
class Rows:
    """`row[ptr[a]:ptr[a + 1]]` are the transactions of account `a`, in order. 4 bytes a transaction, 8 an account."""

    ptr: NDArray[np.int64]
    row: NDArray[np.uint32]

    def of(self, account: int) -> NDArray[np.uint32]:
        """The transactions of one account, in order."""
        return self.row[self.ptr[account] : self.ptr[account + 1]]


def by_pair(into: Rows, out: Rows, originator: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Places in `out.row`, for each originator by beneficiary, those of one pair in order. Cost: one counting sort."""
    place = np.empty(len(out.row), np.uint32)
    place[out.row] = np.arange(len(place), dtype=np.uint32)
    return place[into.row[compress(originator[into.row], len(out.ptr) - 1).row]]


def compress(ends: NDArray[np.uint32], accounts: int) -> Rows:
    """Group transactions by account, keeping their order: one counting sort."""
    if len(ends) < _SMALL:
        ptr = np.zeros(accounts + 1, np.int64)
        np.cumsum(np.bincount(ends, minlength=accounts), out=ptr[1:])
        return Rows(ptr, np.argsort(ends, kind="stable").astype(np.uint32))
    from followmoney.graph._kernels import counting_sort

    ptr, row = counting_sort(ends, accounts)
    return Rows(ptr, row)
