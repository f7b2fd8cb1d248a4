"""Pairs → what each field says of them, in hundredths of a bit, so that what is shown adds up exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.resolution._cards import NEVER, Cards, Codes
from followmoney.resolution._kernel_alike import likenesses
from followmoney.resolution._kernel_rarity import rarity
from followmoney.resolution._kernel_weigh import weigh
from followmoney.resolution._kernels import contained, fit, worth_compiling
from followmoney.resolution._traits import TRAITS, differ, traits
from followmoney.resolution.weights import Weights

FIELDS = (
    "rarity", "name", "number", "kind", "legal_form", "country", "postcode", "founded", "lei", "register_number", "vat",
    "iban",
)  # fmt: skip
"""Everything that has a weight. `rarity`: minus log2 of how many parties would have such a name by chance; where that
is less than one, it speaks for the pair, though only if the names are the same or nearly."""

DECIDING = ("lei", "register_number", "vat")
"""Identifiers that one party alone can have."""
_JOINING = (*DECIDING, "iban")  # what can make two parties with unlike names worth a look; so can a day

ALIKE = ("same", "near", "alike", "loose", "part", "unlike")
_OUTCOMES = ("differs", "", "same", "year")
_DIFFERS, _SAME = 0, 2
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

    def at(self, places: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Scored:
        """Some of the pairs, or all in another order."""
        return Scored(
            self.left[places], self.right[places], self.cents[places], self.alike[places], self.differs[places]
        )

    def joined(self, weights: Weights) -> NDArray[np.bool_]:
        """Pairs that are the same unless somebody decided otherwise.

        They have enough weight, no trait that differs, and names that are alike or an identifier that one party alone
        can have.
        """
        sure = (self.cents[:, [FIELDS.index(name) for name in DECIDING]] > 0).any(axis=1)
        named = (self.alike >= 0) & (self.alike <= ALIKE.index("alike"))
        return (self.total >= _cents(weights.same)) & ~self.differs.any(axis=1) & (named | sure)


def score(cards: Cards, left: Codes, right: Codes, weights: Weights, floor: float = -math.inf) -> Scored:
    """What every field says of each pair. Pairs that cannot reach `floor` (bits) are left out.

    Cost: one pass a field; names are compared letter by letter only where the other fields leave it open.
    """
    best = max(_cents(weights.weight("name", level)) for level in ALIKE)
    cents = np.empty((len(left), len(FIELDS)), np.int32)
    kept = np.empty(len(left), np.int64)
    worth = np.array([[_cents(weights.weight(f, o)) if f in weights.levels else 0 for o in _OUTCOMES] for f in FIELDS])
    worth[FIELDS.index("kind"), _SAME] = worth[FIELDS.index("number"), _SAME] = 0
    worth[FIELDS.index("iban"), _DIFFERS] = 0  # whoever holds another account too may well be the same
    rare = fit(rarity, len(left))(
        cards.rows, cards.bits, cards.bearers, cards.tokens.ptr, cards.tokens.value, cards.says, _everyone(cards),
        weights.rare, weights.rare_person, left, right,
    )  # fmt: skip
    number = fit(weigh, len(left))(
        cards.rows, rare, cards.postcode.ptr, cards.postcode.value, cards.iban.ptr, cards.iban.value,
        worth.astype(np.int32), floor * _CENTS - max(best, 0), left, right, cents, kept,
    )  # fmt: skip
    left, right, cents = left[kept[:number]], right[kept[:number]], cents[:number]
    alike = _alike(cards, left, right, weights)
    worth = np.array([*(_cents(weights.weight("name", level)) for level in ALIKE), 0], np.int32)
    cents[:, FIELDS.index("name")] = worth[alike]
    cents[alike > ALIKE.index("near"), 0] = np.minimum(cents[alike > ALIKE.index("near"), 0], 0)
    cents[(alike == ALIKE.index("unlike")) | (alike < 0), 0] = -_cents(_everyone(cards))
    kept = cents.sum(axis=1) >= floor * _CENTS
    left, right = np.minimum(left, right)[kept], np.maximum(left, right)[kept]
    differs = np.stack([differ(trait, left, right) for trait in traits(cards)], axis=1)
    return Scored(left, right, cents[kept], alike[kept], differs)


def worth_a_look(cards: Cards, scored: Scored) -> Scored:
    """Without pairs that a person could only cross out.

    Names that are unlike, or missing, need an identifier, an account or a day of birth in common: a place and a country
    are shared by strangers, and in a small ledger their weight alone would put them on the list. Two numbers of one
    register (LEIs, VAT numbers) are two parties, unless another such identifier or all words of the names agree: then
    one may be miswritten, or the party registered anew.
    """
    named = (scored.alike >= 0) & (scored.alike != ALIKE.index("unlike"))
    shared = (scored.cents[:, [FIELDS.index(name) for name in _JOINING]] > 0).any(axis=1)
    born = cards.born[scored.left]
    day = (born != NEVER) & (born == cards.born[scored.right])
    return scored.at((named | shared | day) & ~registered_apart(cards, scored))


def registered_apart(cards: Cards, scored: Scored) -> NDArray[np.bool_]:
    """Where one register (or those of LEIs or VAT numbers) knows two parties, and nothing says that it errs."""
    apart = scored.differs[:, [trait.field in DECIDING for trait in traits(cards)]].any(axis=1)
    sure = (scored.cents[:, [FIELDS.index(name) for name in DECIDING]] > 0).any(axis=1)
    return apart & ~sure & (scored.alike != ALIKE.index("same"))


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


def _everyone(cards: Cards) -> float:
    return math.log2(max(2, len(cards)))


def _alike(cards: Cards, left: Codes, right: Codes, weights: Weights) -> NDArray[np.int8]:
    """How alike the names are: the first of the levels that fits; -1 where one has no name."""
    one, other = cards.name[left], cards.name[right]
    found = np.full(len(left), ALIKE.index("unlike"), np.int8)
    likeness = np.zeros(len(left))
    apart = np.flatnonzero((one != other) & (one > 0) & (other > 0))
    if len(apart):
        likeness[apart] = np.round(_likeness(cards, left[apart], right[apart]), 9)
        inside = fit(contained, len(apart))(cards.tokens.ptr, cards.tokens.value, one[apart], other[apart])
        found[apart[inside]] = ALIKE.index("part")
    for level in ("loose", "alike", "near"):
        found[likeness >= weights.levels["name"][level].at_least] = ALIKE.index(level)
    found[one == other] = ALIKE.index("same")
    found[(one == 0) | (other == 0)] = -1
    return found


def _likeness(cards: Cards, left: Codes, right: Codes) -> NDArray[np.float64]:
    """Likeness from 0 to 1: letters in common, in order, as a share of all letters of both."""
    if not worth_compiling(len(left)):
        return _looked_up(cards, left, right)
    words, base = cards.words, cards.base
    names = (cards.name[left], cards.name[right])
    found = likenesses(words.ptr, words.letter, base.ptr, base.letter, names, left, right)
    long = np.flatnonzero(found < 0)
    found[long] = _looked_up(cards, left[long], right[long])
    return found


def _looked_up(cards: Cards, left: Codes, right: Codes) -> NDArray[np.float64]:
    """The same by rapidfuzz, which needs the names as texts."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cpdist

    sorted_ = [cards.words.of(cards.name[side]) for side in (left, right)]
    written = [
        [one or words for one, words in zip(cards.base.of(side), there, strict=True)]
        for side, there in zip((left, right), sorted_, strict=True)
    ]
    found = [cpdist(*both, scorer=Indel.normalized_similarity, dtype=np.float64) for both in (sorted_, written)]
    return np.asarray(np.maximum(*found), np.float64)
