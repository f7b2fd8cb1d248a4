"""The question behind bounds, cuts and documents: a graph, a claim, an end; answered with a named network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.ledger.when import last, micros
from followmoney.tracing._expanded import TWICE
from followmoney.tracing._places import Named, named
from followmoney.tracing._record import Record, record

Until = str | date | datetime | None


def asked(graph: FlowGraph, claim: Sequence[str] | str, until: Until) -> tuple[Named, datetime | None]:
    """The network of a claim up to and including a day or instant."""
    seen, end = seen_until(graph, claim, until)
    return named(seen), end


def seen_until(graph: FlowGraph, claim: Sequence[str] | str, until: Until) -> tuple[Record, datetime | None]:
    """The transactions of a claim up to and including a day or instant."""
    ids = list(dict.fromkeys([claim] if isinstance(claim, str) else claim))
    if not ids:
        raise SettingsError("No claim: name at least one transaction whose money is claimed, like claim=['t17'].")
    end = None if until is None else last(until)
    size = len(graph) if end is None else int(np.searchsorted(graph.time, micros(end), "right"))
    return record(graph, ids, size), end


def notes(found: Named, *, changed: bool | None = None) -> tuple[str, ...]:
    """What a reader must know to use the figures, in sentences; `changed`: whether conversions matter for them."""
    seen, network, graph = found.record, found.network, found.graph
    said: list[str] = []
    if seen.late:
        said.append(f"Booked after the end and not counted: {', '.join(seen.late)}.")
    if network.converted if changed is None else changed:
        said.append(
            "Claim money may have been converted. The bounds hold for every rule, but they look at conversions one by "
            "one and round against precision, so that a narrower interval may be true."
        )
    if (network.kind == TWICE).any():
        said.append("Claim transactions may have carried claim money already; that is counted once, at the later one.")
    if len(seen.tape.undoes):
        said.append(
            "A returned payment comes back as it went if the account that got it paid nothing in between; "
            "otherwise it is bounded like any other payment."
        )
    rows = network.row[network.row >= 0]
    tied = int(graph.tied[np.unique(rows)].sum())
    if tied and "sequence" not in graph.ledger.numbered.columns:
        said.append(
            f"{tied:,} of the transactions that can carry claim money have the same time as the one before and no "
            "posting sequence; they are taken in order of identifier. Another order may give other bounds."
        )
    return tuple(said)
