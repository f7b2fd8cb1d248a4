"""`FlowGraph`: who paid whom, when and how much, as numbers in time order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, expect, unknown
from followmoney.graph._rows import Rows, compress
from followmoney.graph.enough import QUARTER, Enough
from followmoney.ledger import Ledger

if TYPE_CHECKING:
    import igraph  # pyright: ignore[reportMissingTypeStubs]
    import networkx as nx
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

Fold = Literal["holder", "party", "beneficial_owner"]
Role = Literal["originator", "beneficiary", "either"]


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a flow graph, one entry a transaction, in order."""

    originator: NDArray[np.uint32]
    beneficiary: NDArray[np.uint32]
    amount: NDArray[np.int64]
    """Minor units debited, in `currency`."""
    currency: NDArray[np.uint8]
    """Number in `FlowGraph.currencies`."""
    received: NDArray[np.int64]
    """Minor units credited, in `currency_received`; the same array as `amount` where nothing was converted."""
    currency_received: NDArray[np.uint8]
    time: NDArray[np.int64]
    """Microseconds since 1970, UTC."""
    number: NDArray[np.uint32]
    """Row of `ledger.numbered`."""

    def take(self, rows: slice | NDArray[np.bool_] | NDArray[np.integer]) -> Columns:
        """Some of the transactions (a slice costs nothing)."""
        amount, currency = self.amount[rows], self.currency[rows]
        same = self.received is self.amount
        return Columns(
            self.originator[rows],
            self.beneficiary[rows],
            amount,
            currency,
            amount if same else self.received[rows],
            currency if same else self.currency_received[rows],
            self.time[rows],
            self.number[rows],
        )


class FlowGraph:
    """Accounts and the booked transactions between them, in order of (time, sequence, id); never changes.

    Made by `FlowGraph(ledger)`. A part of a graph (`between`, `shard`, `only`) keeps the vertices and `number`, so its
    evidence still names rows of the ledger. `out` and `into` are built when first used: together 8 bytes a transaction.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        columns: Columns | None = None,
        vertices: pl.DataFrame | None = None,
        merged: Mapping[str, str] | None = None,
        enough: Enough | None = None,
    ) -> None:
        expect("FlowGraph", ledger, Ledger, "a ledger: fm.load(path)")
        self.ledger = ledger
        self.columns = _columns(ledger) if columns is None else columns
        self.vertices = ledger.accounts if vertices is None else vertices
        """One row a vertex, by number: `id`, and what is known of it. Accounts, or parties after `fold`."""
        self.merged: Mapping[str, str] = merged or {}
        """Parties that a fold counts with another, by that other's identifier."""
        self.enough = enough
        """From which share on a person counts, where the graph is folded by beneficial owner."""

    @property
    def originator(self) -> NDArray[np.uint32]:
        """Vertex debited, a transaction."""
        return self.columns.originator

    @property
    def beneficiary(self) -> NDArray[np.uint32]:
        """Vertex credited, a transaction."""
        return self.columns.beneficiary

    @property
    def amount(self) -> NDArray[np.int64]:
        """Minor units debited, a transaction."""
        return self.columns.amount

    @property
    def time(self) -> NDArray[np.int64]:
        """Microseconds since 1970 (UTC), a transaction; never decreasing."""
        return self.columns.time

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """Currencies by number."""
        dtype = self.ledger.numbered.schema["currency"]
        return tuple(dtype.categories) if isinstance(dtype, pl.Enum) else ()

    @cached_property
    def out(self) -> Rows:
        """For every vertex, the transactions that debit it, in order."""
        return compress(self.columns.originator, len(self.vertices))

    @cached_property
    def into(self) -> Rows:
        """For every vertex, the transactions that credit it, in order."""
        return compress(self.columns.beneficiary, len(self.vertices))

    @cached_property
    def outside(self) -> NDArray[np.bool_]:
        """True for vertices that stand for cash or an unknown end: nothing is known of what happens there."""
        if "scheme" not in self.vertices.columns:
            return np.zeros(len(self.vertices), bool)
        return self.vertices["scheme"].cast(pl.String).is_in(["cash", "unknown"]).fill_null(value=False).to_numpy()

    @cached_property
    def tied(self) -> NDArray[np.bool_]:
        """True where a transaction has the same time as the one before it."""
        tied = np.zeros(len(self), bool)
        tied[1:] = self.time[1:] == self.time[:-1]
        return tied

    def __len__(self) -> int:
        """Number of transactions."""
        return len(self.columns.amount)

    def __repr__(self) -> str:
        """One line: how big it is."""
        return f"FlowGraph({len(self):,} transactions between {len(self.vertices):,} accounts)"

    def _repr_html_(self) -> str:
        from html import escape

        table = self.only(slice(0, 5)).to_polars()._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return f"<p><b>{escape(repr(self))}</b></p>{table}"

    def vertex(self, identifier: str) -> int:
        """The number of an account (or, after `fold`, of a party)."""
        expect("vertex", identifier, str, "the identifier of an account")
        found = self.vertices["id"].index_of(identifier)
        if found is None:
            raise SettingsError(unknown("account", identifier, self.vertices["id"].head(10_000)))
        return found

    def positions(self, ids: list[str]) -> NDArray[np.int64]:
        """Where the transactions with these identifiers stand in the graph, in the order given."""
        if not ids:
            return np.zeros(0, np.int64)
        asked = pl.DataFrame({"id": ids}, schema={"id": pl.String})
        found = asked.join(self.located(asked["id"]), on="id", how="left", maintain_order="left")["at"]
        if found.null_count():
            known = self.ledger.numbered["id"].gather(self.columns.number)
            raise SettingsError(self._not_here(ids[int(found.is_null().arg_true()[0])], known))
        return found.to_numpy().astype(np.int64)

    def located(self, ids: pl.Series) -> pl.DataFrame:
        """Where the transactions with these identifiers stand (`id`, `at`), in order; those not here are left out."""
        named, number, at = self.ledger.numbered["id"], self.columns.number, np.zeros(0, np.intp)
        if len(ids) == 1:  # most questions
            rows = (named == ids[0]).arg_true()
            at = np.flatnonzero(number == rows[0]) if len(rows) else at
        elif len(ids):
            at = np.flatnonzero(named.is_in(ids.implode()).to_numpy()[number])
        return pl.DataFrame({"id": named.gather(number[at]), "at": at})

    def _not_here(self, missing: str, ids: pl.Series) -> str:
        """Why a transaction is not in the graph: it moved no money, it is in another part, or nobody knows it."""
        known = self.ledger.numbered.filter(pl.col("id") == missing)
        if not len(known):
            other = self.ledger["mirrors"].filter(pl.col("id") == missing)
            if len(other):
                return (
                    f"{missing!r} is the other side of the transaction {other['transaction'][0]!r}, which counts; name "
                    "that one."
                )
            return unknown("transaction", missing, ids.head(10_000))
        status = known["status"].cast(pl.String)[0] if "status" in known.columns else None
        if status not in {None, "booked"}:
            return f"Transaction {missing!r} is {status}, not booked: it moved no money."
        return f"Transaction {missing!r} is in the ledger, but not in this part of the graph; use the whole graph."

    def between(self, start: str | date | datetime, end: str | date | datetime) -> FlowGraph:
        """Only transactions booked from `start` up to and including `end` (days count whole)."""
        from followmoney.ledger.when import first, last, micros

        return self.span(micros(first(start)), micros(last(end)))

    def span(self, start: int, end: int) -> FlowGraph:
        """Only transactions with start ≤ time ≤ end (microseconds); shares memory with this graph."""
        for moment in (start, end):
            expect("span", moment, (int, np.integer), "microseconds since 1970; `between` takes days and times")
        low, high = np.searchsorted(self.time, start, "left"), np.searchsorted(self.time, end, "right")
        return self.only(slice(int(low), int(high)))

    def only(self, rows: slice | NDArray[np.bool_] | NDArray[np.integer]) -> FlowGraph:
        """Only these transactions (positions in order, or a mask)."""
        expect("only", rows, (slice, np.ndarray, list, range), "a slice, or an array of positions or of true and false")
        return FlowGraph(
            self.ledger, columns=self.columns.take(rows), vertices=self.vertices, merged=self.merged, enough=self.enough
        )

    def shard(self, role: Role, part: int, parts: int) -> FlowGraph:
        """Every transaction whose vertex in this role has number ≡ part (mod parts): never half of an account."""
        if role not in get_args(Role):
            raise SettingsError(unknown("role in a transaction", role, get_args(Role)))
        for number in (part, parts):
            expect("shard", number, (int, np.integer), "whole numbers: which part, of how many")
        if not 0 <= part < parts:
            raise SettingsError(f"shard: there is no part {part} of {parts}; parts are counted from 0.")
        masks = {"originator": self.originator % parts == part, "beneficiary": self.beneficiary % parts == part}
        return self.only(masks["originator"] | masks["beneficiary"] if role == "either" else masks[role])

    def fold(self, by: Fold, *, threshold: float = QUARTER, lower: Mapping[str, float] | None = None) -> FlowGraph:
        """Merge accounts by who holds them (`holder`, `party`) or owns the holder in the end (`beneficial_owner`).

        `threshold` and `lower` say which share is enough for the last, as in `followmoney.beneficial_owners`.
        """
        from followmoney.graph.fold import fold

        return fold(self, by, Enough.of(threshold, lower))

    def to_polars(self) -> pl.DataFrame:
        """The transactions as a frame, ids and all columns of the ledger, ends as vertices of this graph."""
        ids = self.vertices["id"]
        frame = self.ledger.numbered[self.columns.number]
        return frame.with_columns(
            ids.gather(self.originator).alias("originator"), ids.gather(self.beneficiary).alias("beneficiary")
        )

    def to_pandas(self) -> pd.DataFrame:
        """The transactions as a pandas frame."""
        from followmoney.graph.interop import to_pandas

        return to_pandas(self)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """A networkx multigraph: one edge a transaction; for small graphs (536 bytes an edge, measured)."""
        from followmoney.graph.interop import to_networkx

        return to_networkx(self)

    def to_igraph(self) -> igraph.Graph:
        """An igraph graph: one edge a directed pair, with `amount`, `count`, `first`, `last`."""
        from followmoney.graph.adapter import to_igraph

        return to_igraph(self)


def with_vertices(
    graph: FlowGraph, mapping: NDArray[np.uint32], vertices: pl.DataFrame, merged: Mapping[str, str],
    enough: Enough | None = None,
) -> FlowGraph:  # fmt: skip
    """The same transactions between other vertices (`mapping[old] = new`)."""
    columns = replace(graph.columns, originator=mapping[graph.originator], beneficiary=mapping[graph.beneficiary])
    return FlowGraph(graph.ledger, columns=columns, vertices=vertices, merged=merged, enough=enough)


def _columns(ledger: Ledger) -> Columns:
    """Booked rows only: a pending or returned row moves no money."""
    frame = ledger.numbered
    number = np.arange(len(frame), dtype=np.uint32)
    if "status" in frame.columns:
        booked = (frame["status"].is_null() | (frame["status"].cast(pl.String) == "booked")).to_numpy()
        if not booked.all():
            number = number[booked]
            frame = frame.filter(pl.Series(booked))
    amount = frame["amount"].to_numpy()
    code = _codes(frame, "currency")
    received, code_received = amount, code
    if "amount_received" in frame.columns and frame["amount_received"].null_count() < len(frame):
        received = frame.select(pl.coalesce("amount_received", "amount")).to_series().to_numpy()
        code_received = _codes(frame.select(pl.coalesce("currency_received", "currency").alias("currency")), "currency")
    return Columns(
        frame["originator"].to_numpy(), frame["beneficiary"].to_numpy(), amount, code, received, code_received,
        frame["booked_at"].to_physical().to_numpy(), number,
    )  # fmt: skip


def _codes(frame: pl.DataFrame, column: str) -> NDArray[np.uint8]:
    dtype = frame.schema[column]
    if not isinstance(dtype, pl.Enum):
        return np.zeros(len(frame), np.uint8)
    if len(dtype.categories) > np.iinfo(np.uint8).max:
        raise SettingsError(f"More than 255 currencies ({len(dtype.categories)}); split the ledger.")
    return frame[column].to_physical().cast(pl.UInt8).to_numpy()
