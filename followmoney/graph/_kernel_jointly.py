"""Compiled: from which companies on more can follow than what each controls alone."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def upward(
    order: NDArray[np.int64], part: NDArray[np.int64], ptr: NDArray[np.int64], owned: NDArray[np.int64],
    alone: NDArray[np.bool_], found: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Whoever controls alone (`alone`, a holding) one of those `found` is found, too; so are all of its loop.

    `order` has what is owned before its owners, and `part` where each loop of companies (or single one) begins.
    """
    for at in range(len(part) - 1):
        some = False
        for n in range(part[at], part[at + 1]):
            x = order[n]
            some = some or found[x]
            for h in range(ptr[x], ptr[x + 1]):
                some = some or (alone[h] and found[owned[h]])
        if some:
            for n in range(part[at], part[at + 1]):
                found[order[n]] = True
