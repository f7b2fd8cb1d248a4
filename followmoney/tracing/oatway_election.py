"""The claimant's best choice (`oatway_election`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._election import elect
from followmoney.tracing._tape import Tape
from followmoney.tracing.rule import Election


@dataclass(frozen=True)
class OatwayElection(Election):
    """Debit by debit, the claimant chooses which money left, so that he can recover as much as possible.

    Chosen for the whole ledger at once, exactly: a unit of the claim counts what it is worth now, in an asset its value
    for every unit it cost (1 where the records do not say both in one currency), in an account 1, and nothing where it
    went out or paid off a debt; of places worth the same, assets come first. So an asset that rose is filled first, and
    one that fell below its cost after the accounts. It conserves, so nothing is recovered twice. Where money was
    converted, earned interest or a returned payment may have been spent, the choice is replayed and kept within what
    was there, which may cost units.

    Favours: the claimant.
    Source: Re Oatway [1903] 2 Ch 356; values as in Foskett v McKeown [2001] 1 AC 102.
    Mistakes: choosing asset by asset with the same money; choosing for one account what another must then lack;
    following money into an asset that is worth less than what stayed behind.
    """

    name: ClassVar[str] = "oatway_election"

    def elect(self, tape: Tape) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A flow of the claim over the whole ledger that fills the places worth most, one after the other."""
        return elect(tape, best=True)
