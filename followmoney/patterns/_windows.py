"""Windows of time at accounts, without a loop: where they begin and end, what they sum up to, which touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Span = tuple[Numbers, Numbers]
"""Positions where windows begin, and after which they end."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """Rows group by group, in order within each: what happens at one account, in one currency."""

    at: Numbers
    """The rows."""
    group: Numbers
    """The group of each, ascending."""
    names: Numbers
    """The groups there are."""
    key: Numbers
    size: int

    @classmethod
    def of(cls, at: Numbers, group: Numbers, size: int) -> Grouped:
        """Rows in order out of `size`, by any numbers."""
        order = np.argsort(group, kind="stable")
        rows, groups = at[order].astype(np.int64), group[order]
        first = np.r_[True, groups[1:] != groups[:-1]][: len(groups)]
        return cls(rows, groups, groups[first], (np.cumsum(first) - 1) * (size + 1) + rows, size)

    def span(self, group: Numbers, low: Numbers, high: Numbers) -> Span:
        """For every group asked for, where its rows from `low` up to before `high` stand; nothing where it has none."""
        if not len(self.names):
            return np.zeros(len(group), np.int64), np.zeros(len(group), np.int64)
        dense = np.minimum(np.searchsorted(self.names, group), len(self.names) - 1)
        begin = np.searchsorted(self.key, dense * (self.size + 1) + low)
        end = np.searchsorted(self.key, dense * (self.size + 1) + high)
        there = (self.names[dense] == group) & (begin < end)
        return np.where(there, begin, 0).astype(np.int64), np.where(there, end, 0).astype(np.int64)


def summed(values: Numbers, span: Span) -> Numbers:
    """The sum of the values in every window."""
    total = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=total[1:])
    return total[span[1]] - total[span[0]]


def merged(span: Span) -> Numbers:
    """For windows in order of their beginnings a number each: those that share a row have the same."""
    begin, end = span
    apart = begin[1:] >= np.maximum.accumulate(end)[:-1]
    return np.cumsum(np.r_[False, apart]).astype(np.int64) if len(begin) else np.empty(0, np.int64)


def covered(span: Span, number: Numbers, size: int) -> Span:
    """The positions that windows cover, and the number of the windows there; empty windows cover nothing.

    Windows stand in order of their beginnings, and those of different numbers share no position.
    """
    some = np.flatnonzero(span[1] > span[0])
    begin, end = span[0][some], span[1][some]
    depth = np.bincount(begin, minlength=size + 1) - np.bincount(end, minlength=size + 1)
    position = np.flatnonzero(np.cumsum(depth[:-1]) > 0)
    return position.astype(np.int64), number[some][np.searchsorted(begin, position, "right") - 1]


def keys(*columns: NDArray[np.integer]) -> Numbers:
    """One number a row for what the columns say together; the last has at most 256 different values."""
    first, last = columns
    return first.astype(np.int64) * 256 + last.astype(np.int64)


def until(time: Numbers, rows: Numbers, span: int) -> Numbers:
    """For every row the first one that is more than `span` later."""
    return np.searchsorted(time, time[rows] + span, "right").astype(np.int64)


def since(time: Numbers, rows: Numbers, span: int) -> Numbers:
    """For every row the first one that is at most `span` earlier."""
    return np.searchsorted(time, time[rows] - span, "left").astype(np.int64)


def reaches(amount: Numbers, limit: Numbers) -> NDArray[np.bool_]:
    """Where an amount is at least a limit, and there is one."""
    return (limit >= 0) & (amount >= limit)
