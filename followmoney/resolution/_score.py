"""Pairs → what each field says of them, in hundredths of a bit, so that what is shown adds up exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import NEVER, Cards, Codes
from followmoney.resolution._kernels import contained, fit, shared
from followmoney.resolution._traits import TRAITS, differ, traits
from followmoney.resolution.weights import Weights

FIELDS = (
    "rarity", "name", "number", "kind", "legal_form", "country", "postcode", "founded", "lei", "register_number", "vat",
    "iban",
)  # fmt: skip
"""Everything that has a weight. `rarity`: minus log2 of how many parties would have such a name by chance."""

_DECIDING = ("lei", "register_number", "vat")  # identifiers that one party alone can have

ALIKE = ("same", "near", "alike", "loose", "part", "unlike")
_OUTCOMES = ("differs", "", "same", "year")  # -1, 0, 1, 2
_CENTS = 100


@dataclass(frozen=True)
class Scored:
    """Pairs with what every field says."""

    left: Codes
    right: Codes
    cents: NDArray[np.int32]
    """Hundredths of a bit: a row a pair, a column a field of `FIELDS`."""
    alike: NDArray[np.int8]
    """How alike the names are: number in same, near, alike, loose, part, unlike; -1 where one has none."""
    differs: NDArray[np.bool_]
    """A row a pair, a column a trait: where they cannot be one party without somebody's decision."""

    @property
    def total(self) -> NDArray[np.int64]:
        """The sum of what the fields say, in hundredths of a bit."""
        return self.cents.sum(axis=1, dtype=np.int64)

    def joined(self, weights: Weights) -> NDArray[np.bool_]:
        """Pairs that are the same unless somebody decided otherwise.

        They have enough weight, no trait that differs, and names that are alike or an identifier that one party alone
        can have.
        """
        sure = (self.cents[:, [FIELDS.index(name) for name in _DECIDING]] > 0).any(axis=1)
        named = (self.alike >= 0) & (self.alike <= ALIKE.index("alike"))
        return (self.total >= _cents(weights.same)) & ~self.differs.any(axis=1) & (named | sure)


def score(cards: Cards, left: Codes, right: Codes, weights: Weights, floor: float = -math.inf) -> Scored:
    """What every field says of each pair. Pairs that cannot reach `floor` (bits) are left out.

    Cost: one pass a field; names are compared letter by letter only where the other fields leave it open.
    """
    cents = np.zeros((len(left), len(FIELDS)), np.int32)
    for name, outcome in _states(cards, left, right).items():
        table = np.array([_cents(weights.weight(name, level)) for level in _OUTCOMES], np.int32)
        cents[:, FIELDS.index(name)] = table[outcome + 1]
    cents[:, 0] = _rarity(cards, left, right)
    best = max(_cents(weights.weight("name", level)) for level in ALIKE)
    open_ = np.flatnonzero(cents.sum(axis=1) + max(best, 0) >= floor * _CENTS)
    left, right, cents = left[open_], right[open_], cents[open_]
    alike = _alike(cards, left, right, weights)
    worth = np.array([*(_cents(weights.weight("name", level)) for level in ALIKE), 0], np.int32)
    cents[:, FIELDS.index("name")] = worth[alike]
    cents[(alike == ALIKE.index("unlike")) | (alike < 0), 0] = -_cents(_everyone(cards))
    kept = cents.sum(axis=1) >= floor * _CENTS
    left, right = np.minimum(left, right)[kept], np.maximum(left, right)[kept]
    differs = np.stack([differ(trait, left, right) for trait in traits(cards)], axis=1)
    return Scored(left, right, cents[kept], alike[kept], differs)


def together(parts: list[Scored]) -> Scored:
    """Several lots of pairs as one, in order of their parties."""
    if not parts:
        nobody, fields = np.zeros(0, np.uint32), len(FIELDS)
        return Scored(
            nobody, nobody, np.zeros((0, fields), np.int32), np.zeros(0, np.int8), np.zeros((0, TRAITS), bool)
        )
    left, right = (np.concatenate([getattr(p, side) for p in parts]) for side in ("left", "right"))
    order = np.lexsort((right, left))
    rest = (np.concatenate([getattr(p, name) for p in parts])[order] for name in ("cents", "alike", "differs"))
    return Scored(left[order], right[order], *rest)


def _cents(bits: float) -> int:
    return round(bits * _CENTS)


def _states(cards: Cards, left: Codes, right: Codes) -> dict[str, NDArray[np.int8]]:
    """Every field but the name: 1 same, -1 different, 0 not known (founded: 2 the same year)."""
    many = {"postcode": cards.postcode, "iban": cards.iban}
    lists = {n: fit(shared, len(left))(m.ptr, m.value, left, right) for n, m in many.items()}
    lists["iban"] = np.maximum(lists["iban"], 0)  # whoever holds another account too may well be the same
    number = next(trait for trait in traits(cards) if trait.field == "number")
    return {
        "number": -differ(number, left, right).astype(np.int8),
        "kind": np.minimum(_equal(cards.kind, left, right), 0),
        "legal_form": _equal(cards.form, left, right),
        "country": _equal(cards.country, left, right),
        "founded": _founded(cards.born, left, right),
        "lei": _equal(cards.lei, left, right),
        "register_number": _within(cards.register_number, cards.register, left, right),
        "vat": _within(cards.vat, cards.vat_in, left, right),
        **lists,
    }


def _equal(codes: Codes, left: Codes, right: Codes) -> NDArray[np.int8]:
    one, other = codes[left], codes[right]
    known = (one > 0) & (other > 0)
    return np.where(known, np.where(one == other, 1, -1), 0).astype(np.int8)


def _within(codes: Codes, country: Codes, left: Codes, right: Codes) -> NDArray[np.int8]:
    """Equal or not, where both are of one country: a party may well have a number in each of two countries."""
    return np.where(country[left] == country[right], _equal(codes, left, right), 0).astype(np.int8)


def _founded(born: NDArray[np.int32], left: Codes, right: Codes) -> NDArray[np.int8]:
    one, other = born[left], born[right]
    known = (one != NEVER) & (other != NEVER)
    year = [np.where(known, day, 0).astype("datetime64[D]").astype("datetime64[Y]") for day in (one, other)]
    outcome = np.where(one == other, 1, np.where(year[0] == year[1], 2, -1))
    return np.where(known, outcome, 0).astype(np.int8)


def _rarity(cards: Cards, left: Codes, right: Codes) -> NDArray[np.int32]:
    """Minus log2 of how many parties would have such a name.

    The very same name: how many others bear it. Else: how many would have all words of the more usual of the two names,
    if words met by chance. At least one. Names that are not alike, or missing, leave all parties (see `score`).
    """
    one, other = cards.name[left], cards.name[right]
    everyone = _everyone(cards)
    likely = everyone - np.minimum(cards.bits[one], cards.bits[other])
    same = np.log2(np.maximum(1, cards.bearers[one] - 1))
    many = np.where((one == other) & (one > 0), same, np.clip(likely, 0, everyone))
    return -np.rint(many * _CENTS).astype(np.int32)


def _everyone(cards: Cards) -> float:
    return math.log2(max(2, len(cards)))


def _alike(cards: Cards, left: Codes, right: Codes, weights: Weights) -> NDArray[np.int8]:
    """How alike the names are: the first of the levels that fits; -1 where one has no name."""
    one, other = cards.name[left], cards.name[right]
    found = np.full(len(left), ALIKE.index("unlike"), np.int8)
    likeness = np.zeros(len(left))
    apart = np.flatnonzero((one != other) & (one > 0) & (other > 0))
    if len(apart):
        sorted_ = [cards.words.gather(name[apart]) for name in (one, other)]
        written = [
            cards.base.gather(side[apart]).fill_null(words) for side, words in zip((left, right), sorted_, strict=True)
        ]
        likeness[apart] = np.maximum(_ratio(*sorted_), _ratio(*written))
        inside = fit(contained, len(apart))(cards.tokens.ptr, cards.tokens.value, one[apart], other[apart])
        found[apart[inside]] = ALIKE.index("part")
    for level in ("loose", "alike", "near"):
        found[likeness >= weights.levels["name"][level].at_least] = ALIKE.index(level)
    found[one == other] = ALIKE.index("same")
    found[(one == 0) | (other == 0)] = -1
    return found


def _ratio(one: pl.Series, other: pl.Series) -> NDArray[np.float64]:
    """Likeness from 0 to 1: letters in common, in order, as a share of all letters of both."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    found = cpdist(one.to_list(), other.to_list(), scorer=Indel.normalized_similarity, dtype=np.float64)
    return np.asarray(np.round(found, 9), np.float64)
