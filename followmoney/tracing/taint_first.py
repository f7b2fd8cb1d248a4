"""Claim money first (`taint_first`), also called drugs-in, first-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import OTHER, Draw, Lot, Lots, oldest


@dataclass(frozen=True)
class TaintFirst(Draw):
    """Claim money leaves first; the holder's other money leaves only when no claim money is left.

    Favours: the claimant, when the question is what was bought or where money went; the holder, when it is what is
    left. Source: US v Banco Cafetero Panama, 797 F.2d 1154 (2d Cir. 1986), one of three approaches; US v Dillon
    (D. Idaho 2022).
    Mistakes: claiming what was bought by this rule and what is left by another, which recovers the same money twice.
    """

    name: ClassVar[str] = "taint_first"
    ordered: ClassVar[bool] = True

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Claim money leaves first, oldest first, then other money."""
        claimed = min(amount, sum(lot.amount for lot in held if lot.owner != OTHER))
        return oldest(held, claimed=claimed, other=amount - claimed)
