"""Maximum flows over plain arrays, and the fewest vertices that cut one place off from another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from followmoney.graph.adapter import maximum_flow

__all__ = ["fewest_between", "maximum_flow"]


def fewest_between(
    size: int,
    tails: NDArray[np.integer],
    heads: NDArray[np.integer],
    starts: NDArray[np.bool_],
    ends: NDArray[np.bool_],
    fixed: NDArray[np.bool_],
) -> NDArray[np.int64] | None:
    """A smallest set of vertices, none of them `fixed`, on every way from `starts` to `ends`; None where there is none.

    Every vertex is split in two, joined by an arc of capacity 1; starts and ends count as vertices on the way.
    """
    no_limit = size + 1
    inner = np.where(fixed, no_limit, 1)
    vertices = np.arange(size)
    first, last = np.flatnonzero(starts), np.flatnonzero(ends)
    value, _, side = maximum_flow(
        2 * size + 2,
        np.concatenate([vertices, size + np.asarray(tails), np.full(len(first), 2 * size), size + last]),
        np.concatenate([size + vertices, np.asarray(heads), first, np.full(len(last), 2 * size + 1)]),
        np.concatenate([inner, np.full(len(tails) + len(first) + len(last), no_limit)]).astype(np.int64),
        2 * size,
        2 * size + 1,
    )
    return np.flatnonzero(side[:size] & ~side[size : 2 * size]) if value < no_limit else None
