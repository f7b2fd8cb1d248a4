"""Fields in which one party cannot be two things: where they differ, nobody is merged without a person's decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.resolution._cards import Cards, Codes

_FIELDS = (
    ("number", "number", "", "the numbers in their names differ"),
    ("kind", "kind", "", "one is a person, the other is not (or of another kind)"),
    ("legal_form", "form", "", "their legal forms differ"),
    ("founded", "year", "", "they were founded or born in different years"),
    ("lei", "lei", "", "their LEIs differ"),
    ("register_number", "register_number", "register", "their register numbers differ"),
    ("vat", "vat", "vat_in", "their VAT numbers differ"),
)  # name, field, the field it counts within, how a difference is told

TRAITS = len(_FIELDS)
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
    everywhere = np.broadcast_to(np.uint32(0), len(cards))
    return tuple(
        Trait(name, cards.field(field), cards.field(scope) if scope else everywhere, said)
        for name, field, scope, said in _FIELDS
    )


def differ(trait: Trait, left: Codes, right: Codes) -> NDArray[np.bool_]:
    """Where two parties differ in a trait."""
    one, other = trait.value[left], trait.value[right]
    return (one > 0) & (other > 0) & (one != other) & (trait.scope[left] == trait.scope[right])
