"""Purses: what one account holds in one currency, numbered densely, so that money in two currencies never mixes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph import FlowGraph


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
    """Number the purses of the first `size` transactions; they are the accounts where there is one currency."""
    columns, accounts = graph.columns, len(graph.vertices)
    paid, got = columns.originator[:size], columns.beneficiary[:size]
    debit, credit = columns.currency[:size], columns.currency_received[:size]
    last = int(max(debit.max(initial=0), credit.max(initial=0)))
    seen = np.array([code for code in range(last + 1) if (debit == code).any() or (credit == code).any()], np.intp)
    if len(seen) <= 1:
        only = int(seen[0]) if len(seen) else 0
        return Purses(paid, got, np.arange(accounts, dtype=np.uint32), np.full(accounts, only, np.uint8))
    wide = np.min_scalar_type(accounts * len(seen)).type  # with the accounts' uint32: uint32, or uint64 beyond it
    dense = np.zeros(256, wide)
    dense[seen] = np.arange(len(seen))
    used = np.zeros(accounts * len(seen), np.bool_)
    places = [end * wide(len(seen)) + dense[codes] for end, codes in ((paid, debit), (got, credit))]
    for place in places:
        used[place] = True
    number = np.cumsum(used, dtype=np.uint32) - np.uint32(1)
    which = np.flatnonzero(used)
    pays, gets = (number[place] for place in places)
    return Purses(pays, gets, (which // len(seen)).astype(np.uint32), seen[which % len(seen)].astype(np.uint8))
