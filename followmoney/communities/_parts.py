"""Leiden, one connected part of the ties after the other: what happens in one does not depend on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.communities._ties import Ties
from followmoney.graph.adapter import components, leiden

if TYPE_CHECKING:
    from followmoney.communities.leiden import Leiden


def by_part(ties: Ties, weights: NDArray[np.float64], options: Leiden) -> NDArray[np.int64]:
    """The group of every vertex. A part of two vertices needs no search: it is one group if that is the better."""
    groups = np.arange(ties.size, dtype=np.int64)
    if not len(ties.ends):
        return groups
    masses, resolution = np.ones(ties.size), options.resolution
    if options.objective == "modularity":
        masses = np.bincount(ties.ends.ravel(), weights=weights.repeat(2), minlength=ties.size).astype(np.float64)
        resolution /= masses.sum()
    part = components(ties.size, ties.ends)
    sizes = np.bincount(part)
    of_tie = part[ties.ends[:, 0]]
    low, high = ties.ends.T
    couple = (sizes[of_tie] == 2) & (weights > resolution * masses[low] * masses[high])  # noqa: PLR2004
    groups[high[couple]] = low[couple]
    members, order = np.argsort(part, kind="stable"), np.argsort(of_tie, kind="stable")
    first, tie = np.cumsum(sizes) - sizes, np.searchsorted(of_tie[order], np.arange(len(sizes) + 1))
    place = np.empty(ties.size, np.int64)
    for at in np.flatnonzero(sizes > 2):  # noqa: PLR2004
        inside, rows = members[first[at] : first[at] + sizes[at]], order[tie[at] : tie[at + 1]]
        place[inside] = np.arange(len(inside))
        found = leiden(
            len(inside), place[ties.ends[rows]], weights[rows], masses[inside],
            resolution=resolution, iterations=options.iterations, seed=options.seed,
        )  # fmt: skip
        groups[inside] = inside[_firsts(found)]
    return groups


def _firsts(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every member the first member of its group."""
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    return first[inverse]
