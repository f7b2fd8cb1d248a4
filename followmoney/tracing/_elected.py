"""Claim parts that were chosen debit by debit, as a draw rule, so that the engine replays and proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import OTHER, Draw, Election, Lot, Lots, oldest


@dataclass(frozen=True, eq=False)
class Elected(Draw):
    """So much claim money leaves as was chosen; less or more only where what is held leaves no choice."""

    debits: NDArray[np.int64]
    debts: NDArray[np.int64]
    chosen: int = 0

    name: ClassVar[str] = "elected"
    ordered: ClassVar[bool] = True

    @classmethod
    def by(cls, rule: Election, tape: Tape) -> Elected:
        """The choices of a rule for a tape."""
        return cls(*rule.elect(tape))

    def at(self, position: int, *, debt: bool = False, later: Sequence[int] = ()) -> Draw:  # noqa: ARG002
        """The choice for one transaction."""
        return Elected(self.debits, self.debts, int((self.debts if debt else self.debits)[position]))

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Claim money as chosen, between what must leave and what can leave; the rest other money."""
        ours = sum(lot.amount for lot in held if lot.owner != OTHER)
        other = sum(lot.amount for lot in held) - ours
        claimed = min(amount, ours, max(self.chosen, amount - other))
        return oldest(held, claimed=claimed, other=amount - claimed)
