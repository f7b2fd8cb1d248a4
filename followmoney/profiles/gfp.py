"""Profile `gfp`: counts of shapes in a sliding window, as IBM's Graph Feature Preprocessor defines them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, expect
from followmoney.graph import FlowGraph
from followmoney.profiles._fit import fit
from followmoney.profiles._layout import Layout
from followmoney.profiles._statistics import statistics

_DAY = timedelta(days=1)
_SIZES = 2  # columns of what was found, where each is one


@dataclass(frozen=True)
class Gfp:
    """Fans, degrees, scatter-gather and cycles that each transaction completes, and statistics of its two accounts.

    Every count is what IBM's Graph Feature Preprocessor (snapml 1.17, one transaction at a time) gives for the same
    window, checked row by row. It looks at the transaction and at earlier ones. Columns:

    - `fan_in`, `degree_in`: accounts that paid the beneficiary, and transactions that did, in (t − window, t];
      `fan_out`, `degree_out`: accounts the originator paid, and transactions with which it did. A transfer of an
      account to itself has 0 and counts for nobody. (The peer leaves out fans and degrees of 1.)
    - `scatter_gather_2` and so on: pairs of accounts u and w of which u paid w through exactly so many accounts in
      [t − scatter_gather_window, t], in whatever order, where the transaction is a leg; the last column also counts
      more accounts. A transfer of w to itself makes w an account in between.
    - `temporal_cycle_2` and so on: ways of so many payments, each at a later instant than the one before, all within
      the window, that the transaction closes; payments between the same accounts count once. No account twice.
    - `cycle_2` up to `longest`: the same whatever the order of the earlier payments. Of payments at the very instant of
      the transaction only those count whose beneficiary appeared in the ledger before the transaction's.
    - `originator_paid_…`, `originator_received_…`, `beneficiary_paid_…`, `beneficiary_received_…`: what the account did
      in (t − window, t]: `count`, `sum`, and `mean`, `variance`, `skewness`, `kurtosis` (excess), `least`, `most` of
      the `amount` (minor units) and of the `age` (seconds before the transaction). Null where there is nothing, or for
      amounts in several currencies; skewness and kurtosis also where all are equal.
    - `unresolved`: 1 where the search for cycles was given up after `budget` looks: then its cycles are too few.

    Source: Blanuša et al., ICAIF 2024 (arXiv 2402.08593); windows as published there for money laundering.
    """

    window: timedelta = _DAY
    scatter_gather_window: timedelta = _DAY / 4
    longest: int = 10
    """Payments in a cycle, at most."""
    largest: int = 30
    """Last column of scatter-gather and of temporal cycles; it also counts larger ones."""
    statistics: bool = True
    budget: int = 10_000_000
    """Looks at payments for one transaction and one kind of cycle."""

    def table(self, graph: FlowGraph) -> pl.DataFrame:
        """One row a transaction, in the order of the graph."""
        for span in (self.window, self.scatter_gather_window):
            expect("Gfp", span, timedelta, "windows of time, like timedelta(days=1)")
        spans = [span // timedelta(microseconds=1) for span in (self.window, self.scatter_gather_window)]
        if min(*spans, self.longest - 1, self.largest - 1, self.budget) < 1:
            raise SettingsError("Gfp: windows and budget must be above 0, `longest` and `largest` at least 2.")
        layout = Layout.of(graph)
        columns = dict(self._columns(layout, *spans))
        ids = graph.ledger.numbered["id"].gather(graph.columns.number).cast(pl.String)
        table = pl.DataFrame({"id": ids, **columns})
        return table.hstack(statistics(layout, spans[0])) if self.statistics else table

    def _columns(self, layout: Layout, window: int, narrow: int) -> Iterator[tuple[str, NDArray[np.int32]]]:
        from followmoney.profiles import _kernels_cycles, _kernels_returns, _kernels_scatter_gather, _kernels_spread

        graph, size = layout.graph, len(layout.graph)
        place = (layout.ptr, layout.row, layout.end, layout.when)
        late = layout.since(window, inclusive=False)
        for side, way in enumerate(("out", "in")):
            found = fit(_kernels_spread.spread, size)(layout.ptr[side], *place[1:], late)
            yield f"fan_{way}", found[:, 0].copy()
            yield f"degree_{way}", found[:, 1].copy()
        low = layout.since(narrow, inclusive=True)
        through = fit(_kernels_scatter_gather.through, size)
        legs = np.concatenate([through(*place, layout.there, layout.key, low, side) for side in (0, 1)])
        yield from _counted("scatter_gather", legs, self.largest, size=size)
        low = layout.since(window, inclusive=True)
        ends = (graph.originator, graph.beneficiary)
        given = (*ends, layout.instant, layout.tie, low, layout.back, layout.onto, *place[:3])
        returns, cycles = fit(_kernels_returns.returns, size), fit(_kernels_cycles.cycles, size)
        one = returns(*given, layout.when, layout.there, layout.key, self.budget)
        yield from _counted("temporal_cycle", one, self.largest, size=size)
        rank = _rank(graph)
        more = cycles(*given, layout.there, layout.key, rank, self.longest, self.budget)
        yield from _counted("cycle", more, self.longest, size=size)
        unresolved = np.zeros(size, np.int32)
        for found in (one, more):
            unresolved[found[found[:, 1] == 0, 0]] = 1
        yield "unresolved", unresolved


def _rank(graph: FlowGraph) -> NDArray[np.int32]:
    from followmoney.profiles._kernels_places import first_seen

    return fit(first_seen, len(graph))(graph.originator, graph.beneficiary, len(graph.vertices))


def _counted(
    name: str, found: NDArray[np.int64], largest: int, *, size: int
) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """A column a size, from rows, sizes and numbers (else 1); those never met cost nothing until they are read."""
    rows, sizes = found[:, 0], np.minimum(found[:, 1], largest)
    for wanted in range(2, largest + 1):
        column, which = np.zeros(size, np.int32), sizes == wanted
        if which.any():
            there, often = np.unique(rows[which], return_inverse=True)
            added = np.zeros(len(there), np.int64)
            np.add.at(added, often, found[which, 2] if found.shape[1] > _SIZES else 1)
            column[there] = np.minimum(added, np.iinfo(np.int32).max)
        yield f"{name}_{wanted}", column
