"""Lowest intermediate balance (`lowest_balance`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import OTHER, Draw, Lot, Lots, oldest


@dataclass(frozen=True)
class LowestBalance(Draw):
    """The holder spends his other money first; claim money leaves only when nothing else is left.

    For one claim this is the lowest intermediate balance: money paid in later does not refill what was spent.

    Favours: the claimant, when the question is what is left in the account; the holder, when it is what was bought.
    Source: Re Hallett's Estate (1880) 13 Ch D 696; capped by Roscoe v Winder [1915] 1 Ch 62.
    Mistakes: replaying first in first out and capping it at the end; forgetting a dip to exactly zero; balances at the
    end of the day, which overstate; a cap an account, which misses money that went away and came home.
    """

    name: ClassVar[str] = "lowest_balance"
    ordered: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Other money leaves first, then claim money, oldest first."""
        other = min(amount, sum(lot.amount for lot in held if lot.owner == OTHER))
        return oldest(held, claimed=amount - other, other=other)
