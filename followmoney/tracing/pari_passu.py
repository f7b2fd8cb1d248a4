"""Rateably, once, on what each put in (`pari_passu`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from followmoney.tracing._brought import Money, brought, came
from followmoney.tracing._rateably import rateably
from followmoney.tracing._tape import Outcome, Tape
from followmoney.tracing.rule import Settlement


@dataclass(frozen=True)
class PariPassu(Settlement):
    """What is left in an account is shared once, on everything that was ever paid in, whatever the order.

    Claim money that other accounts paid in counts as contributed, as much as the rolling charge says it was. Units
    are shared by largest remainder, an exact tie to other money. The order of payments does not count, so a claimant
    can get more than ever was left of his own money.

    Favours: early payers, where money was spent before others paid in.
    Source: Barlow Clowes v Vaughan [1991] EWCA Civ 11; Russell-Cooke v Prentis; Charity Commission v Framjee
    [2014] EWHC 2507 (Ch), on what is still owed.
    Mistakes: counting money that went out and came home as a second contribution without saying so: it counts here.
    """

    name: ClassVar[str] = "pari_passu"
    conserving: ClassVar[bool] = False
    between: ClassVar[str] = "pro_rata"

    def settle(self, tape: Tape, drawn: Sequence[Outcome]) -> Sequence[Money]:
        """Share every final balance on contributions."""
        ours = [brought(tape, outcome) for outcome in drawn]
        reached = np.flatnonzero(np.logical_or.reduce([money > 0 for money in ours]))
        parts = rateably([money[reached] for money in ours], came(tape, reached)[reached], drawn[0].balance[reached])
        found = [np.zeros(len(tape.opening), np.int64) for _ in drawn]
        for claims, part in zip(found, parts, strict=True):
            claims[reached] = part
        return found


def rate(fund: Fraction, owed: Fraction) -> Fraction:
    """What each unit of a claim gets when a fund is shared on what is owed: never more than 1."""
    return min(Fraction(1), fund / owed)
