"""What a tracing rule is: given what an account holds, which money leaves with a debit, and which stays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

OTHER = 0
"""Owner of money that belongs to no claim."""


class Lot(NamedTuple):
    """Some money of one owner: `owner` is OTHER or the number of a claim, `amount` is in minor units."""

    owner: int
    amount: int


Lots = list[Lot]


class Rule(ABC):
    """A tracing rule: one method, `take`. It is the reference; a compiled sweep of the same name must equal it.

    The engine never asks for more than is held: what a debit draws beyond that is other money.
    """

    name: ClassVar[str]
    """As in `fm.trace(..., rule=name)`; the file is called the same."""
    ordered: ClassVar[bool]
    """True where the age of money matters; otherwise the engine keeps one lot an owner, other money last."""

    @abstractmethod
    def take(self, held: Sequence[Lot], amount: int) -> tuple[Lots, Lots]:
        """Split what is held (oldest first) into what leaves with a debit of `amount` and what stays (oldest first)."""


def split(held: Sequence[Lot], parts: Sequence[int]) -> tuple[Lots, Lots]:
    """The lots that leave and those that stay, where `parts` says how much of each lot leaves."""
    leaves = [Lot(lot.owner, part) for lot, part in zip(held, parts, strict=True)]
    stays = [Lot(lot.owner, lot.amount - part) for lot, part in zip(held, parts, strict=True)]
    return leaves, stays
