"""Of all pairs of who paid and who was paid, those that did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows


class Pairs(NamedTuple):
    """How many pairs there are, of how many that are possible."""

    there: int
    possible: int

    @property
    def share(self) -> float:
        """The part that is there."""
        return self.there / self.possible

    @classmethod
    def of(cls, flows: Flows, rows: NDArray[np.int64], payers: NDArray[np.int64] | None = None) -> Pairs:
        """Of these transactions, between all who paid (or these payers) and all who were paid; nobody pays himself."""
        payer, payee = flows.originator[rows].astype(np.int64), flows.beneficiary[rows].astype(np.int64)
        there = len(np.unique(payer * len(flows.outside) + payee))
        one, other = np.unique(payer) if payers is None else np.union1d(payers, payer), np.unique(payee)
        return cls(there, len(one) * len(other) - len(np.intersect1d(one, other)))
