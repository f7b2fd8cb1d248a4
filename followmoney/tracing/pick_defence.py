"""The holder's best choice (`pick_defence`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing._election import elect
from followmoney.tracing._expanded import ASSET, HOLDING, LOST, OUT, PAID_OFF, TWICE
from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import Election

_ORDER = ((OUT, PAID_OFF, LOST), (HOLDING, TWICE), (ASSET,))


@dataclass(frozen=True)
class PickDefence(Election):
    """Debit by debit, the holder chooses which money left, so that as little of the claim as possible can be recovered.

    The mirror image of `oatway_election`, exact for the whole ledger: first as much claim money as possible went out or
    paid off debts, then into accounts, and only what is left over into assets.

    Favours: the holder; the lower end of what a tracing argument can give.
    Source: followmoney; the mirror image of the election in Re Oatway [1903] 2 Ch 356.
    Mistakes: taking it for the least each single asset must hold, which is a question of bounds.
    """

    name: ClassVar[str] = "pick_defence"

    def elect(self, tape: Tape) -> tuple[Sequence[int], Sequence[int]]:
        """A flow of the claim over the whole ledger that fills these places in turn."""
        return elect(tape, _ORDER)
