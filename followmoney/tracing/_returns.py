"""Returned payments: a transaction that says which earlier one it reverses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.tracing._purses import Purses
from followmoney.tracing._tape import CLAIM

Positions = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Returns:
    """Transactions that return an earlier one whole, between the same two purses, in order."""

    at: Positions
    first: Positions
    """The transaction returned, for each of `at`."""
    ordinary: Positions
    """Said to reverse something, but other money or other accounts: treated as an ordinary payment."""


def returns(graph: FlowGraph, size: int, purses: Purses, mark: NDArray[np.uint8]) -> Returns:
    """Find the returned payments among the first `size` transactions. A payment can be returned once."""
    none = np.zeros(0, np.int64)
    if "reverses" not in graph.ledger.numbered.columns:
        return Returns(none, none, none)
    number = graph.columns.number[:size]
    rows = graph.ledger.numbered.select("id", "reverses")[number].with_row_index("at").cast({"at": pl.Int64})
    said = rows.drop_nulls("reverses").select("at", pl.col("reverses").alias("id"))
    pairs = said.join(rows.select("id", first="at"), on="id", how="left", maintain_order="left")
    at, first = pairs["at"].to_numpy(), pairs["first"].fill_null(-1).to_numpy()
    amount, received = graph.columns.amount[:size], graph.columns.received[:size]
    whole = (
        (first >= 0) & (first < at) & (purses.paid[at] == purses.got[first]) & (purses.got[at] == purses.paid[first])
        & (amount[at] == amount[first]) & (amount[at] == received[at]) & (amount[first] == received[first])
        & (mark[at] & CLAIM == 0)
    )  # fmt: skip
    once = np.zeros(len(at), np.bool_)
    once[np.unique(np.where(whole, first, -1 - np.arange(len(at))), return_index=True)[1]] = True
    whole &= once
    return Returns(at[whole], first[whole], at[~whole])
