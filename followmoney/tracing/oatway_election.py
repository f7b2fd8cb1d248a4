"""The claimant's best choice (`oatway_election`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing._election import elect
from followmoney.tracing._expanded import ASSET, HOLDING, LOST, OUT, PAID_OFF, TWICE
from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import Election

_ORDER = ((ASSET,), (HOLDING, TWICE), (OUT, PAID_OFF, LOST))


@dataclass(frozen=True)
class OatwayElection(Election):
    """Debit by debit, the claimant chooses which money left, so that assets hold as much of the claim as they can.

    Chosen for the whole ledger at once, exactly: as much claim money as possible in assets, then in accounts; what is
    left over went out or paid off debts. It conserves, so nothing is recovered twice. Where money was converted or
    a returned payment may have been spent the choice is replayed and kept within what was there, which may cost units.

    Favours: the claimant.
    Source: Re Oatway [1903] 2 Ch 356.
    Mistakes: choosing asset by asset with the same money; choosing for one account what another must then lack.
    """

    name: ClassVar[str] = "oatway_election"

    def elect(self, tape: Tape) -> tuple[Sequence[int], Sequence[int]]:
        """A flow of the claim over the whole ledger that fills these places in turn."""
        return elect(tape, _ORDER)
