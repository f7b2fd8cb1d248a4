"""The holder's best choice (`pick_defence`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._election import elect
from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import Election


@dataclass(frozen=True)
class PickDefence(Election):
    """Debit by debit, the holder chooses which money left, so that as little of the claim as possible can be recovered.

    The mirror image of `oatway_election`, exact for the whole ledger: first as much claim money as possible went out or
    paid off debts, then into what is worth least now for every unit it cost, and only what is left over into what is
    worth most; of places worth the same, accounts come before assets. Where money was converted on the way single units
    can remain in a better place: every conversion rounds by itself, and the choice is replayed within what was there.

    Favours: the holder; the lower end of what a tracing argument can give.
    Source: followmoney; the mirror image of the election in Re Oatway [1903] 2 Ch 356.
    Mistakes: taking it for the least each single asset must hold, which is a question of bounds.
    """

    name: ClassVar[str] = "pick_defence"

    def elect(self, tape: Tape) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A flow of the claim over the whole ledger that fills the places worth least, one after the other."""
        return elect(tape, best=False)
