"""Lowest intermediate balance between several claimants (`libr_cap`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing._shared import Money, shared
from followmoney.tracing._tape import Outcome, Tape
from followmoney.tracing.rule import Settlement


@dataclass(frozen=True)
class LibrCap(Settlement):
    """Each claimant is capped at the lowest balance since his own deposit; if the fund is too small, caps share it.

    The caps are computed for each claimant alone, over all accounts; for one claimant it is `lowest_balance`. It
    divides what is left in a fund: what left is each claimant's figure alone, and these can add up to more or less than
    went, so with several claimants it does not conserve.

    Favours: later payers, whose caps are higher, against `pari_passu`.
    Source: Law Society of Upper Canada v TD Bank (1998) ONCA; Boughner v Greyhawk 2013 ONCA 26 (discussed).
    Mistakes: calling the rolling charge (`pro_rata`) by this name, which gives other figures; one cap for all claims.
    """

    name: ClassVar[str] = "libr_cap"
    conserving: ClassVar[bool] = False
    between: ClassVar[str] = "lowest_balance"
    alone: ClassVar[bool] = True

    def settle(self, tape: Tape, drawn: Sequence[Outcome]) -> Sequence[Money]:  # noqa: ARG002
        """Share every final balance on the caps where they are more than it."""
        return shared(drawn[0].balance, [outcome.claim for outcome in drawn])
