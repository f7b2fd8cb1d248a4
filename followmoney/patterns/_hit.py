"""`Hit`: one hit with the graph around it, as innocent explanations see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.patterns._flows import Flows
from followmoney.patterns._hits import ROLES
from followmoney.patterns._pattern import Pattern
from followmoney.patterns._register import names
from followmoney.schema.clock import DAY
from followmoney.schema.codes import money

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Hit:
    """Who, which transactions (positions in the graph) in which role, and all that the graph knows besides."""

    pattern: Pattern
    flows: Flows
    subject: int
    at: Numbers
    role: NDArray[np.uint8]

    @property
    def graph(self) -> FlowGraph:
        """The whole graph."""
        if self.flows.graph is None:
            raise ValueError("A hit is looked at in the whole graph.")
        return self.flows.graph

    def rows(self, role: str) -> Numbers:
        """The transactions in one role, in order."""
        return self.at[self.role == ROLES.index(role)]

    @cached_property
    def currency(self) -> int:
        """Number of the currency in which the subject was credited."""
        return int(self.flows.currency_received[self.rows("in")[0]])

    def money(self, amount: int) -> str:
        """An amount in that currency, as people write it."""
        return money(amount, self.flows.currencies[self.currency])

    def holder(self, vertex: int) -> str | None:
        """The party that holds an account, if known."""
        vertices = self.graph.vertices
        return vertices["holder"][vertex] if "holder" in vertices.columns else None

    def label(self, vertex: int) -> str:
        """The name of the party that holds an account, else its identifier."""
        return self.name(self.holder(vertex) or self.graph.vertices["id"][vertex])

    def party(self, vertex: int) -> str | None:
        """The party that holds an account (after a fold: that the vertex is), if known; needs `party.id`."""
        known = self.flows.known["party.id"]
        number = int(known.values[vertex])
        return known.names[number] if number >= 0 else None

    def name(self, who: str) -> str:
        """The name of a party; its identifier where none is known."""
        return self.flows.once(names).get(who) or who

    def column(self, name: str, rows: NDArray[np.integer]) -> pl.Series:
        """Any column of the ledger for these transactions; empty cells where the ledger has no such column."""
        frame = self.graph.ledger.numbered
        if name not in frame.columns:
            return pl.Series(name, [None] * len(rows), dtype=pl.String)
        return frame[name].gather(self.graph.columns.number[rows])

    def saying(self, rows: NDArray[np.integer], words: tuple[str, ...]) -> str | None:
        """How many of some transactions have one of these words in their purpose ("3 of the 4"), if that is most."""
        said = [str(purpose).casefold() for purpose in self.column("purpose", rows)]
        named = sum(any(word in purpose for word in words) for purpose in said)
        return f"{named} of the {len(said)}" if said and 2 * named >= len(said) else None

    def weeks(self, rows: NDArray[np.integer]) -> Numbers:
        """In which week (since 1970) each transaction was booked."""
        return self.flows.time[rows] // (7 * DAY)

    def months(self, rows: NDArray[np.integer]) -> NDArray[Any]:
        """In which calendar month each transaction was booked."""
        return self.flows.time[rows].astype("datetime64[us]").astype("datetime64[M]")
