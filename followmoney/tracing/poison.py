"""Any contact taints everything (`poison`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import OTHER, Draw, Lot, Lots, in_turn, split


@dataclass(frozen=True)
class Poison(Draw):
    """As soon as any claim money comes into an account, all money there counts as claim money: this shows reach only.

    An account that is emptied is clean again. With several claimants the first to reach an account counts for all.

    Favours: nobody; it says more than was claimed, so it is never a recoverable figure.
    Source: Moeser and Boehme on tainted crypto-assets; "poisoned chalice" in other tools.
    Mistakes: adding it up, or claiming it: 130 can be attributed for 100 of proceeds.
    """

    name: ClassVar[str] = "poison"
    conserving: ClassVar[bool] = False
    ordered: ClassVar[bool] = False

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """All that is held is of one kind, so any part of it leaves."""
        return split(held, in_turn(held, amount))

    def mixed(self, held: Lots) -> Lots:
        """All of it is claim money as soon as any is."""
        owners = [lot.owner for lot in held if lot.owner != OTHER]
        return [Lot(min(owners), sum(lot.amount for lot in held))] if owners else held
