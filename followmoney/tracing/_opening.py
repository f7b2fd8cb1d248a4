"""Opening balances that a statement gives; where none is given, nothing is assumed."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.tracing._purses import Purses


def openings(graph: FlowGraph, size: int, purses: Purses) -> NDArray[np.int64]:
    """By purse, in minor units: the latest opening balance stated at or before the account's first transaction.

    Where two sources state different balances for that moment the lower one is used.
    """
    found = _stated(graph, size, purses)
    opening = np.zeros(len(purses.account), np.int64)
    opening[found["purse"].to_numpy()] = found["amount"].to_numpy()
    return opening


def unstated(graph: FlowGraph, size: int, purses: Purses) -> NDArray[np.bool_]:
    """By purse: whether nobody states what was in it before its account's first transaction."""
    nobody = np.ones(len(purses.account), np.bool_)
    nobody[_stated(graph, size, purses)["purse"].to_numpy()] = False
    return nobody


def _stated(graph: FlowGraph, size: int, purses: Purses) -> pl.DataFrame:
    """The stated openings: purse, amount."""
    if "balances" not in graph.ledger.tables:
        return pl.DataFrame(schema={"purse": pl.UInt32, "amount": pl.Int64})
    numbers = graph.vertices.select("id").with_row_index("number")
    currencies = pl.DataFrame(
        {"currency": list(graph.currencies), "code": range(len(graph.currencies))},
        schema={"currency": pl.String, "code": pl.UInt8},
    )
    stated = (
        graph.ledger.balances.filter(pl.col("kind").cast(pl.String) == "opening")
        .select("account", "at", "amount", "currency")
        .join(numbers, left_on="account", right_on="id")
        .join(currencies, on="currency")
        .with_columns(pl.col("at").to_physical())
    )
    first = _first(graph, size)
    stated = stated.filter(stated["at"] <= pl.Series(first[stated["number"].to_numpy()]))
    latest = (
        stated.sort("at", "amount", descending=[False, True]).group_by("number", "code").agg(pl.col("amount").last())
    )
    known = pl.DataFrame({"number": purses.account, "code": purses.currency}).with_row_index("purse")
    return known.join(latest, on=["number", "code"])


def _first(graph: FlowGraph, size: int) -> NDArray[np.int64]:
    """By account: time of its first transaction."""
    first = np.full(len(graph.vertices), np.iinfo(np.int64).max)
    last_to_first = slice(None, None, -1)  # written backwards, so the earliest stands
    credited = first.copy()
    first[graph.originator[:size][last_to_first]] = graph.time[:size][last_to_first]
    credited[graph.beneficiary[:size][last_to_first]] = graph.time[:size][last_to_first]
    return np.minimum(first, credited)
