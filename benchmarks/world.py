"""The data of the benchmarks: a generated ledger of the size asked for, and beginnings of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from followmoney import FlowGraph, Ledger
    from followmoney.tracing._record import Record
    from followmoney.tracing._tape import Tape

SEED = 1
CLAIMS = 64
_PAYS_ON = 10  # payments of an account whose claims are worth following


@dataclass(frozen=True)
class World:
    """A folder with `sources` (Parquet), `truth`, and `saved` (the same, checked and numbered)."""

    folder: Path
    rows: int | None = None
    """Only the earliest transactions, this many; None: all."""

    @classmethod
    def made(cls, folder: Path, transactions: int, seed: int = SEED) -> World:
        """Generate the sources where they are not there yet; the same seed and size give the same bytes."""
        from .generator.scale import scale

        world = cls(folder / f"{transactions}-{seed}")
        if not world.folder.exists():
            making = folder / f".{transactions}-{seed}"
            scale(making / "sources", transactions, seed=seed)
            (making / "sources" / "truth").rename(making / "truth")
            making.rename(world.folder)
        return world

    def saved(self) -> Path:
        """The saved ledger; made when first asked for, by the version of followmoney that asks."""
        from followmoney import __version__, load

        folder = self.folder / f"saved-{__version__}"
        return folder if folder.exists() else load(self.folder / "sources").save(folder)

    @property
    def files(self) -> list[Path]:
        """The Parquet files of transactions."""
        return sorted(self.folder.glob("sources/transactions*.parquet")) + sorted(
            self.folder.glob("sources/transactions/*.parquet")
        )

    @property
    def sources(self) -> list[Path]:
        """The files of transactions, or a file with only the earliest."""
        if self.rows is None:
            return self.files
        path = self.folder / f"beginning-{self.rows}" / "transactions.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.transactions().collect().write_parquet(path)
        return [path]

    def transactions(self) -> pl.LazyFrame:
        """The transactions as generated, in order of time."""
        import polars as pl

        lazy = pl.scan_parquet(self.files)
        return lazy if self.rows is None else lazy.head(self.rows)

    def __len__(self) -> int:
        """How many transactions."""
        import polars as pl

        return int(self.transactions().select(pl.len()).collect().item())

    @cached_property
    def ledger(self) -> Ledger:
        """The checked ledger, reopened."""
        from followmoney import load

        whole = load(self.saved())
        if self.rows is None:
            return whole
        from dataclasses import replace

        return replace(whole, numbered=whole.numbered.head(self.rows))

    @cached_property
    def graph(self) -> FlowGraph:
        """The flow graph with both indexes, all of it and of its ledger in memory."""
        from followmoney import FlowGraph

        graph = FlowGraph(self.ledger)
        for part in (graph.out.row, graph.into.row):
            part.max(initial=0)
        for frame in (self.ledger.numbered, *self.ledger.tables.values()):
            for column in frame:
                flat = column.explode() if column.dtype.is_nested() else column
                flat.to_physical().max()  # a saved ledger is mapped: what was not read yet is not in memory yet
        return graph

    @cached_property
    def claims(self) -> list[str]:
        """Payments in the earliest tenth to accounts that pay on: the largest, then others evenly."""
        import numpy as np

        graph = self.graph
        early = slice(0, max(1_000, len(graph) // 10))
        often = np.where(graph.outside, 0, np.diff(graph.out.ptr))[graph.beneficiary[early]]
        often[graph.outside[graph.originator[early]]] = 0
        there = np.flatnonzero(often >= min(_PAYS_ON, often.max()))  # a few days of a large ledger know none so busy
        largest = there[int(np.argmax(graph.amount[there]))]
        others = there[there != largest]
        chosen = np.append(largest, others[:: max(1, len(others) // CLAIMS)][: CLAIMS - 1])
        return graph.ledger.numbered["id"].gather(graph.columns.number[chosen]).to_list()

    def holders(self) -> list[str]:
        """Accounts that hold money of the first claim in proportion, those with most first."""
        import numpy as np

        import followmoney as fm

        trace = fm.trace(self.graph, self.claims[0], rule="pro_rata")
        held = trace.outcome.claim
        largest = np.argsort(-held, kind="stable")[: int((held > 0).sum())]
        ids = self.graph.vertices["id"].gather(trace.record.purses.account[largest])
        return ids.unique(maintain_order=True).to_list()

    def record(self, claims: int = 1) -> Record:
        """What a trace begins with: the graph with the first so many claims, each of another claimant."""
        from followmoney.tracing._record import record

        ids = self.claims[:claims]
        owners = {name: number for number, name in enumerate(ids, 1)} if claims > 1 else None
        return record(self.graph, ids, len(self.graph), owners)

    def tape(self, claims: int = 1) -> Tape:
        """What a sweep is given."""
        return self.record(claims).tape
