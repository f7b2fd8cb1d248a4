"""The tape: what a tracing rule sees of a flow graph; plain arrays, one entry a transaction, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._sparse_column import zeros

CLAIM = 1
"""The transaction is a claim: what arrives is claim money."""
STOP = 2
"""Claim money leaves here, into cash, an unknown end or an asset; the payee gets other money."""
UNDO = 4
"""The transaction returns an earlier one, whole, between the same two accounts."""
UNDONE = 8
"""A later transaction returns this one."""
INTEREST = 16
"""The transaction is interest: what is credited is claim money in the proportion of the balance that earned it."""

_MANY = 16  # claims; where they spread, transactions all over a tape carry some


@dataclass(frozen=True, eq=False)
class Tape:
    """Transactions between purses. A purse is what one account holds in one currency: currencies never mix."""

    paid: NDArray[np.uint32]
    """Purse debited."""
    got: NDArray[np.uint32]
    """Purse credited."""
    amount: NDArray[np.int64]
    """Minor units debited."""
    received: NDArray[np.int64]
    """Minor units credited; the same array as `amount` where nothing was converted."""
    mark: NDArray[np.uint8]
    """CLAIM, STOP, UNDO, UNDONE, INTEREST, added up."""
    claims: NDArray[np.int64]
    """Positions marked CLAIM, in order."""
    undoes: NDArray[np.int64]
    """For every position marked UNDO, in order: the position of the transaction it returns."""
    opening: NDArray[np.int64]
    """By purse: stated balance before the first transaction; 0 where none is stated; negative: a debt."""
    outside: NDArray[np.bool_]
    """By purse: cash or an unknown end."""
    owner: NDArray[np.int64] | None = None
    """For every position marked CLAIM, in order: the number of the claimant, from 1; None: there is one claimant."""
    claimants: int = 1
    """How many claimants there are."""
    time: NDArray[np.int64] | None = None
    """When; None: all at different times."""
    currency: NDArray[np.uint8] | None = None
    """By purse: number of the currency; None: there is one."""
    assets: Mapping[int, int] = field(default_factory=dict[int, int])
    """Position of a transaction that paid for an asset → number of the asset."""
    status: NDArray[np.uint8] | None = None
    """By purse: the asserted status of its holder, as a number of `statuses.STATUSES`; None: no status is asserted."""
    worth: Mapping[int, Fraction] = field(default_factory=dict[int, Fraction])
    """Number of an asset → its value now for every unit it cost; missing where the records do not say."""
    earned: Mapping[int, int] = field(default_factory=dict[int, int])
    """Position of interest that is divided by day → when it began to be earned."""

    @property
    def converted(self) -> bool:
        """Whether any transaction credits another amount than it debits."""
        return self.received is not self.amount

    def __len__(self) -> int:
        """Number of transactions."""
        return len(self.amount)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a rule says of a tape: the claim part of every movement, and what every purse holds in the end."""

    moved: NDArray[np.int64]
    """Claim part of each transaction as debited; a claim transaction counts whole."""
    arrived: NDArray[np.int64]
    """Claim part of each transaction as credited (converted), before a debt takes any."""
    carried: NDArray[np.int64]
    """For every claim transaction: claim money it carried already, as debited and as credited."""
    discharged: NDArray[np.int64]
    """Claim part of each transaction that paid off a debt; empty where no account starts in debt."""
    unwound: NDArray[np.bool_]
    """For every position marked UNDO: the money was still there, and went back as it had come."""
    balance: NDArray[np.int64]
    """By purse, at the end; negative: a debt. Means nothing for outside purses."""
    claim: NDArray[np.int64]
    """By purse, at the end."""
    accrued: NDArray[np.int64]
    """Claim part of each transaction that is interest on claim money; empty where no transaction is interest."""
    followed: NDArray[np.int64]
    """By purse, at the end: what the movements leave there; `claim` unless a rule settled final balances otherwise."""


def blank(tape: Tape, *, spreads: bool = False) -> Outcome:
    """An outcome to be filled in: nothing moved yet. Under a rule that `spreads` claim money, much will."""
    sparse = not spreads or len(tape.claims) < _MANY
    moved = zeros(len(tape), sparse=sparse)
    interest = bool((tape.mark & INTEREST).any())
    claim = np.zeros(len(tape.opening), np.int64)
    return Outcome(
        moved,
        zeros(len(tape), sparse=sparse) if tape.converted or interest else moved,
        np.zeros((len(tape.claims), 2), np.int64),
        zeros(len(tape) if (tape.opening < 0).any() else 0, sparse=sparse),
        np.zeros(len(tape.undoes), np.bool_),
        tape.opening.copy(),
        claim,
        zeros(len(tape) if interest else 0, sparse=sparse),
        claim,
    )


def added(outcomes: Sequence[Outcome]) -> Outcome:
    """The claims of several claimants together."""
    from followmoney.tracing._apart import Apart

    if isinstance(outcomes, Apart):
        return outcomes.whole
    first = outcomes[0]
    if len(outcomes) == 1:
        return first
    sums = {
        name: np.sum([getattr(outcome, name) for outcome in outcomes], axis=0)
        for name in ("moved", "arrived", "carried", "discharged", "claim", "accrued", "followed")
    }
    return replace(first, **sums)
