"""Up to the value of the proceeds mixed in (`untoc_cap`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from followmoney.tracing._brought import brought
from followmoney.tracing._shared import Money, shared
from followmoney.tracing._tape import Outcome, Tape
from followmoney.tracing.rule import Settlement


@dataclass(frozen=True)
class UntocCap(Settlement):
    """Mixed property can be taken up to the value of all proceeds that were ever mixed into it: a rule of value.

    In every account the smaller of the balance and all claim money that ever came in, as the rolling charge counts it.

    Favours: the State; it is more than tracing rules give, and less than reach.
    Source: UN Convention against Transnational Organized Crime (2000), article 12(4); UNCAC article 31(5).
    Mistakes: adding the figures of accounts through which the same money went; calling it tracing.
    """

    name: ClassVar[str] = "untoc_cap"
    conserving: ClassVar[bool] = False
    between: ClassVar[str] = "pro_rata"

    def settle(self, tape: Tape, drawn: Sequence[Outcome]) -> Sequence[Money]:
        """The smaller of what was mixed in and what is there."""
        return shared(drawn[0].balance, [brought(tape, outcome) for outcome in drawn])
