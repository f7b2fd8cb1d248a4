"""Connected: who is linked to whom at all, over any number of steps, whichever way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def connected(size: int, ends: NDArray[np.integer]) -> NDArray[np.int64]:
    """The component of every vertex, numbered by first member; `ends` are pairs of vertices, shape (pairs, 2).

    Every component is known by its smallest vertex: each root hooks onto the smallest root that a pair joins it to,
    until no pair joins two roots. Cost: about 0.1 µs a pair; rounds are few, also for long chains.
    """
    root = np.arange(size, dtype=np.int64)
    low, high = ends.T.astype(np.int64) if len(ends) else (root[:0], root[:0])
    while len(low):
        one, other = root[low], root[high]
        apart = one != other
        low, high, one, other = low[apart], high[apart], one[apart], other[apart]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(further := root[root], root):
            root = further
    return np.cumsum(root == np.arange(size))[root] - 1
