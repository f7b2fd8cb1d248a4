"""Rows of (member, key) → groups of the members that share a key. Everything is one sort of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.resolution._cards import Codes

_WIDTH = 64
_FITS = 2**31


@dataclass(frozen=True)
class Groups:
    """Members by group; each once in a group."""

    member: Codes
    group: Codes
    """Numbers without gaps, rising."""
    first: NDArray[np.int64]
    """Where each group begins."""
    total: NDArray[np.int64]
    """What the members of each group weigh."""
    asked: NDArray[np.bool_]
    """Which groups have a member that is asked for."""

    @property
    def count(self) -> int:
        """Number of groups."""
        return len(self.first)

    def between(self, least: int, most: int) -> Groups:
        """Groups with somebody asked for that weigh so much."""
        return self._only(self.asked & (self.total >= least) & (self.total <= most))

    def above(self, most: int) -> Groups:
        """Groups with somebody asked for that weigh more, be it one member alone."""
        return self._only(self.asked & (self.total > most))

    def _only(self, kept: NDArray[np.bool_]) -> Groups:
        size = np.diff(self.first, append=len(self.member))
        first = np.cumsum(size[kept]) - size[kept]
        group = np.repeat(np.arange(len(first), dtype=np.uint32), size[kept])
        return Groups(self.member[np.repeat(kept, size)], group, first, self.total[kept], self.asked[kept])


def grouped(member: Codes, key: NDArray[np.uint64], weight: NDArray[np.int32], asked: NDArray[np.bool_]) -> Groups:
    """Groups by key, in its order. `weight` and `asked` are by the number of the member. `key` is written over."""
    member, key = _ordered(member, key, len(weight))
    new = np.ones(len(key), np.bool_)
    new[1:] = key[1:] != key[:-1]
    first = np.flatnonzero(new)
    if not len(first):
        return Groups(member, member, first, first, new)
    group = np.cumsum(new, dtype=np.uint32)
    group -= np.uint32(1)
    total = np.add.reduceat(weight[member], first, dtype=np.int64)
    return Groups(member, group, first, total, np.logical_or.reduceat(asked[member], first))


Counts = NDArray[np.int32 | np.int64]


def counting(count: Counts) -> Counts:
    """0, 1, …, count - 1 for each count, one after the other; in 32 bits where they fit."""
    total = np.cumsum(count)
    size = int(total[-1]) if len(total) else 0
    kind = np.int32 if size < _FITS else np.int64
    found = np.arange(size, dtype=kind)
    found -= np.repeat((total - count).astype(kind), count)
    return found


def _ordered(member: Codes, key: NDArray[np.uint64], size: int) -> tuple[Codes, NDArray[np.uint64]]:
    """Every pair once, by key, then member; `key` is written over.

    Where both fit in 64 bits they are sorted as one number, which takes a tenth of the time.
    """
    bits = max(1, size).bit_length()
    if int(key.max(initial=0)).bit_length() + bits <= _WIDTH:
        key <<= np.uint64(bits)
        key |= member
        key.sort()
        member = (key & np.uint64((1 << bits) - 1)).astype(np.uint32)
        key >>= np.uint64(bits)
    else:
        order = np.lexsort((member, key))
        member, key = member[order], key[order]
    new = np.ones(len(key), np.bool_)
    new[1:] = (key[1:] != key[:-1]) | (member[1:] != member[:-1])
    return member[new], key[new]
