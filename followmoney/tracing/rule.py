"""What a tracing rule is: most say which money leaves with a debit; some settle the figures of a finished account."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.tracing._tape import Outcome, Tape

OTHER = 0
"""Owner of money that belongs to no claim."""


class Lot(NamedTuple):
    """Some money of one owner: `owner` is OTHER or the number of a claim, `amount` is in minor units."""

    owner: int
    amount: int
    payment: int = 0
    """The payment it came with, for rules that keep payments apart; otherwise 0."""


Lots = list[Lot]


class Rule(ABC):
    """A tracing rule, by name; a `Draw`, an `Election` or a `Settlement`."""

    name: ClassVar[str]
    """As in `fm.trace(..., rule=name)`; the file is called the same."""
    conserving: ClassVar[bool] = True
    """True where no claim money is made: what is held and what left never add up to more than was claimed."""


class Draw(Rule):
    """A rule with one method, `take`. It is the reference; a compiled sweep of the same name must equal it.

    The engine never asks for more than is held: what a debit draws beyond that is other money.
    """

    ordered: ClassVar[bool]
    """True where the age of money matters; otherwise the engine keeps one lot an owner, other money last."""
    newest_first: ClassVar[bool] = False
    """True where the newest money leaves first; a returned payment then goes back to that end."""
    apart: ClassVar[bool] = False
    """True where one payment is one lot: its money has no order, and does not join that of other payments."""
    outputs: ClassVar[bool] = False
    """True where the debits of one instant are looked at together: `at` then gets the amounts that follow."""

    @abstractmethod
    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Split what is held (oldest first) into what leaves with a debit of `amount` and what stays (oldest first)."""

    def mixed(self, held: Lots) -> Lots:
        """What becomes of money once it lies in one account: nothing, for every rule that conserves."""
        return held

    def on(self, tape: Tape) -> Draw:  # noqa: ARG002 - few use it
        """The rule for one ledger: for most rules the rule itself."""
        return self

    def at(self, position: int, *, debt: bool = False, later: Sequence[int] = ()) -> Draw:  # noqa: ARG002 - few use it
        """The rule for one transaction, its debit or the debt that it pays off: for most rules the rule itself."""
        return self


class Election(Rule):
    """A rule that looks at the whole ledger and then says how much claim money leaves with each single debit."""

    @abstractmethod
    def elect(self, tape: Tape) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """By transaction: the claim money that leaves with it, and that it lets go into a debt of the payee."""


class Settlement(Rule):
    """A rule that settles what each account holds once its ledger is complete; it says nothing of single debits.

    Between accounts money moves as the rule `between` says; the settlement then decides how much of each final balance
    counts. What it takes away from the figure of `between` is lost; a rule that can add to it is not conserving.
    """

    between: ClassVar[str]
    """The draw rule by which claim money moves between accounts."""
    alone: ClassVar[bool] = False
    """True where each claimant is looked at as if there were no other, until the settlement."""

    @abstractmethod
    def settle(self, tape: Tape, drawn: Sequence[Outcome]) -> Sequence[NDArray[np.int64]]:
        """By claimant, by purse: the claim in the final balance; `drawn` has an outcome a claimant."""


def split(held: Sequence[Lot], parts: Sequence[int]) -> tuple[Lots, Lots]:
    """The lots that leave and those that stay, where `parts` says how much of each lot leaves."""
    leaves = [lot._replace(amount=part) for lot, part in zip(held, parts, strict=True)]
    stays = [lot._replace(amount=lot.amount - part) for lot, part in zip(held, parts, strict=True)]
    return leaves, stays


def in_turn(held: Iterable[Lot], amount: int) -> list[int]:
    """How much of each lot leaves if each leaves whole before the next."""
    parts: list[int] = []
    for lot in held:
        parts.append(min(lot.amount, amount))
        amount -= parts[-1]
    return parts


def oldest(held: Sequence[Lot], *, claimed: int, other: int) -> tuple[Lots, Lots]:
    """Let so much claim money leave and so much other money, each oldest first."""
    parts: list[int] = []
    for lot in held:
        part = min(lot.amount, other if lot.owner == OTHER else claimed)
        if lot.owner == OTHER:
            other -= part
        else:
            claimed -= part
        parts.append(part)
    return split(held, parts)


def in_proportion(held: Sequence[Lot], amount: int) -> list[int]:
    """How much of each lot (one an owner) leaves: amount × lot / all, by largest remainder, a tie to other money."""
    whole = sum(lot.amount for lot in held)
    if not whole:
        return [0] * len(held)
    parts = [amount * lot.amount // whole for lot in held]
    rest = [amount * lot.amount % whole for lot in held]

    def next_in_line(at: int) -> tuple[int, bool, int]:
        return -rest[at], held[at].owner != OTHER, held[at].owner

    for at in sorted(range(len(held)), key=next_in_line)[: amount - sum(parts)]:
        parts[at] += 1
    return parts
