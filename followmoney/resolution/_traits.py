"""Fields in which one party cannot be two things: where they differ, nobody is merged without a person's decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.resolution._cards import NEVER, Cards, Codes

TRAITS = 7
"""How many there are."""


@dataclass(frozen=True)
class Trait:
    """One such field: two parties differ where both have a value, of the same scope, and not the same one."""

    field: str
    value: Codes
    """0: nothing is known."""
    scope: Codes
    """What a value counts within: a register number within its country."""
    said: str
    """How a difference is told."""


def traits(cards: Cards) -> tuple[Trait, ...]:
    """Every such field of every party."""
    one = np.zeros(len(cards), np.uint32)
    company = (cards.name > 0) & ~cards.person
    year = pl.Series(np.where(cards.born == NEVER, 0, cards.born)).cast(pl.Date).dt.year().to_numpy()
    founded = np.where(cards.born == NEVER, 0, year.astype(np.int64) + 10_000)
    return (
        Trait(
            "number", np.where(company, cards.number + 1, 0).astype(np.uint32), one, "the numbers in their names differ"
        ),
        Trait("kind", cards.kind, one, "one is a person, the other is not (or of another kind)"),
        Trait("legal_form", cards.form, one, "their legal forms differ"),
        Trait("founded", founded.astype(np.uint32), one, "they were founded or born in different years"),
        Trait("lei", cards.lei, one, "their LEIs differ"),
        Trait("register_number", cards.register_number, cards.register, "their register numbers differ"),
        Trait("vat", cards.vat, cards.vat_in, "their VAT numbers differ"),
    )


def differ(trait: Trait, left: Codes, right: Codes) -> NDArray[np.bool_]:
    """Where two parties differ in a trait."""
    one, other = trait.value[left], trait.value[right]
    return (one > 0) & (other > 0) & (one != other) & (trait.scope[left] == trait.scope[right])
