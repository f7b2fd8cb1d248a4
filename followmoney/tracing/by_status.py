"""By the status of the holder (`by_status`): one rule an account, chosen by who holds it and by what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.tracing._catalogue import find
from followmoney.tracing._equally import Equally
from followmoney.tracing.lowest_balance import LowestBalance
from followmoney.tracing.rule import Draw, Lot, Lots, Rule
from followmoney.tracing.statuses import STATUSES
from followmoney.tracing.taint_first import TaintFirst

if TYPE_CHECKING:
    from followmoney.tracing._tape import Tape

Question = Literal["left", "bought"]

DECIDING: tuple[Draw, ...] = (Equally(), LowestBalance(), TaintFirst())
"""The rules that can decide in an account, by the numbers of `ByStatus.by_purse`."""

_EQUALLY = {"innocent": 0, "fiduciary": 0}
_DECIDES = {
    question: {status: _EQUALLY.get(status, presumed) for status in STATUSES}
    for question, presumed in (("left", 1), ("bought", 2))
}


@dataclass(frozen=True)
class ByStatus(Draw):
    """In each account the holder's status decides: presumptions against a wrongdoer, shares for the innocent.

    A debit follows the status of the payer's account, a debt that is paid off that of the payee's. In an account of the
    wrongdoer, where the question is what is left, his own money leaves first (`lowest_balance`); where it is what was
    bought, claim money does (`taint_first`). Against an innocent volunteer, and in the fund of a fiduciary with several
    victims, every debit takes in proportion (`pro_rata`). At a purchaser in good faith the claim ends. An account of
    which no status is asserted is treated like the wrongdoer's: a presumption that must be checked. All money moves in
    one order of time. For what was bought compare `oatway_election`, which chooses over the whole ledger at once and
    so cannot decide account by account; for several victims compare `pari_passu` and `libr_cap`.

    Favours: the claimant against a wrongdoer; nobody against an innocent holder.
    Source: Re Hallett's Estate (1880) 13 Ch D 696 and Re Oatway [1903] 2 Ch 356 against a wrongdoer; Re Diplock [1948]
    Ch 465 for innocent volunteers; Barlow Clowes v Vaughan [1991] EWCA Civ 11 between victims.
    Mistakes: one rule for every holder; a status that nobody asserted; claiming what is left and what was bought by the
    two questions together, which recovers the same money twice.
    """

    question: Question = "left"
    """What is asked: what is left of the claim, or what it bought."""
    by_purse: NDArray[np.uint8] | None = field(default=None, repr=False, compare=False)
    """Once a ledger is known, by purse: 0 pro_rata, 1 lowest_balance, 2 taint_first."""
    ends: tuple[NDArray[np.uint32], NDArray[np.uint32]] | None = field(default=None, repr=False, compare=False)
    """Once a ledger is known: the purses debited and credited."""

    name: ClassVar[str] = "by_status"
    ordered: ClassVar[bool] = True

    def __post_init__(self) -> None:
        known(self.question)

    def on(self, tape: Tape) -> ByStatus:
        """The rule with what is asserted of the holders of a ledger."""
        status = np.zeros(len(tape.opening), np.uint8) if tape.status is None else tape.status
        by_purse = np.array(list(_DECIDES[self.question].values()), np.uint8)[status]
        return replace(self, by_purse=by_purse, ends=(tape.paid, tape.got))

    def at(self, position: int, *, debt: bool = False, later: Sequence[int] = ()) -> Draw:  # noqa: ARG002
        """The rule of the account that pays, or whose debt is paid off."""
        if self.by_purse is None or self.ends is None:
            return self
        return DECIDING[self.by_purse[self.ends[debt][position]]]

    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """As from an account of which no status is asserted."""
        return self.deciding("").take(held, amount)

    def deciding(self, status: str) -> Draw:
        """The rule that decides in an account of this status; "" where none is asserted."""
        return DECIDING[_DECIDES[self.question][status]]


def known(question: str) -> None:
    """Refuse a question that is not one of ours."""
    if question not in get_args(Question):
        raise SettingsError(unknown("question", question, get_args(Question)))


def asking(rule: str | Rule, question: Question | None) -> Rule:
    """A rule by name, with the question asked of it; other rules are the same for every question."""
    chosen = find(rule)
    if question is None:
        return chosen
    known(question)
    if not isinstance(chosen, ByStatus) or chosen.question == question:
        return chosen
    if isinstance(rule, str):
        return ByStatus(question)
    raise SettingsError(
        f"The rule asks what is {chosen.question}, and the question is {question!r}; name the same, or only one."
    )
