"""`Hits`: all that a pattern says, as pure numbers: who, and which transactions in which role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from followmoney.engines import Scope, Slice
from followmoney.patterns._flows import Flows

ROLES = ("in", "out", "link", "own")
IN, OUT, LINK, OWN = range(len(ROLES))

Numbers = NDArray[np.int64]
Counts = NDArray[np.integer]


def _none() -> Numbers:
    return np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Hits:
    """The rows `at[ptr[i]:ptr[i + 1]]` show hit `i` on vertex `subject[i]`; every hit has at least one row."""

    subject: Numbers = field(default_factory=_none)
    ptr: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))
    at: Numbers = field(default_factory=_none)
    role: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    unresolved: Numbers = field(default_factory=_none)
    """Rows at which a stated search budget ended the search: something may have been missed there."""

    @classmethod
    def grouped(cls, subject: Counts, hit: Counts, at: Counts, role: NDArray[np.integer] | int) -> Hits:
        """From evidence in any order: for every row its hit (any numbers), the hit's subject, and its role(s)."""
        roles = np.broadcast_to(np.asarray(role, np.uint8), hit.shape)
        order = np.lexsort((roles, at, hit))
        hit = hit[order]
        first = np.flatnonzero(np.r_[True, hit[1:] != hit[:-1]]) if len(hit) else _none()
        ptr = np.r_[first, len(hit)].astype(np.int64)
        return cls(subject[order][first].astype(np.int64), ptr, at[order].astype(np.int64), roles[order])

    @classmethod
    def passed_on(cls, flows: Flows, came: tuple[Counts, Counts], gone: tuple[Counts, Counts]) -> Hits:
        """Of money into an account and out of it again, the rows that show either, and the hit of each."""
        (i, came_hit), (o, gone_hit) = came, gone
        subject, role = np.r_[flows.beneficiary[i], flows.originator[o]], np.repeat([IN, OUT], [len(i), len(o)])
        return cls.grouped(subject, np.r_[came_hit, gone_hit], np.r_[i, o], role)

    @classmethod
    def ways(cls, subject: Counts, ptr: Numbers, at: Numbers, unresolved: Numbers) -> Hits:
        """Of money from account to account: out of the first, on and on, and into the last."""
        role = np.full(len(at), LINK, np.uint8)
        role[ptr[:-1]], role[ptr[1:] - 1] = OUT, IN
        return cls(subject.astype(np.int64), ptr, at, role, unresolved)

    def __len__(self) -> int:
        """Number of hits."""
        return len(self.subject)

    @property
    def hit(self) -> Numbers:
        """For every row of evidence, the hit it shows."""
        return np.repeat(np.arange(len(self)), np.diff(self.ptr))

    def take(self, hits: Numbers) -> Hits:
        """Some of the hits, in the order given."""
        size = np.diff(self.ptr)[hits]
        ptr = np.zeros(len(hits) + 1, np.int64)
        np.cumsum(size, out=ptr[1:])
        rows: Numbers = np.repeat(self.ptr[hits] - ptr[:-1], size) + np.arange(int(ptr[-1]))
        return replace(self, subject=self.subject[hits], ptr=ptr, at=self.at[rows], role=self.role[rows])

    def owned(self, flows: Flows, part: Slice, scope: Scope) -> Hits:
        """Only what this slice owns, with positions in the whole graph instead of rows of the slice."""
        low, high = flows.owned
        early = flows.time[self.unresolved] if len(self.unresolved) else _none()
        hits = replace(
            self, at=flows.places(self.at), unresolved=flows.places(self.unresolved[(early >= low) & (early <= high)])
        )
        if not len(self):
            return hits
        pick = np.minimum if scope.anchor == "first" else np.maximum
        when = flows.time[pick.reduceat(self.at, self.ptr[:-1])]
        mine = (when >= low) & (when <= high) & (self.subject % part.parts == part.part)
        return hits.take(np.flatnonzero(mine))

    def disjoint(self) -> Hits:
        """Of hits that share a transaction, the one completed first (then the shorter, then the later begun)."""
        if not len(self):
            return self
        rows = [self.at[self.ptr[i] : self.ptr[i + 1]].tolist() for i in range(len(self))]
        used: set[int] = set()
        kept: list[int] = []
        for i in sorted(range(len(self)), key=lambda i: (rows[i][-1], len(rows[i]), -rows[i][0], rows[i])):
            if used.isdisjoint(rows[i]):
                used.update(rows[i])
                kept.append(i)
        return self.take(np.array(kept, np.int64))

    def joined(self) -> Hits:
        """Hits that share a transaction, also by way of others, as one; its subject is that of the one begun first."""
        if not len(self):
            return self
        hit = self.hit
        order = np.lexsort((hit, self.at))
        same = np.flatnonzero(self.at[order[1:]] == self.at[order[:-1]])
        first = np.minimum.reduceat(self.at, self.ptr[:-1])
        root = list(range(len(self)))

        def leader(i: int) -> int:
            while root[i] != i:
                root[i] = root[root[i]]
                i = root[i]
            return i

        for a, b in zip(hit[order[same]].tolist(), hit[order[same + 1]].tolist(), strict=True):
            one, other = sorted((leader(a), leader(b)), key=lambda i: (first[i], i))
            root[other] = one
        together = np.array([leader(i) for i in range(len(self))], np.int64)
        hit, at, role = np.unique(np.stack([together[hit], self.at, self.role.astype(np.int64)]), axis=1)
        return replace(gather([Hits.grouped(self.subject[hit], hit, at, role)]), unresolved=self.unresolved)


def gather(parts: Iterable[Hits]) -> Hits:
    """The hits of all slices together, in an order that does not depend on the slices."""
    found = list(parts)
    hit = np.concatenate([p.hit + shift for p, shift in zip(found, _shifts(found), strict=True)] or [_none()])
    subject = np.concatenate([p.subject for p in found] or [_none()])
    at = np.concatenate([p.at for p in found] or [_none()])
    role = np.concatenate([p.role for p in found] or [np.empty(0, np.uint8)])
    unresolved = np.unique(np.concatenate([p.unresolved for p in found] or [_none()]))
    together = replace(Hits.grouped(subject[hit], hit, at, role), unresolved=unresolved)
    if not len(together):
        return together
    first = np.minimum.reduceat(together.at, together.ptr[:-1])
    return together.take(np.lexsort((np.diff(together.ptr), first, together.subject)))


def _shifts(parts: list[Hits]) -> list[int]:
    return [sum(len(p) for p in parts[:i]) for i in range(len(parts))]
