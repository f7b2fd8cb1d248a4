"""Leiden at one resolution after the other: the groups of one are what the next, a coarser one, puts together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.communities._parts import by_part
from followmoney.communities._ties import Ties
from followmoney.graph.adapter import by_first, leiden

if TYPE_CHECKING:
    from followmoney.communities.leiden import Leiden

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def resolutions(ties: Ties, options: Leiden) -> Iterator[Ints]:
    """The group of every vertex at every resolution, the finest first."""
    ends, weights = ties.ends, ties.weighed(options.weight)
    masses, scale = np.ones(ties.size), 1.0
    if options.objective == "modularity":
        masses = np.bincount(ends.ravel(), weights=weights.repeat(2), minlength=ties.size).astype(np.float64)
        scale = float(masses.sum()) or 1.0
    within = np.arange(ties.size, dtype=np.int64)
    for resolution in (options.resolution, *options.coarser):
        found = by_first(_grouped(ends, weights, masses, resolution / scale, options))
        within = found[within]
        yield within
        ends, weights = _joined(found[ends], weights)
        masses = np.bincount(found, weights=masses).astype(np.float64)


def _grouped(ends: Ints, weights: Floats, masses: Floats, resolution: float, options: Leiden) -> Ints:
    low, high = ends.T
    couples = weights > resolution * masses[low] * masses[high]

    def search(members: Ints, inside: Ints, rows: Ints) -> Ints:
        return leiden(
            len(members), inside, weights[rows], masses[members],
            resolution=resolution, iterations=options.iterations, seed=options.seed,
        )  # fmt: skip

    return by_part(len(masses), ends, couples, search)


def _joined(ends: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """The ties between groups, each once, in order; weights are whole numbers of 1/1024, so that sums are exact."""
    apart = ends[:, 0] != ends[:, 1]
    keys = np.sort(ends[apart], axis=1) @ np.array([1 << 32, 1])
    kept, which = np.unique(keys, return_inverse=True)
    joined = np.stack([kept >> 32, kept & (2**32 - 1)], axis=1)
    return joined, np.bincount(which, weights=weights[apart], minlength=len(kept)).astype(np.float64)
