"""Which parties are compared at all: those that share a key that few others have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import NEVER, Cards, Codes, Many
from followmoney.resolution._kernels import fit, partners

_ROOM = 2_000_000  # pairs compared at a time
_LETTERS = 3
_ENDS = 4


@dataclass(frozen=True)
class Blocks:
    """Groups of parties that share a key, both ways round."""

    of: Many
    """Groups of every party."""
    members: Many
    """Parties of every group."""


def keys(cards: Cards, most: int) -> Iterator[tuple[str, NDArray[np.uint32], NDArray[np.uint64]]]:
    """Every rule by name: parties (with repetition) and their keys under it.

    The rules: an identifier; the whole name; a word; two words; the halves of two words; the first letters of a word,
    with the postcode, with the day of birth or founding. What follows from words that more than `most` parties have,
    or nobody asked for, is left out at once, where that is known from the names alone.
    """
    every = np.arange(len(cards), dtype=np.uint32)
    for name in ("lei", "register_number", "vat"):
        value: Codes = getattr(cards, name)
        yield name, every[value > 0], _mixed(value[value > 0])
    yield "iban", _rows(cards.iban), _mixed(cards.iban.value)
    named = every[cards.name > 0]
    yield "name", named, _mixed(cards.name[named])
    yield "word", *_by_name(cards, *_few(cards, _rows(cards.tokens), _mixed(cards.tokens.value), most))
    one, other = _pairs(cards.tokens)
    who = _owner_of_pairs(cards.tokens)
    yield "two words", *_by_name(cards, *_few(cards, who, _mixed(one, other), most))
    heads, tails = (_ends(cards.token, n) for n in (_ENDS, -_ENDS))
    for name, ends in (("two beginnings", heads), ("two endings", tails)):
        a, b = ends[one], ends[other]
        yield name, *_by_name(cards, *_few(cards, who, _mixed(np.minimum(a, b), np.maximum(a, b)), most))
    letters = _ends(cards.token, _LETTERS)
    party, first = _letters(cards, letters)
    yield "postcode", *_with(cards.postcode, party, first)
    known = cards.born[party] != NEVER
    day = cards.born[party[known]].astype(np.int64).astype(np.uint32)
    yield "day", party[known], _mixed(day, first[known])


def blocks(cards: Cards, most: int) -> Blocks:
    """Groups of 2 to `most` parties, at least one of them asked for. Cost: one sort a rule; the rules one by one."""
    parties: list[NDArray[np.uint32]] = []
    groups: list[NDArray[np.uint32]] = []
    count = 0
    for _, party, key in keys(cards, most):
        who, group, number = _grouped(cards, party, key, most)
        parties.append(who)
        groups.append(group + np.uint32(count))
        count += number
    party, group = np.concatenate(parties), np.concatenate(groups)
    return Blocks(_compressed(party, group, len(cards)), _compressed(group, party, count))


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


def _grouped(
    cards: Cards, party: NDArray[np.uint32], key: NDArray[np.uint64], most: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], int]:
    """Parties and group numbers of the keys that 2 to `most` parties share, one of them asked for."""
    if not cards.asked.all():
        keep = _among(key, np.unique(key[cards.asked[party]]))
        party, key = party[keep], key[keep]
    frame = pl.DataFrame({"key": key, "party": party}).unique()
    size = frame.group_by("key").len("size").filter(pl.col("size").is_between(2, most)).select("key").sort("key")
    size = size.with_row_index("group")
    kept = frame.join(size, on="key", how="inner").sort("group", "party")
    return kept["party"].to_numpy(), kept["group"].to_numpy(), len(size)


def _compressed(owner: NDArray[np.uint32], value: NDArray[np.uint32], size: int) -> Many:
    order = np.argsort(owner, kind="stable")
    ptr = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=size), out=ptr[1:])
    return Many(ptr, value[order])


def _mixed(*parts: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One number of one or two of 32 bits, exactly."""
    key = parts[0].astype(np.uint64)
    for part in parts[1:]:
        key = (key << np.uint64(32)) | part.astype(np.uint64)
    return key


def _rows(many: Many) -> NDArray[np.uint32]:
    return np.repeat(np.arange(len(many.ptr) - 1, dtype=np.uint32), np.diff(many.ptr))


def _few(
    cards: Cards, name: NDArray[np.uint32], key: NDArray[np.uint64], most: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Names and keys without those that nobody asked for has, and without those of more than `most` or of one party."""
    asked = np.zeros(len(cards.bearers), np.bool_)
    asked[cards.name[cards.asked]] = True
    wanted = np.unique(key[asked[name]])
    kept = _among(key, wanted)
    once = np.unique((np.searchsorted(wanted, key[kept]).astype(np.uint64) << np.uint64(32)) | name[kept])
    place, name = (once >> np.uint64(32)).astype(np.int64), once.astype(np.uint32)
    bearers = np.bincount(place, weights=cards.bearers[name], minlength=len(wanted))[place]
    few = (bearers >= 2) & (bearers <= most)  # noqa: PLR2004
    return name[few], wanted[place[few]]


def _among(key: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which keys are wanted; those are sorted."""
    if not len(wanted):
        return np.zeros(len(key), np.bool_)
    return wanted[np.searchsorted(wanted, key).clip(max=len(wanted) - 1)] == key


def _by_name(
    cards: Cards, name: NDArray[np.uint32], key: NDArray[np.uint64]
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Keys of names → the parties that bear them."""
    order = np.argsort(cards.name, kind="stable").astype(np.uint32)
    start = np.concatenate([[0], np.cumsum(cards.bearers)])
    count = cards.bearers[name]
    at = np.repeat(start[name], count) + _counting(count)
    return order[at], np.repeat(key, count)


def _counting(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, …, count - 1 for each count, one after the other."""
    total = np.cumsum(count)
    return np.arange(total[-1] if len(total) else 0) - np.repeat(total - count, count)


def _pairs(tokens: Many) -> tuple[Codes, Codes]:
    """Every two words of a name: (smaller, larger)."""
    size = np.diff(tokens.ptr)
    here = _counting(size)
    after = np.repeat(size, size) - here - 1
    one = np.repeat(np.arange(len(tokens.value)), after)
    return tokens.value[one], tokens.value[one + 1 + _counting(after)]


def _owner_of_pairs(tokens: Many) -> NDArray[np.uint32]:
    size = np.diff(tokens.ptr)
    return np.repeat(np.arange(len(size), dtype=np.uint32), size * (size - 1) // 2)


def _ends(token: pl.Series, letters: int) -> Codes:
    """A number for the first letters of every word, or for the last ones (negative)."""
    part = token.str.slice(0, letters) if letters > 0 else token.str.tail(-letters)
    return part.rank("dense").cast(pl.UInt32).to_numpy()


def _letters(cards: Cards, letters: Codes) -> tuple[NDArray[np.uint32], Codes]:
    """Every party with the first letters of each of its words."""
    party, key = _by_name(cards, _rows(cards.tokens), _mixed(letters[cards.tokens.value]))
    return party, key.astype(np.uint32)


def _with(many: Many, party: NDArray[np.uint32], first: Codes) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Every value of a party with every beginning of its words."""
    count = np.diff(many.ptr)[party]
    at = np.repeat(many.ptr[party], count) + _counting(count)
    return np.repeat(party, count), _mixed(many.value[at], np.repeat(first, count))
