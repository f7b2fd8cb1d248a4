"""How well networks give back the planted schemes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import comb

from .labelled import REPORT, Labelled

_RING = 3
"""Accounts that make a ring, at least."""


@dataclass(frozen=True)
class Recovery:
    """Of the rings of the reported half: mean overlap with the nearest network, share covered, and agreement."""

    rings: int
    f1: float
    covered: float
    ari: float


def recovered(data: Labelled, method: str) -> Recovery:
    """Cluster with the defaults of a method and compare with the schemes of three or more accounts.

    F1 is that of the members of a ring and of the network that fits it best, the mean over the rings; covered: half of
    the members of either are in both; ARI (Hubert and Arabie 1985) over the accounts of exactly one ring, so that it
    says whether rings stay apart, not whether they are clean of others.
    """
    import followmoney as fm

    rings = [
        data.members[s] for s in range(len(data.kinds))
        if data.laundering[s] and data.half[s] == REPORT and len(data.members[s]) >= _RING
    ]  # fmt: skip
    place = {name: v for v, name in enumerate(data.graph.vertices["id"].to_list())}
    table = fm.cluster(data.graph, method, seed=1).members
    network = {place[v]: n for n, v in table.select("network", "vertex").iter_rows()}
    size = Counter(network.values())
    f1, covered = 0.0, 0
    for ring in rings:
        inside = Counter(network[a] for a in ring if a in network)
        f1 += max((2 * n / (len(ring) + size[k]) for k, n in inside.items()), default=0.0)
        covered += any(2 * n >= len(ring) + size[k] - n for k, n in inside.items())
    times = Counter(a for ring in rings for a in ring)
    pairs = [(r, network.get(a, -a - 1)) for r, ring in enumerate(rings) for a in ring if times[a] == 1]
    many = max(1, len(rings))
    return Recovery(len(rings), f1 / many, covered / many, ari(pairs))


def ari(pairs: list[tuple[int, int]]) -> float:
    """The adjusted Rand index of two groupings of the same accounts, given as pairs of groups."""
    both = sum(comb(n, 2) for n in Counter(pairs).values())
    one = sum(comb(n, 2) for n in Counter(a for a, _ in pairs).values())
    other = sum(comb(n, 2) for n in Counter(b for _, b in pairs).values())
    by_chance = one * other / comb(len(pairs), 2) if len(pairs) > 1 else 0.0
    most = (one + other) / 2
    return (both - by_chance) / (most - by_chance) if most != by_chance else 1.0
