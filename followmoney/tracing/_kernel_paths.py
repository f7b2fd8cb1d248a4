"""The compiled pass that says, for every transaction, how much claim money can still get from it to a destination."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Money = NDArray[np.int64]


@njit(cache=True, nogil=True)
def reach(
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    moved: Money,
    ends: Money,
    stops: NDArray[np.bool_],
    purses: int,
    hops: int,
    narrow: bool,
) -> Money:
    """A row a transaction, a column for 0 to `hops` further ones: the most that can arrive; 0 where nothing can.

    `ends` is what arrives where the transaction itself ends at the destination, else 0. With `narrow` no transaction
    lets more through than it carries itself, which needs one currency. Backwards in time, one pass.
    """
    best = np.zeros((purses, hops + 1), np.int64)
    found = np.zeros((len(paid), hops + 1), np.int64)
    for i in range(len(paid) - 1, -1, -1):
        for hop in range(hops + 1):
            most = ends[i]
            if most == 0 and hop > 0 and not stops[i]:
                most = best[got[i], hop - 1]
                if narrow:
                    most = min(most, moved[i])
            found[i, hop] = most
        for hop in range(hops + 1):  # after the row is done: money that stays in a purse is no further transaction
            best[paid[i], hop] = max(best[paid[i], hop], found[i, hop])
    return found
