"""The recoverable amount: the benefit, or what there is to recover it from, whichever is less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RecoverableAmount:
    """Amounts in minor units of one currency."""

    available: int
    """Value of the property free of the rights of others, plus gifts, less obligations that come first."""
    recoverable: int
    shortfall: int
    """The part of the benefit that there is nothing to recover from."""


def recoverable_amount(
    benefit: int, property_: Sequence[tuple[int, int]], *, gifts: int = 0, obligations: int = 0
) -> RecoverableAmount:
    """The lesser of the benefit and the available amount.

    `property_` is (value, encumbrance) a thing; a thing encumbered beyond its value adds nothing.

    Source: Proceeds of Crime Act 2002 (United Kingdom) ss 7 and 9.
    """
    free = sum(max(0, value - encumbrance) for value, encumbrance in property_)
    available = max(0, free + gifts - obligations)
    recoverable = min(benefit, available)
    return RecoverableAmount(available, recoverable, benefit - recoverable)
