"""First in, first out (`fifo`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import Draw, Lot, Lots, in_turn, split


@dataclass(frozen=True)
class Fifo(Draw):
    """The money that came in first goes out first.

    A payment keeps the order of the money in it, so every unit can be followed forwards and back.

    Favours: late payers where money was spent, early payers where it was invested at a gain.
    Source: Clayton's Case (Devaynes v Noble) (1816) 35 ER 781; Anderson et al. (2018) for crypto-assets.
    Mistakes: treating a mixed payment as one lot drawn in proportion, which is another rule with other figures;
    ordering by value date or by amount where the bank's posting sequence says otherwise.
    """

    name: ClassVar[str] = "fifo"
    ordered: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """The oldest money leaves."""
        return split(held, in_turn(held, amount))
