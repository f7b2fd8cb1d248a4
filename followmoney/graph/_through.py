"""The entries that some of the strongest chains go through, each once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._entries import Integrated
from followmoney.graph._interests import Direct

Numbers = NDArray[np.int64]


def through(found: Integrated, direct: Direct, entries: Numbers) -> tuple[Numbers, Numbers]:
    """The entries, the shortest chains first; and where among them the one above each stands (-1: it is the first).

    Memory is that of all entries, whatever the length of the chains.
    """
    size = len(direct.parties)
    order = np.argsort(found.first, kind="stable")
    key = np.repeat(order, found.count[order]) * size + found.who
    by_key = np.argsort(key, kind="stable")
    key = key[by_key]

    def above(some: Numbers) -> Numbers:
        return by_key[np.searchsorted(key, direct.owner[found.via[some]] * size + found.who[some])]

    known = np.zeros(len(found.who), np.bool_)
    needed = np.unique(entries)
    while len(needed):  # from the bottom up
        known[needed] = True
        up = np.unique(above(needed[found.steps[needed] > 1]))
        needed = up[~known[up]]
    by = np.flatnonzero(known)
    by = by[np.argsort(found.steps[by], kind="stable")]
    place = np.empty(len(known), np.int64)
    place[by] = np.arange(len(by))
    longer = found.steps[by] > 1
    up = np.full(len(by), -1, np.int64)
    up[longer] = place[above(by[longer])]
    return by, up
