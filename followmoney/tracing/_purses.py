"""Purses: what one account holds in one currency, numbered densely, so that money in two currencies never mixes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.graph._kernels import fit


@dataclass(frozen=True, eq=False)
class Purses:
    """The two ends of every transaction as purses, and what each purse is."""

    paid: NDArray[np.uint32]
    got: NDArray[np.uint32]
    account: NDArray[np.uint32]
    """By purse: number of the account."""
    currency: NDArray[np.uint8]
    """By purse: number of the currency."""

    def of(self, account: int) -> NDArray[np.int64]:
        """The purses of an account."""
        return np.flatnonzero(self.account == account)


def purses(graph: FlowGraph, size: int) -> Purses:
    """Number the purses of the first `size` transactions; they are the accounts where each has one currency.

    Cost: one pass over the transactions; two more, and 8 bytes a transaction, where an account has several currencies.
    """
    from followmoney.tracing._kernel_purses import alone, numbered

    columns, accounts = graph.columns, len(graph.vertices)
    ends = columns.originator[:size], columns.beneficiary[:size]
    given = *ends, columns.currency[:size], columns.currency_received[:size], accounts
    currency, single = fit(alone, size)(*given)
    if single:
        return Purses(*ends, np.arange(accounts, dtype=np.uint32), currency)
    return Purses(*fit(numbered, size)(*given))
