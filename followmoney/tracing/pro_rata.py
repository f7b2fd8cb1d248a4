"""In proportion at every debit (`pro_rata`), also called rolling charge or haircut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing.rule import OTHER, Lot, Lots, Rule, split


@dataclass(frozen=True)
class ProRata(Rule):
    """Every debit takes from all money in the account in proportion to what is there at that moment.

    Minor units are not divided: each owner gives the whole part of his share, and the units left over come from the
    largest remainders. An exact tie goes to other money first (against the claim), then to the earlier claim.

    Favours: nobody in particular; it lies between the rules that start from one end.
    Source: Barlow Clowes v Vaughan [1991] EWCA Civ 11 (discussed); Re Ontario Securities Commission (1985).
    Mistakes: sharing out only once, at the end (that is another rule); rounding every share by itself, so that
    totals no longer agree; computing in floating point, which leaves crumbs in accounts that hold no cent of the claim.
    """

    name: ClassVar[str] = "pro_rata"
    ordered: ClassVar[bool] = False

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Every lot gives amount × lot / balance, by largest remainder."""
        balance = sum(lot.amount for lot in held)
        if not balance:
            return [], []
        parts = [amount * lot.amount // balance for lot in held]
        rest = [amount * lot.amount % balance for lot in held]

        def next_in_line(at: int) -> tuple[int, bool, int]:
            return -rest[at], held[at].owner != OTHER, held[at].owner

        for at in sorted(range(len(held)), key=next_in_line)[: amount - sum(parts)]:
            parts[at] += 1
        return split(held, parts)
