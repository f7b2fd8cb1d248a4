"""Taint in, highest out (`tiho`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import OTHER, Draw, Lot, Lots, oldest


@dataclass(frozen=True)
class Tiho(Draw):
    """Of the payments an account makes at one instant, the largest carries claim money first; what stays counts as one.

    Payments of equal size take it in order of booking, and what stays comes last among equals.

    Favours: whoever looks for the main stream of the money; it follows the largest output of a crypto transaction.
    Source: Tironsakkul et al., taint in, highest out; a heuristic, not a rule of law.
    Mistakes: comparing payments made at different times; forgetting the change, the part that stays.
    """

    later: Sequence[int] = ()
    """What the account goes on to pay at the same instant; the engine says it, payment by payment."""

    name: ClassVar[str] = "tiho"
    ordered: ClassVar[bool] = True
    outputs: ClassVar[bool] = True

    def at(self, position: int, *, debt: bool = False, later: Sequence[int] = ()) -> Draw:  # noqa: ARG002
        """The rule for one payment, beside those that follow at the same instant; a debt is paid off by itself."""
        return self if debt else Tiho(later)

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Claim money leaves with this payment if larger ones that follow, or a larger rest, cannot carry it."""
        ours = sum(lot.amount for lot in held if lot.owner != OTHER)
        balance = sum(lot.amount for lot in held)
        change = balance - amount - sum(self.later)
        larger = sum(other for other in (*self.later, change) if other > amount)
        other = balance - ours
        claimed = max(amount - other, min(amount, max(0, ours - larger)))
        return oldest(held, claimed=claimed, other=amount - claimed)
