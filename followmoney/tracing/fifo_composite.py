"""First in, first out, payment by payment (`fifo_composite`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from followmoney.tracing.rule import Draw, Lot, Lots, in_proportion, split


@dataclass(frozen=True)
class FifoComposite(Draw):
    """The oldest payment goes out first; a payment that goes out in part loses claim and other money in proportion.

    Parts of a payment are whole minor units: the units left over come from the largest remainders, an exact tie from
    other money first.

    Favours: as first in, first out; inside a mixed payment nobody.
    Source: Clayton's Case (1816) 35 ER 781, each payment being one item of the account; the variant must be named.
    Mistakes: calling it `fifo`, which keeps the order of the money inside a payment and gives other figures.
    """

    name: ClassVar[str] = "fifo_composite"
    ordered: ClassVar[bool] = True
    apart: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """The oldest payments leave, the last of them in proportion."""
        parts: list[int] = []
        for _, payment in groupby(held, lambda lot: lot.payment):
            lots = list(payment)
            part = min(amount, sum(lot.amount for lot in lots))
            amount -= part
            parts += in_proportion(lots, part)
        return split(held, parts)
