"""Profile `casework`: what an investigator's patterns found, and what is new or unusual about a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.patterns import catalogue, detect
from followmoney.profiles._fit import fit
from followmoney.profiles._layout import Layout
from followmoney.profiles._statistics import safe
from followmoney.profiles._sums import Sums
from followmoney.schema.clock import DAY

_ENDS = ("originator", "beneficiary")
_DID = ("paid", "received")
_SPANS = {"24h": DAY, "7d": 7 * DAY}
_NAMES = ("net", *(f"days_since_{did}" for did in _DID), *(f"{did}_{span}" for did in _DID for span in _SPANS))


@dataclass(frozen=True)
class Casework:
    """The findings a transaction is evidence of, and the history of its pair and of its two accounts.

    Columns:

    - one for each pattern of the catalogue: findings of it that the transaction shows (null: it could not be examined,
      because the ledger says nothing of what it needs); `findings`: all of them;
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


def _found(graph: FlowGraph) -> dict[str, NDArray[np.float64] | NDArray[np.int32] | pl.Series]:
    findings = detect(graph)
    of = findings.frame.select(pl.col("id").alias("finding"), "pattern", "strength")
    shown = findings.evidence.select("finding", "transaction").unique(maintain_order=True).join(of, on="finding")
    at = graph.positions(shown["transaction"].to_list())
    names = shown["pattern"].to_numpy()
    table = {
        name: pl.Series([None], dtype=pl.Int32).new_from_index(0, len(graph))
        if name in findings.not_examined
        else np.bincount(at[names == name], minlength=len(graph)).astype(np.int32)
        for name in sorted(catalogue())
    }
    strongest = np.zeros(len(graph))
    np.maximum.at(strongest, at, shown["strength"].to_numpy())
    every = np.bincount(at, minlength=len(graph)).astype(np.int32)
    return {**table, "findings": every, "strongest": strongest}


def _histories(graph: FlowGraph) -> Iterator[tuple[str, pl.Series]]:
    """Currency by currency: what is in another one is left aside."""
    columns = graph.columns
    safe(columns.amount, columns.received)
    kinds = (columns.currency, columns.currency_received)
    found = [{name: np.full(len(graph), -1, np.int64) for name in _NAMES} for _ in _ENDS]
    for kind in np.unique(np.concatenate(kinds)):
        rows = np.flatnonzero((kinds[0] == kind) | (kinds[1] == kind))
        part = graph if len(rows) == len(graph) else graph.only(rows)
        paid = np.where(part.columns.currency == kind, part.columns.amount, 0)
        received = np.where(part.columns.currency_received == kind, part.columns.received, 0)
        sums = Sums.of(part, paid, received)
        for end in (0, 1):
            mine = np.flatnonzero(kinds[end][rows] == kind)
            for name, column in _seen(sums, end):
                if len(mine) == len(graph):
                    found[end][name] = column
                else:
                    found[end][name][rows[mine]] = column[mine]
    for who, seen in zip(_ENDS, found, strict=True):
        for did in _DID:
            yield f"{who}_days_since_{did}", _days(seen[f"days_since_{did}"])
        yield f"{who}_net", pl.Series(seen["net"])
        for span in _SPANS:
            paid, received = (seen[f"{did}_{span}"] for did in _DID)
            yield f"{who}_paid_{span}", pl.Series(paid)
            yield f"{who}_received_{span}", pl.Series(received)
            share = np.divide(paid, received, out=np.full(len(paid), np.nan), where=received > 0)
            yield f"{who}_out_in_{span}", pl.Series(share).fill_nan(None)


def _seen(sums: Sums, end: int) -> Iterator[tuple[str, NDArray[np.int64]]]:
    (paid_ago, paid), (received_ago, received) = (sums.before(end, side) for side in (0, 1))
    yield "days_since_paid", paid_ago
    yield "days_since_received", received_ago
    yield "net", received - paid
    for side, did in enumerate(_DID):
        for name, span in _SPANS.items():
            yield f"{did}_{name}", sums.window(end, side, span)[1]


def _days(gap: NDArray[np.int64]) -> pl.Series:
    return pl.Series(np.where(gap < 0, np.nan, gap / DAY)).fill_nan(None)
