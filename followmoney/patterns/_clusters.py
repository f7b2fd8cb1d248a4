"""Transactions that lie together in a window: the one call that patterns of cash share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._kernels import fit
from followmoney.patterns._flows import Flows
from followmoney.patterns._kernels_structuring import clusters

Numbers = NDArray[np.int64]


class Together(NamedTuple):
    """Transactions that stand in a cluster, by group and time."""

    at: Numbers
    cluster: Numbers
    """The cluster of each, numbered from 0 without gaps."""


def together(
    flows: Flows, at: Numbers, group: Numbers, *, amount: Numbers, enough: Numbers, span: int, least: int,
    spot: Numbers | None = None, spots: int = 1,
) -> Together:  # fmt: skip
    """Clusters among the transactions `at` (rows in order), within groups of equal number.

    A window of `span` that starts at a transaction counts if it holds `least` of its group that reach `enough`, at
    `spots` different spots where any is known; windows that share a transaction are one cluster.
    """
    order = np.lexsort((at, group))
    where = np.full(len(at), -1, np.int64) if spot is None else spot
    number = fit(clusters, len(at))(
        group[order], flows.time[at[order]], amount[order], enough[order], where[order], span, least, spots
    )
    shown = number >= 0
    return Together(at[order][shown], number[shown])


def paired(*columns: NDArray[np.integer]) -> Numbers:
    """A number for every row, from 0 without gaps, that is equal where all columns (of numbers from 0) are."""
    found = columns[0].astype(np.int64)
    for column in columns[1:]:
        found = found * (int(column.max(initial=0)) + 1) + column
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def merged(parts: list[Together]) -> Together:
    """Clusters of several groupings as one: those that share a transaction are one; rows in order."""
    root: dict[tuple[int, int], tuple[int, int]] = {}
    owner: dict[int, tuple[int, int]] = {}

    def top(one: tuple[int, int]) -> tuple[int, int]:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for part, (at, cluster) in enumerate(parts):
        for row, number in zip(at.tolist(), cluster.tolist(), strict=True):
            mine = top((part, number))
            root[mine] = top(owner.setdefault(row, mine))
    rows = np.array(sorted(owner), np.int64)
    numbers: dict[tuple[int, int], int] = {}
    found = [numbers.setdefault(top(owner[row]), len(numbers)) for row in rows.tolist()]
    return Together(rows, np.array(found, np.int64))


def chief(cluster: Numbers, account: NDArray[np.integer], weight: Numbers, at: Numbers) -> Numbers:
    """For every row the account with the largest weight in its cluster; of several, the one that comes first."""
    pair = paired(cluster, account)
    total, first = np.zeros(int(pair.max(initial=-1)) + 1, np.int64), np.full(int(pair.max(initial=-1)) + 1, 2**62)
    np.add.at(total, pair, weight)
    np.minimum.at(first, pair, at)
    order = np.lexsort((first[pair], -total[pair], cluster))
    found: Numbers = account.astype(np.int64)
    starts = order[np.flatnonzero(np.diff(cluster[order], prepend=-1))]
    subject = np.zeros(int(cluster.max(initial=-1)) + 1, np.int64)
    subject[cluster[starts]] = found[starts]
    return subject[cluster]
