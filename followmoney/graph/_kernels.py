"""Compiled passes over the columns of the flow graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

_WORTH_COMPILING = 5_000  # transactions; below, the first compilation costs more than the job
A_ROW = 20
"""Looks of a search that cost as much as a transaction where nothing is compiled."""


@njit(cache=True, nogil=True)
def counting_sort(ends: NDArray[np.uint32], accounts: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Stable order of transactions by account: pointers and rows. Two passes, no comparison."""
    size = len(ends)
    ptr = np.zeros(accounts + 1, np.int64)
    for i in range(size):
        ptr[ends[i] + 1] += 1
    for a in range(accounts):
        ptr[a + 1] += ptr[a]
    at = ptr[:-1].copy()
    row = np.empty(size, np.uint32)
    for i in range(size):
        a = ends[i]
        row[at[a]] = i
        at[a] += 1
    return ptr, row


def fit(kernel: Callable[P, R], size: int) -> Callable[P, R]:
    """The compiled kernel, or for a small job the same function as plain Python, which needs no compiling."""
    plain = getattr(kernel, "py_func", None)
    return plain if size < _WORTH_COMPILING and plain is not None else kernel


def searched(size: int, came: NDArray[np.integer], paid: NDArray[np.integer]) -> int:
    """How large a job a search is: where few accounts pay and are paid often, few transactions are many ways on."""
    return size + int(came.astype(np.int64) @ paid.astype(np.int64)) // A_ROW
