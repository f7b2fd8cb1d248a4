"""Last in, first out (`lifo`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import Draw, Lot, Lots, in_turn, split


@dataclass(frozen=True)
class Lifo(Draw):
    """The money that came in last goes out first.

    Favours: early payers where money was spent; the mirror image of first in, first out.
    Source: named as an alternative in Boughner v Greyhawk 2013 ONCA 26, and in receiverships.
    Mistakes: reversing the order of the money inside a payment when it arrives; taking the newest of the day instead of
    the newest by posting sequence.
    """

    name: ClassVar[str] = "lifo"
    ordered: ClassVar[bool] = True
    newest_first: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """The newest money leaves, in the order in which it came."""
        return split(held, in_turn(reversed(held), amount)[::-1])
