"""What is known besides who paid whom: further columns of transactions, accounts and holders, as numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.patterns._names import Names

if TYPE_CHECKING:
    from followmoney.graph import FlowGraph

UNKNOWN = -1
"""Stands for an empty cell of text."""
NEVER = -(2**63)
"""Stands for an empty date."""
WALLETS = "party.wallet"
"""Not a column of a table: known of a holder who holds a wallet."""


@dataclass(frozen=True, eq=False)
class Known:
    """One column as numbers."""

    values: NDArray[np.int64]
    """Text: its place in `names`, or UNKNOWN. Dates: microseconds since 1970, or NEVER."""
    names: Names = field(default_factory=Names.of)
    """The texts that occur, sorted."""

    def take(self, rows: slice | NDArray[np.int64]) -> Known:
        """Some of the rows."""
        return replace(self, values=self.values[rows])

    def number(self, name: str) -> int:
        """The number of a text; UNKNOWN - 1 where it does not occur, so that it equals no row's."""
        number = self.names.number(name)
        return number if number >= 0 else UNKNOWN - 1

    @property
    def empty(self) -> bool:
        """Nothing is known."""
        return not len(self.values) or bool((self.values == (UNKNOWN if len(self.names) else NEVER)).all())


def of_transactions(graph: FlowGraph, column: str) -> Known:
    """A column of the transactions, in the order of the graph."""
    frame = graph.ledger.numbered
    if column not in frame.columns:
        return Known(np.full(len(graph), UNKNOWN), Names.of(""))
    whole = _numbers(frame[column])
    return whole if frame.height == len(graph) and _plain(graph) else whole.take(graph.columns.number.astype(np.int64))


def of_vertices(graph: FlowGraph, column: str) -> Known:
    """A column of the accounts (`account.opened`) or of who holds them (`party.sector`), a row a vertex.

    After a fold a vertex is a holder: of its accounts' dates the earliest is known; what else is known of accounts only
    of those that nobody holds.
    """
    table, _, name = column.partition(".")
    vertices = graph.vertices
    folded = "kind" in vertices.columns
    key = vertices["id"] if folded or table == "account" else _holders(vertices)
    frame = graph.ledger["accounts" if table == "account" else "parties"]
    if name == "id":
        return _numbers(pl.Series(name, key, pl.String))
    if column == WALLETS:
        return _wallets(graph, key)
    if name not in frame.columns:
        return Known(np.full(len(vertices), UNKNOWN), Names.of(""))
    if table == "account" and vertices is graph.ledger.accounts and name in vertices.columns:
        return _numbers(vertices[name])
    if folded and table == "account":
        if frame[name].dtype.is_temporal():
            return _earliest(graph, name)
        key = vertices.select(pl.when(pl.col("kind") == "account").then("id")).to_series()
    asked = pl.DataFrame({"id": key}, schema={"id": pl.String})
    joined = asked.join(frame.select("id", name).unique("id"), on="id", how="left", maintain_order="left")
    return _numbers(joined[name])


def _wallets(graph: FlowGraph, holder: pl.Series) -> Known:
    accounts = graph.ledger["accounts"]
    known = {"scheme", "holder"} <= set(accounts.columns)
    wallets = accounts.filter(pl.col("scheme").cast(pl.String) == "wallet") if known else None
    owners: list[str] = [] if wallets is None else wallets["holder"].drop_nulls().to_list()
    return Known(np.where(holder.is_in(owners).fill_null(value=False).to_numpy(), 0, UNKNOWN), Names.of("wallet"))


def _holders(vertices: pl.DataFrame) -> pl.Series:
    return vertices["holder"] if "holder" in vertices.columns else pl.Series([None] * len(vertices), dtype=pl.String)


def _earliest(graph: FlowGraph, name: str) -> Known:
    """Of a date of accounts the earliest by vertex, whatever they were merged by."""
    accounts, number = graph.ledger.accounts, graph.columns.number
    if name not in accounts.columns:
        return Known(np.full(len(graph.vertices), NEVER))
    dates = _numbers(accounts[name])
    vertex = np.full(len(accounts), -1)
    for end, merged in (("originator", graph.originator), ("beneficiary", graph.beneficiary)):
        vertex[graph.ledger.numbered[end].to_numpy()[number]] = merged
    # an account without a movement goes where others of its holder went
    by_holder = pl.DataFrame({"holder": _holders(accounts), "vertex": vertex}).select(
        pl.when(pl.col("holder").is_null()).then("vertex").otherwise(pl.col("vertex").max().over("holder"))
    )
    vertex = by_holder.to_series().to_numpy()
    known = (vertex >= 0) & (dates.values > NEVER)
    found = np.full(len(graph.vertices), -(NEVER + 1))
    np.minimum.at(found, vertex[known], dates.values[known])
    if graph.vertices is not accounts:  # an account that changes hands is with several vertices
        for end, merged in (("originator", graph.originator), ("beneficiary", graph.beneficiary)):
            value = dates.values[graph.ledger.numbered[end].to_numpy()[number]]
            np.minimum.at(found, merged[value > NEVER], value[value > NEVER])
    return Known(np.where(found < -(NEVER + 1), found, NEVER))


def _plain(graph: FlowGraph) -> bool:
    number = graph.columns.number
    return not len(number) or bool((number[1:] > number[:-1]).all())


def _numbers(column: pl.Series) -> Known:
    if column.dtype.is_temporal():
        return Known(column.cast(pl.Datetime("us")).to_physical().fill_null(NEVER).to_numpy())
    if column.dtype.is_integer():
        return Known(column.cast(pl.Int64).fill_null(NEVER).to_numpy())
    texts = column.cast(pl.String)
    names = texts.unique().drop_nulls().sort()
    codes = texts.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(UNKNOWN)
    return Known(codes.to_numpy(), Names(names) if len(names) else Names.of(""))
