"""`Flows`: the columns a pattern looks at, as pure numbers that can be cut and sent to another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.engines import Slice
from followmoney.errors import OverflowLimitError
from followmoney.graph import FlowGraph
from followmoney.graph._rows import Rows, compress
from followmoney.patterns._context import Known, of_transactions, of_vertices
from followmoney.patterns._threshold import exact
from followmoney.schema.codes import minor, money

_SAFE = 2**62

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Flows:
    """Transactions in order as columns; row numbers are local to it, see `places`."""

    originator: NDArray[np.uint32]
    beneficiary: NDArray[np.uint32]
    amount: NDArray[np.int64]
    """Minor units debited, in `currency` (number in `currencies`)."""
    currency: NDArray[np.uint8]
    received: NDArray[np.int64]
    """Minor units credited, in `currency_received`."""
    currency_received: NDArray[np.uint8]
    time: NDArray[np.int64]
    cash: NDArray[np.bool_]
    """True where cash was paid in or taken out."""
    at: NDArray[np.int64] | None
    """Where each row stands in the whole graph; None: where it stands here."""
    outside: NDArray[np.bool_]
    """A vertex: stands for cash or an unknown end."""
    currencies: tuple[str, ...]
    start: int
    """Time of the ledger's first transaction."""
    moved: int
    """More than any sum of amounts in these columns."""
    largest: str
    """The transaction that alone is much of that, in words; empty where none is."""
    owned: tuple[int, int]
    """Anchors outside of these times belong to another slice: what starts there need not be looked for."""
    graph: FlowGraph | None = None
    """The whole graph these are the columns of; None for a part."""
    known: Mapping[str, Known] = field(default_factory=dict[str, Known])
    """What a pattern says it `uses` besides: columns of transactions (`place`), accounts (`account.opened`) and their
    holders (`party.sector`), the latter two a row a vertex."""
    learned: dict[str, Known] = field(default_factory=dict[str, Known], repr=False)
    """What was looked up of accounts and holders, for the next pattern that asks."""
    made: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    """What was worked out of it all, likewise."""

    @classmethod
    def of(cls, graph: FlowGraph) -> Flows:
        """The columns of a whole graph (shared, not copied, but for `cash`)."""
        c = graph.columns
        whole, moved = Slice(), _moved(graph)
        return cls(
            c.originator, c.beneficiary, c.amount, c.currency, c.received, c.currency_received, c.time, _cash(graph),
            None, graph.outside, graph.currencies, int(c.time[0]) if len(graph) else 0, moved,
            _largest(graph, moved), (whole.start, whole.end), graph,
        )  # fmt: skip

    def knowing(self, columns: Sequence[str]) -> Flows:
        """The same with further columns of the ledger; empty ones where the ledger has none."""
        graph = self.graph
        if graph is None:
            raise ValueError("Only the whole graph knows more.")
        for c in columns:
            if "." in c and c not in self.learned:
                self.learned[c] = of_vertices(graph, c)
        more = {c: self.learned[c] if "." in c else of_transactions(graph, c) for c in columns}
        return replace(self, known=more) if more else self

    def cut(self, part: Slice) -> Flows:
        """The rows of one slice; a slice of time alone shares memory with the whole."""
        if part == Slice():
            return self
        low, high = np.searchsorted(self.time, part.low, "left"), np.searchsorted(self.time, part.high, "right")
        rows: slice | NDArray[np.int64] = slice(int(low), int(high))
        if part.role is not None:
            paid = self.originator[rows] % part.parts == part.part
            got = self.beneficiary[rows] % part.parts == part.part
            rows = low + np.flatnonzero({"originator": paid, "beneficiary": got, "either": paid | got}[part.role])
        columns = ("originator", "beneficiary", "amount", "currency", "received", "currency_received", "time", "cash")
        taken = {name: getattr(self, name)[rows] for name in columns}
        known = {name: column if "." in name else column.take(rows) for name, column in self.known.items()}
        at = self.places(np.arange(low, high) if isinstance(rows, slice) else rows)
        return replace(self, **taken, at=at, owned=(part.start, part.end), graph=None, known=known, learned={}, made={})

    def __len__(self) -> int:
        """Number of transactions."""
        return len(self.time)

    def places(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where these rows stand in the whole graph."""
        return rows if self.at is None else self.at[rows]

    @cached_property
    def out(self) -> Rows:
        """For every vertex, the rows that debit it, in order."""
        return self.graph.out if self.graph is not None else compress(self.originator, len(self.outside))

    @cached_property
    def into(self) -> Rows:
        """For every vertex, the rows that credit it, in order."""
        return self.graph.into if self.graph is not None else compress(self.beneficiary, len(self.outside))

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Who owns more than half of a party directly, by party (of several statements the first by name)."""
        if self.graph is None:
            raise ValueError("Only the whole graph knows owners.")
        held = self.graph.ledger.interests.filter(pl.col("share_min") > 1 / 2).sort("owned", "owner", descending=True)
        known = held.drop_nulls(["owned", "owner"])
        return dict(zip(known["owned"].to_list(), known["owner"].to_list(), strict=True))

    @property
    def mine(self) -> tuple[int, int]:
        """First row, and row after the last, of the transactions that this slice owns as anchors."""
        low, high = self.owned
        return int(np.searchsorted(self.time, low, "left")), int(np.searchsorted(self.time, high, "right"))

    def once(self, make: Callable[[Flows], T]) -> T:
        """What is worked out of these columns and registers alone: made for the first who asks, kept for the others."""
        if make not in self.made:
            self.made[make] = make(self)
        return self.made[make]

    def minor(self, amounts: Mapping[str, int]) -> NDArray[np.int64]:
        """Amounts in minor units by number of currency; -1 for a currency that is not to be examined."""
        known = [minor(str(amounts[c]), c) if c in amounts else -1 for c in self.currencies]
        return np.array(known or [-1], np.int64)

    def band(self, loss: float, gain: float) -> tuple[int, int, int, int]:
        """Two exact fractions: least and most that a payment may be of the one before, after `multiply`."""
        (lost, of_lost), (gained, of_gained) = exact(loss), exact(gain)
        bounds = of_lost - lost, of_lost, of_gained + gained, of_gained
        self.multiply(bounds[:2], bounds[2:])
        return bounds

    def multiply(self, *shares: tuple[int, int]) -> None:
        """Make sure that sums, times these fractions, fit into 64 bits.

        Raises:
            OverflowLimitError: They would not; nothing was computed.
        """
        factor = max((max(share) for share in shares), default=1)
        if self.moved * factor < _SAFE:
            return
        times = f"; times {factor} (the share asked for, as a fraction) this" if factor > 1 else ", which"
        if self.largest:
            cure = f"{self.largest} If that was misread, correct it in the source, or take the row out. If not, split"
        else:
            cure = "Split"
        fewer = ", or give shares with fewer decimals" if factor > 1 else ""
        raise OverflowLimitError(
            f"Amounts add up to as much as {self.moved:,} minor units{times} does not fit into 64 bits. {cure} the "
            f"ledger{fewer}."
        )


def _cash(graph: FlowGraph) -> NDArray[np.bool_]:
    cash = np.zeros(len(graph), bool)
    if "scheme" in graph.vertices.columns:
        desks = (graph.vertices["scheme"].cast(pl.String) == "cash").fill_null(value=False).to_numpy()
        if desks.any():
            cash |= desks[graph.originator] | desks[graph.beneficiary]
    if "channel" in graph.ledger.numbered.columns:
        channel = graph.ledger.numbered["channel"]
        known = (channel == "cash").fill_null(value=False).to_numpy()
        cash |= known if len(known) == len(graph) else known[graph.columns.number]
    return cash


def _moved(graph: FlowGraph) -> int:
    """A cheap bound if that is enough, else the exact sum."""
    found = 0
    for column in {id(c): c for c in (graph.columns.amount, graph.columns.received)}.values():
        bound = int(column.max()) * len(column) if len(column) else 0
        if bound >= _SAFE // 1_000:
            bound = int(pl.Series(column).cast(pl.Int128).sum())
        found = max(found, bound)
    return found


def _largest(graph: FlowGraph, moved: int) -> str:
    """Which transaction is a tenth or more of all that moved, and where it was read; empty where none is."""
    if moved < _SAFE // 1_000_000:
        return ""
    c = graph.columns
    debited = c.amount.max() >= c.received.max()
    amount, currency = (c.amount, c.currency) if debited else (c.received, c.currency_received)
    at = int(amount.argmax())
    if 10 * int(amount[at]) < moved:
        return ""
    row = graph.ledger.numbered.select(pl.col("id", "source").cast(pl.String), "row").row(int(c.number[at]), named=True)
    said = money(int(amount[at]), graph.currencies[int(currency[at])])
    return f"Transaction {row['id']!r} ({row['source']} row {row['row']}) alone moves {said}."
