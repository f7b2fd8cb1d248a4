"""How well groups give rings back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from math import comb


def ring_f1(groups: Mapping[str, Hashable], rings: Sequence[frozenset[str]]) -> float:
    """The mean over all rings of the best F1 that any group reaches for it: 1 if every ring is a group of its own."""
    sizes = Counter(groups.values())
    total = 0.0
    for ring in rings:
        shared = Counter(groups[m] for m in ring if m in groups)
        total += max((2 * n / (len(ring) + sizes[g]) for g, n in shared.items()), default=0.0)
    return total / len(rings)


def ari(groups: Mapping[str, Hashable], rings: Sequence[frozenset[str]]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985) over the members of rings; who is in no group is alone."""
    of = {member: n for n, ring in enumerate(rings) for member in ring}
    found = {member: groups.get(member, member) for member in of}
    both = sum(comb(n, 2) for n in Counter((of[m], found[m]) for m in of).values())
    true = sum(comb(len(ring), 2) for ring in rings)
    told = sum(comb(n, 2) for n in Counter(found.values()).values())
    by_chance = true * told / comb(len(of), 2)
    middle = (true + told) / 2
    return 1.0 if middle == by_chance else (both - by_chance) / (middle - by_chance)
