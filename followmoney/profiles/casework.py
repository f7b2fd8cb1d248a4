"""Profile `casework`: what an investigator's patterns found, and what is new or unusual about a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.graph._kernels import fit
from followmoney.patterns import catalogue, detect
from followmoney.profiles._layout import Layout
from followmoney.profiles._statistics import safe

_DAY = 86_400_000_000
_ENDS = ("originator", "beneficiary")


@dataclass(frozen=True)
class Casework:
    """The findings a transaction is evidence of, and the history of its pair and of its two accounts.

    Columns:

    - one for each pattern of the catalogue: findings of it that the transaction shows; `findings`: all of them;
      `strongest`: the greatest strength among them (0 without any).
    - `pair_payment`: which payment of this originator to this beneficiary it is, from 1 on; `pair_days`: days since the
      one before.
    - for `originator_…` and `beneficiary_…`, among transactions in the currency it was debited or credited:
      `days_since_paid`, `days_since_received` (before this one; null: never), `net` (received less paid since the
      ledger began, minor units; the balance where it began at nothing), `paid_24h`, `received_24h`, `paid_7d`,
      `received_7d` (minor units, in (t − 24 h, t] and so on), and `out_in_24h`, `out_in_7d`: paid as a share of
      received (null: nothing received).

    Everything but the findings looks back only; net and sums include the transaction itself.
    """

    def table(self, graph: FlowGraph) -> pl.DataFrame:
        """One row a transaction, in the order of the graph."""
        from followmoney.profiles._kernels_history import novelty

        layout = Layout.of(graph)
        nth, gap = fit(novelty, len(graph))(layout.ptr, layout.key, graph.time)
        ids = graph.ledger.numbered["id"].gather(graph.columns.number).cast(pl.String).alias("id")
        return pl.DataFrame(
            {"id": ids, **_found(graph), "pair_payment": nth, "pair_days": _days(gap), **dict(_histories(graph))}
        )


def _found(graph: FlowGraph) -> dict[str, NDArray[np.float64] | NDArray[np.int32]]:
    findings = detect(graph)
    of = findings.frame.select(pl.col("id").alias("finding"), "pattern", "strength")
    shown = findings.evidence.select("finding", "transaction").unique(maintain_order=True).join(of, on="finding")
    at = graph.positions(shown["transaction"].to_list())
    names = shown["pattern"].to_numpy()
    table = {
        name: np.bincount(at[names == name], minlength=len(graph)).astype(np.int32) for name in sorted(catalogue())
    }
    strongest = np.zeros(len(graph))
    np.maximum.at(strongest, at, shown["strength"].to_numpy())
    every = np.bincount(at, minlength=len(graph)).astype(np.int32)
    return {**table, "findings": every, "strongest": strongest}


def _histories(graph: FlowGraph) -> Iterator[tuple[str, pl.Series]]:
    """Currency by currency: what is in another one is left aside."""
    from followmoney.profiles._kernels_history import history

    columns = graph.columns
    safe(columns.amount, columns.received)
    kinds = (columns.currency, columns.currency_received)
    found = np.full((2, len(graph), 7), -1, np.int64)
    for kind in np.unique(np.concatenate(kinds)):
        rows = np.flatnonzero((kinds[0] == kind) | (kinds[1] == kind))
        part = graph if len(rows) == len(graph) else graph.only(rows)
        layout = Layout.of(part)
        paid = np.where(part.columns.currency == kind, part.columns.amount, 0)
        got = np.where(part.columns.currency_received == kind, part.columns.received, 0)
        spans = [layout.since(days * _DAY, inclusive=False) for days in (1, 7)]
        for side in (0, 1):
            mine = np.flatnonzero(kinds[side][rows] == kind)
            seen = fit(history, len(part))(
                layout.ptr, layout.row, layout.when, paid, got, part.time, spans[0], spans[1], side
            )
            found[side, rows[mine]] = seen[mine]
    for side, who in enumerate(_ENDS):
        paid_ago, got_ago, net, *sums = found[side].T
        yield f"{who}_days_since_paid", _days(paid_ago)
        yield f"{who}_days_since_received", _days(got_ago)
        yield f"{who}_net", pl.Series(net.copy())
        for at, span in enumerate(("24h", "7d")):
            paid, got = sums[2 * at].copy(), sums[2 * at + 1].copy()
            yield f"{who}_paid_{span}", pl.Series(paid)
            yield f"{who}_received_{span}", pl.Series(got)
            share = np.divide(paid, got, out=np.full(len(paid), np.nan), where=got > 0)
            yield f"{who}_out_in_{span}", pl.Series(share).fill_nan(None)


def _days(gap: NDArray[np.int64]) -> pl.Series:
    return pl.Series(np.where(gap < 0, np.nan, gap / _DAY)).fill_nan(None)
