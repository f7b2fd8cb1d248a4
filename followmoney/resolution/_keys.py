"""What may bring a party together with others: an identifier, words of its name, or a word with a place or a day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import NEVER, Cards, Codes, Many
from followmoney.resolution._groups import counting

_LETTERS = 3
_ENDS = 4

Keys = NDArray[np.uint64]


def of_parties(cards: Cards) -> Iterator[tuple[Codes, Keys]]:
    """Parties (with repetition) and their keys, rule by rule.

    The rules: each identifier; the first letters of a word, with the postcode, with the day of birth or founding.
    """
    every = np.arange(len(cards), dtype=np.uint32)
    for name in ("lei", "register_number", "vat"):
        value = cards.field(name)
        yield every[value > 0], _mixed(value[value > 0])
    yield _owners(cards.iban), _mixed(cards.iban.value)
    first = _ends(cards.token, _LETTERS)
    yield _with(cards, _densely(cards.postcode), first)
    known = cards.born != NEVER
    day = cards.born.astype(np.int64) - int(cards.born[known].min(initial=0))
    ptr = np.concatenate([[0], np.cumsum(known)])
    yield _with(cards, Many(ptr, day[known].astype(np.uint32)), first)


def of_names(cards: Cards) -> Iterator[tuple[Codes, Keys, bool]]:
    """Names (by number, with repetition), their keys, and whether groups too large are split, rule by rule.

    The rules: the whole name (split); a word; two words; the beginnings of two words (split); their endings (split).
    """
    named = np.arange(1, len(cards.bearers), dtype=np.uint32)
    yield named, _mixed(named), True
    tokens = cards.tokens
    yield _owners(tokens), _mixed(tokens.value), False
    one, other = _pairs(tokens)
    size = np.diff(tokens.ptr)
    who = np.repeat(np.arange(len(size), dtype=np.uint32), size * (size - 1) // 2)
    yield who, _mixed(one, other), False
    for letters in (_ENDS, -_ENDS):
        ends = _ends(cards.token, letters)
        a, b = ends[one], ends[other]
        yield who, _mixed(np.minimum(a, b), np.maximum(a, b)), True


def dense(value: Codes) -> Codes:
    """The same values, numbered without gaps; 0 stays 0."""
    there = np.zeros(int(value.max(initial=0)) + 1, np.bool_)
    there[value] = True
    there[0] = True
    return (np.cumsum(there, dtype=np.uint32) - np.uint32(1))[value]


def _densely(many: Many) -> Many:
    """The same for several values a party."""
    return Many(many.ptr, dense(many.value))


def _mixed(*parts: Codes) -> Keys:
    """One number of one or two, exactly, and as small as it can be."""
    key = parts[0].astype(np.uint64)
    for part in parts[1:]:
        key *= np.uint64(int(part.max(initial=0)) + 1)
        key += part
    return key


def _owners(many: Many) -> Codes:
    return np.repeat(np.arange(len(many.ptr) - 1, dtype=np.uint32), np.diff(many.ptr))


def _pairs(tokens: Many) -> tuple[Codes, Codes]:
    """Every two words of a name: (smaller, larger)."""
    size = np.diff(tokens.ptr)
    here = counting(size)
    after = np.repeat(size, size) - here - 1
    one = np.repeat(np.arange(len(tokens.value), dtype=here.dtype), after)
    other = counting(after)
    other += one + 1
    return tokens.value[one], tokens.value[other]


def _ends(token: pl.Series, letters: int) -> Codes:
    """A number for the first letters of every word, or for the last ones (negative)."""
    part = token.str.slice(0, letters) if letters > 0 else token.str.tail(-letters)
    return part.rank("dense").cast(pl.UInt32).to_numpy()


def _with(cards: Cards, many: Many, first: Codes) -> tuple[Codes, Keys]:
    """Every value of a party with every beginning of its words."""
    party, value = _owners(many), many.value
    name = cards.name[party]
    words = np.diff(cards.tokens.ptr)[name]
    at = np.repeat(cards.tokens.ptr[name], words)
    at += counting(words)
    return np.repeat(party, words), _mixed(np.repeat(value, words), first[cards.tokens.value[at]])
