"""The outcomes of many claimants, kept where claim money is and nowhere else: a dense one is built when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._tape import Outcome, Tape, blank

Column = NDArray[np.int64]

_FEW = 1 << 16


@dataclass(frozen=True, eq=False)
class Movements:
    """Claim parts of movements, one entry a transaction and claimant it moves money of; sorted by claimant, in order.

    `Movements(owner, at, moved, arrived, ...)` in any order of claimants; `Apart.of` sorts.
    """

    owner: Column
    """Number of the claimant, from 1."""
    at: Column
    """Position of the transaction."""
    moved: Column
    arrived: Column
    discharged: Column | None = None
    """None: no account starts in debt."""
    accrued: Column | None = None
    """None: no transaction is interest."""

    def sorted(self) -> Movements:
        """The same by claimant, each in the order of the tape."""
        order = _order(self.owner, self.at)
        columns = {name: None if it is None else it[order] for name, it in vars(self).items()}
        return Movements(**columns)  # pyright: ignore[reportArgumentType] - only the last two can be None


@dataclass(frozen=True, eq=False)
class Carried:
    """What claim transactions carried already: an entry a claim transaction and claimant."""

    owner: Column
    number: Column
    """Which of the claim transactions, from 0."""
    debited: Column
    credited: Column


@dataclass(frozen=True, eq=False)
class Held:
    """The claim in purses at the end: an entry a claimant and purse that holds some of his, sorted by both."""

    owner: Column
    purse: Column
    claim: Column

    @classmethod
    def of(cls, owner: Column, purse: Column, claim: Column) -> Self:
        """Sorted, without empty entries."""
        order = _order(owner, purse)
        if not claim.all():
            order = order[claim[order] != 0]
        return cls(owner[order], purse[order], claim[order])

    def span(self, number: int) -> slice:
        """The entries of one claimant."""
        return _span(self.owner, number)


class Apart(Sequence[Outcome]):
    """An outcome a claimant, by number less one; all share the tape, the balances and the returns that were undone.

    Cost: memory for claim movements only; asking for an outcome builds its columns anew, 16 bytes a transaction.
    """

    def __init__(self, tape: Tape, whole: Outcome, movements: Movements, carried: Carried, held: Held) -> None:
        """All sorted; see `Apart.of`."""
        self.tape = tape
        self.whole = whole
        """The claims of all claimants together."""
        self.movements = movements
        self.carried = carried
        self.held = held
        self.settled_at: Held | None = None
        """Final claims where a rule settled them otherwise than the movements leave them."""
        self.unwound: Sequence[NDArray[np.bool_]] | None = None
        """By claimant, where each was looked at alone: the returns that were undone."""

    @classmethod
    def of(cls, tape: Tape, whole: Outcome, movements: Movements, carried: Carried, held: Held) -> Self:
        """From entries in any order."""
        return cls(tape, whole, movements.sorted(), carried, Held.of(held.owner, held.purse, held.claim))

    @classmethod
    def gathered(cls, tape: Tape, outcomes: Iterable[Outcome]) -> Self:
        """From dense outcomes, one at a time: each is looked at and let go. Balances are those of the last."""
        whole, unwound, rows = blank(tape), list[NDArray[np.bool_]](), list[list[Column]]()
        for number, its in enumerate(outcomes, 1):
            whole = replace(whole, balance=its.balance)
            unwound.append(its.unwound)
            at, held = np.flatnonzero(its.moved | its.arrived), np.flatnonzero(its.claim)
            early = np.flatnonzero(its.carried.any(axis=1))
            columns = [its.moved, its.arrived, its.discharged, its.accrued]
            some = [column[at] if len(column) else column for column in columns]
            rows.append([np.full(len(at), number), at, *some, np.full(len(early), number), early, *its.carried[early].T,
                         np.full(len(held), number), held, its.claim[held]])  # fmt: skip
            for name in ("moved", "arrived", "discharged", "accrued", "carried", "claim"):
                whole_column = getattr(whole, name)
                if name != "arrived" or whole_column is not whole.moved:
                    whole_column += getattr(its, name)
        owner, at, moved, arrived, discharged, accrued, *rest = (
            np.concatenate(columns) for columns in zip(*rows, strict=True)
        )
        moves = Movements(
            owner, at, moved, arrived,
            discharged if len(whole.discharged) else None, accrued if len(whole.accrued) else None,
        )  # fmt: skip
        made = cls(tape, replace(whole, unwound=unwound[0]), moves, Carried(*rest[:4]), Held(*rest[4:]))
        made.unwound = unwound
        return made

    def __len__(self) -> int:
        return self.tape.claimants

    @overload
    def __getitem__(self, index: int) -> Outcome: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Outcome]: ...
    def __getitem__(self, index: int | slice) -> Outcome | Sequence[Outcome]:
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        number = range(len(self))[index] + 1
        made, moves = blank(self.tape), self.movements
        span = _span(moves.owner, number)
        at = moves.at[span]
        made.moved[at] = moves.moved[span]
        made.arrived[at] = moves.arrived[span]
        if moves.discharged is not None and len(made.discharged):
            made.discharged[at] = moves.discharged[span]
        if moves.accrued is not None and len(made.accrued):
            made.accrued[at] = moves.accrued[span]
        mine = self.carried.owner == number
        made.carried[self.carried.number[mine], 0] = self.carried.debited[mine]
        made.carried[self.carried.number[mine], 1] = self.carried.credited[mine]
        made.claim[self.held.purse[self.held.span(number)]] = self.held.claim[self.held.span(number)]
        unwound = self.whole.unwound if self.unwound is None else self.unwound[number - 1]
        made = replace(made, unwound=unwound, balance=self.whole.balance)
        return made if self.settled_at is None else replace(made, claim=self.claim(number))

    def claim(self, number: int) -> Column:
        """By purse: what is left of one claimant's money at the end."""
        held = self.held if self.settled_at is None else self.settled_at
        claim = np.zeros(len(self.tape.opening), np.int64)
        span = held.span(number)
        claim[held.purse[span]] = held.claim[span]
        return claim

    def settled(self, claims: Sequence[Column]) -> Apart:
        """The same movements, with other final claims: by claimant, by purse."""
        whole = replace(self.whole, claim=np.sum(np.stack(list(claims)), axis=0))
        made = Apart(self.tape, whole, self.movements, self.carried, self.held)
        made.unwound = self.unwound
        at = [np.flatnonzero(claim) for claim in claims]
        made.settled_at = Held(
            np.repeat(np.arange(1, len(at) + 1), [len(some) for some in at]),
            np.concatenate(at),
            np.concatenate([claim[some] for claim, some in zip(claims, at, strict=True)]),
        )
        return made


def claim_of(outcomes: Sequence[Outcome], number: int) -> Column:
    """By purse, the final claim of one claimant, without building the rest of his outcome."""
    return outcomes.claim(number) if isinstance(outcomes, Apart) else outcomes[number - 1].claim


def _order(owner: Column, place: Column) -> NDArray[np.intp]:
    """By owner, then by place; quick where the places are in order already and the owners are not very many."""
    if (place[1:] >= place[:-1]).all() and owner.max(initial=0) < _FEW:
        return np.argsort(owner.astype(np.uint16), kind="stable")
    return np.lexsort((place, owner))


def _span(owner: Column, number: int) -> slice:
    """Where the entries of a claimant stand in a sorted column."""
    return slice(int(np.searchsorted(owner, number, "left")), int(np.searchsorted(owner, number, "right")))
