"""Compiled: more room for what is found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Integer = int | np.signedinteger[Any]


@njit(cache=True, nogil=True)
def room(found: NDArray[np.int64], n: Integer, more: Integer) -> NDArray[np.int64]:
    """The first n rows of `found` with room for so many more."""
    if n + more <= len(found):
        return found
    wider = np.empty((2 * (n + more), found.shape[1]), np.int64)
    for k in range(n):
        for c in range(found.shape[1]):
            wider[k, c] = found[k, c]
    return wider
