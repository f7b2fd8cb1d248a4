"""Pairs that are the same → clusters; where the chain of pairs would join what must not be, nothing is joined."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import Codes
from followmoney.resolution._traits import Trait

Pair = tuple[int, int]


@dataclass(frozen=True)
class Conflict:
    """Two parties that a chain of pairs would join, and why they are not."""

    what: str
    """`decision` (somebody decided that they are not the same), or the field in which they differ."""
    chain: tuple[int, ...]
    """Parties from the one to the other, each said to be the same as the next."""
    decided: bool
    """Every link of the chain is a decision."""


@dataclass(frozen=True)
class Clusters:
    """Who is counted with whom."""

    of: NDArray[np.int64]
    """The first party of the cluster that a party is in, a party."""
    held: NDArray[np.bool_]
    """Which of the automatic pairs are held back, because they would join what must not be."""
    conflicts: tuple[Conflict, ...]


def clusters(size: int, automatic: tuple[Codes, Codes], same: Sequence[Pair], apart: Sequence[Pair],
             traits: Iterable[Trait]) -> Clusters:  # fmt: skip
    """Join pairs into clusters. Cost: about 2 µs a pair; chains are looked for only where something is wrong.

    First what was decided: where decisions contradict each other, none of the parties they join is merged. Then the
    automatic pairs: where they would join two parties that were decided not to be the same, or that differ in a trait,
    all automatic pairs of that cluster are held back. Parties that decisions join count as one thing, and two things
    differ in a trait only where they have no value in common.
    """
    conflicts: list[Conflict] = []
    links = _links(same)
    decided = _roots(size, same)
    broken: set[int] = set()
    for a, b in apart:
        if decided[a] == decided[b]:
            conflicts.append(Conflict("decision", _chain(links, a, b), decided=True))
            broken.add(int(decided[a]))
    firm = [pair for pair in same if int(decided[pair[0]]) not in broken]
    loose = np.isin(decided, list(broken))
    left, right = (side.astype(np.int64) for side in automatic)
    held = loose[left] | loose[right]
    free = ~held
    pairs = list(zip(left[free].tolist(), right[free].tolist(), strict=True))
    all_ = _roots(size, [*firm, *pairs])
    firmly = _roots(size, firm)
    wrong = _against(apart, all_, decided) + _differing(all_, firmly, traits)
    if wrong:
        bad = {int(all_[a]) for _, a, _ in wrong}
        inside = [pair for pair in [*firm, *pairs] if int(all_[pair[0]]) in bad]
        links = _links(inside)
        conflicts.extend(Conflict(what, _chain(links, a, b), decided=False) for what, a, b in wrong)
        held |= np.isin(all_[left], list(bad))
        free = ~held
        all_ = _roots(size, [*firm, *zip(left[free].tolist(), right[free].tolist(), strict=True)])
    return Clusters(all_, held, tuple(sorted(conflicts, key=lambda c: (c.chain, c.what))))


def _roots(size: int, pairs: Iterable[Pair]) -> NDArray[np.int64]:
    """The smallest number of the set every party is in; only parties that are in a pair are looked at."""
    found = np.arange(size)
    given = np.array(list(pairs), np.int64).reshape(-1, 2)
    party, place = np.unique(given, return_inverse=True)
    root = list(range(len(party)))
    for a, b in place.reshape(-1, 2).tolist():
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]  # noqa: PLW2901
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]  # noqa: PLW2901
        if a != b:
            root[max(a, b)] = min(a, b)
    ends = np.array(root, np.int64)
    while not np.array_equal(again := ends[ends], ends):
        ends = again
    found[party] = party[ends]
    return found


def _links(pairs: Iterable[Pair]) -> dict[int, list[int]]:
    links: dict[int, list[int]] = {}
    for a, b in sorted(pairs):
        links.setdefault(a, []).append(b)
        links.setdefault(b, []).append(a)
    return links


def _chain(links: dict[int, list[int]], start: int, end: int) -> tuple[int, ...]:
    """The shortest way from one party to another along pairs."""
    came = {start: start}
    ahead = deque([start])
    while ahead and end not in came:
        here = ahead.popleft()
        for there in links.get(here, ()):
            if there not in came:
                came[there] = here
                ahead.append(there)
    chain = [end]
    while chain[-1] != start:
        chain.append(came[chain[-1]])
    return tuple(reversed(chain))


def _against(apart: Sequence[Pair], roots: NDArray[np.int64], decided: NDArray[np.int64]) -> list[tuple[str, int, int]]:
    """Pairs decided not to be the same that would be; those that decisions alone would join were told before."""
    return [("decision", a, b) for a, b in apart if roots[a] == roots[b] and decided[a] != decided[b]]


def _differing(
    roots: NDArray[np.int64], firmly: NDArray[np.int64], traits: Iterable[Trait]
) -> list[tuple[str, int, int]]:
    """For every cluster and trait in which two of its things differ: one such pair."""
    size = np.bincount(roots, minlength=len(roots))
    inside = np.flatnonzero(size[roots] > 1)
    inside = inside[np.argsort(roots[inside], kind="stable")]
    found: list[tuple[str, int, int]] = []
    for trait in traits:
        there = inside[trait.value[inside] > 0]
        there = _of_several_values(roots[there], there, trait.value)
        frame = pl.DataFrame(
            {"root": roots[there], "scope": trait.scope[there], "value": trait.value[there], "thing": firmly[there],
             "party": there}
        )  # fmt: skip
        if not len(frame):
            continue
        several = frame.filter(pl.col("value").n_unique().over("root", "scope") > 1).sort("root", "scope", "party")
        for part in several.partition_by("root", "scope", maintain_order=True):
            pair = _disjoint(part)
            if pair:
                found.append((trait.field, *pair))
    return found


def _of_several_values(root: NDArray[np.int64], party: NDArray[np.int64], value: Codes) -> NDArray[np.int64]:
    """Those parties (in order of their roots) whose cluster has more than one value: usually few."""
    first = np.flatnonzero(np.append(True, root[1:] != root[:-1])[: len(root)])
    if not len(first):
        return party
    several = np.minimum.reduceat(value[party], first) != np.maximum.reduceat(value[party], first)
    return party[np.repeat(several, np.diff(first, append=len(root)))]


def _disjoint(part: pl.DataFrame) -> Pair | None:
    """Two parties of two things that have no value in common, if there are such things."""
    values: dict[int, set[int]] = {}
    first: dict[int, int] = {}
    for value, thing, party in part.select("value", "thing", "party").iter_rows():
        values.setdefault(thing, set()).add(value)
        first.setdefault(thing, party)
    things = list(values)
    for at, one in enumerate(things):
        for other in things[at + 1 :]:
            if not values[one] & values[other]:
                return first[one], first[other]
    return None
