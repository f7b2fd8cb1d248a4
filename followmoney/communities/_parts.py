"""One connected part of the ties after the other: what happens in one does not depend on the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from followmoney.graph.connected import connected

Search = Callable[[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], NDArray[np.int64]]
"""Members of a part, its ties between their places, and the rows of those ties → the group of every member."""


def by_part(size: int, ends: NDArray[np.int64], couples: NDArray[np.bool_], search: Search) -> NDArray[np.int64]:
    """The group of every vertex, named by its first member.

    A part of two vertices needs no search: it is one group where `couples` is true of their tie.
    """
    groups = np.arange(size, dtype=np.int64)
    part = connected(size, ends)
    sizes = np.bincount(part)
    of_tie = part[ends[:, 0]]
    low, high = ends.T
    couple = (sizes[of_tie] == 2) & couples  # noqa: PLR2004
    groups[high[couple]] = low[couple]
    members, order = np.argsort(part, kind="stable"), np.argsort(of_tie, kind="stable")
    first, tie = np.cumsum(sizes) - sizes, np.searchsorted(of_tie[order], np.arange(len(sizes) + 1))
    place = np.empty(size, np.int64)
    for at in np.flatnonzero(sizes > 2):  # noqa: PLR2004
        inside, rows = members[first[at] : first[at] + sizes[at]], order[tie[at] : tie[at + 1]]
        place[inside] = np.arange(len(inside))
        groups[inside] = inside[_firsts(search(inside, place[ends[rows]], rows))]
    return groups


def _firsts(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every member the first member of its group."""
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    return first[inverse]
