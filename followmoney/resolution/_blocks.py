"""Which parties are compared at all: those that share a key that few others have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.resolution._cards import Cards, Codes, Many
from followmoney.resolution._groups import Groups, counting, grouped
from followmoney.resolution._kernels import fit, partners
from followmoney.resolution._keys import dense, of_names, of_parties

_ROOM = 400_000  # pairs compared at a time


@dataclass(frozen=True)
class Blocks:
    """Groups of parties that share a key, both ways round."""

    of: Many
    """Groups of every party that is asked for."""
    members: Many
    """Parties of every group."""


def blocks(cards: Cards, most: int) -> Blocks:
    """Groups of 2 to `most` parties, at least one of them asked for. Cost: one sort a rule; the rules one by one.

    Where more than `most` parties share a key of their names that is to be split, those of one country are a group, and
    where these are too many, those of one country and legal form.
    """
    parties: list[Codes] = []
    groups: list[Codes] = []
    count = 0
    for party, group, number in _found(cards, most):
        parties.append(party)
        groups.append(group + np.uint32(count))
        count += number
    party, group = np.concatenate(parties), np.concatenate(groups)
    del parties, groups
    asked = cards.asked[party]
    return Blocks(_compressed(party[asked], group[asked], len(cards)), _compressed(group, party, count))


def candidates(cards: Cards, found: Blocks, room: int = _ROOM) -> Iterator[tuple[Codes, Codes]]:
    """All pairs to compare, some at a time: asked party, other party."""
    kernel = fit(partners, len(found.members.value))
    widest = _widest(found)
    left, right = (np.empty(max(room, widest), np.uint32) for _ in range(2))
    stamp = np.zeros(len(cards), np.uint32)
    at = 0
    while at < len(cards):
        at, pairs = kernel(
            at, len(cards), cards.asked, found.of.ptr, found.of.value, found.members.ptr, found.members.value, stamp,
            left, right,
        )  # fmt: skip
        if pairs:
            yield left[:pairs].copy(), right[:pairs].copy()


def _widest(found: Blocks) -> int:
    """The most pairs that one party can have."""
    sizes = np.diff(found.members.ptr)[found.of.value]
    total = np.concatenate([[0], np.cumsum(sizes)])
    return int((total[found.of.ptr[1:]] - total[found.of.ptr[:-1]]).max(initial=1))


def _found(cards: Cards, most: int) -> Iterator[tuple[Codes, Codes, int]]:
    """Parties, their groups, and how many groups, rule by rule."""
    alone = np.ones(len(cards), np.int32)
    for party, key in of_parties(cards):
        few = grouped(party, key, alone, cards.asked).between(2, most)
        yield few.member, few.group, few.count
    bearers = cards.bearers.astype(np.int32)
    asked = np.zeros(len(bearers), np.bool_)
    asked[cards.name[cards.asked]] = True
    borne = _compressed(cards.name, np.arange(len(cards), dtype=np.uint32), len(bearers))
    for name, key, split in of_names(cards):
        all_ = grouped(name, key, bearers, asked)
        few = all_.between(2, most)
        yield *_parties(borne, few), few.count
        if split:
            many = all_.above(most)
            yield from _split(cards, *_parties(borne, many), most)


def _split(cards: Cards, party: Codes, group: Codes, most: int) -> Iterator[tuple[Codes, Codes, int]]:
    """Groups too large by country, and those that still are by country and legal form."""
    alone = np.ones(len(cards), np.int32)
    for value in (dense(cards.field("country")), dense(cards.field("form"))):
        known = value[party] > 0
        party, group = party[known], group[known]
        key = group.astype(np.uint64) * np.uint64(int(value.max(initial=0)) + 1) + value[party]
        all_ = grouped(party, key, alone, cards.asked)
        few, many = all_.between(2, most), all_.above(most)
        yield few.member, few.group, few.count
        party, group = many.member, many.group


def _parties(borne: Many, found: Groups) -> tuple[Codes, Codes]:
    """Groups of names → the parties that bear them, and the group of each."""
    count = np.diff(borne.ptr)[found.member]
    at = np.repeat(borne.ptr[found.member], count)
    at += counting(count)
    return borne.value[at], np.repeat(found.group, count)


def _compressed(owner: NDArray[np.uint32], value: NDArray[np.uint32], size: int) -> Many:
    both = (owner.astype(np.uint64) << np.uint64(32)) | value
    both.sort()
    ptr = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=size), out=ptr[1:])
    return Many(ptr, both.astype(np.uint32))
