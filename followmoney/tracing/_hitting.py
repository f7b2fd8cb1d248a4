"""The fewest members that hit every one of some sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_MOST_TRIES = 200_000


class TooManyError(Exception):
    """The search was given up."""


def fewest(sets: Sequence[frozenset[int]]) -> tuple[int, ...]:
    """A smallest set of numbers with one of every set; of several, always the same one. Branch and bound, exact.

    Raises:
        TooManyError: It would take too long.
    """
    best = _greedy(sets)
    tries = 0

    def search(left: list[frozenset[int]], chosen: tuple[int, ...]) -> None:
        nonlocal best, tries
        tries += 1
        if tries > _MOST_TRIES:
            raise TooManyError
        if not left:
            best = min(best, tuple(sorted(chosen)), key=lambda found: (len(found), found))
            return
        if len(chosen) + _disjoint(left) >= len(best):
            return
        smallest = min(left, key=lambda some: (len(some), sorted(some)))
        counts = Counter(member for some in left for member in some)
        banned: set[int] = set()
        for member in sorted(smallest, key=lambda m: (-counts[m], m)):
            rest = [some - banned for some in left if member not in some]
            if all(rest):
                search(rest, (*chosen, member))
            banned.add(member)

    search(list(dict.fromkeys(sets)), ())
    return best


def _greedy(sets: Sequence[frozenset[int]]) -> tuple[int, ...]:
    chosen: list[int] = []
    left: list[frozenset[int]] = list(sets)
    while left:
        counts = Counter[int](member for some in left for member in some)
        chosen.append(min(counts, key=lambda m: (-counts[m], m)))
        left = [some for some in left if chosen[-1] not in some]
    return tuple(sorted(chosen))


def _disjoint(sets: Sequence[frozenset[int]]) -> int:
    """So many of the sets share no member: at least as many members are needed."""
    seen: set[int] = set()
    count = 0
    for some in sorted(sets, key=len):
        if not seen & some:
            seen |= some
            count += 1
    return count
