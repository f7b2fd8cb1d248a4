"""The table of the networks of one level: sums, dates, label and sentence of each."""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities._flows import Flows
from followmoney.communities._members import gates, leads
from followmoney.communities._words import Gate, sentence
from followmoney.graph import FlowGraph

Ints = NDArray[np.int64]


def table(graph: FlowGraph, network: Ints, moved: Flows, members: pl.DataFrame, labels: pl.Series) -> pl.DataFrame:
    """One row a network; `members` has columns at (place of the network), vertex and country."""
    what = "holder" if "kind" in graph.vertices.columns else "account"
    groups = members.group_by("at", maintain_order=True).agg(
        pl.col("vertex").sort(), countries=pl.col("country").drop_nulls().unique().sort()
    )
    ids, named = groups["vertex"].to_list(), labels.gather(leads(graph, network, moved)).to_list()
    through = [_gates(graph, moved.of_member[name], network, labels) for name in ("incoming", "outgoing")]
    moments = pl.DataFrame({"first": moved.first, "last": moved.last}).cast(pl.Datetime("us"))
    days = moments.select(pl.all().dt.strftime("%Y-%m-%d")).rows()
    sums = [[of.get(at, {}) for at in range(len(ids))] for of in (moved.internal, moved.incoming, moved.outgoing)]
    each = list(zip(*sums, strict=True))
    said = zip(map(len, ids), moved.transactions.tolist(), days, each, zip(*through, strict=True), strict=True)
    alone = [_alone(s) for s in each] if len(graph.currencies) > 1 else list(graph.currencies) * len(ids)
    texts = {
        "id": [_id(of) for of in ids],
        "currency": alone,
        "explanation": [sentence(what, size, number, day, s, gate) for size, number, day, s, gate in said],
        "label": [f"{name} and {_others(len(of) - 1)}" for name, of in zip(named, ids, strict=True)],
    }
    amounts = {
        name: [of.get(c, 0) if c else None for of, c in zip(part, alone, strict=True)]
        for name, part in zip(("internal", "incoming", "outgoing"), sums, strict=True)
    }
    return groups.select(
        size=pl.col("vertex").list.len().cast(pl.Int64), countries="countries", parent=pl.lit(None),
        findings=pl.lit(0), transactions=pl.Series(moved.transactions),
        first=moments["first"].dt.replace_time_zone("UTC"), last=moments["last"].dt.replace_time_zone("UTC"),
        **{name: pl.Series(values, dtype=pl.String) for name, values in texts.items()},
        **{name: pl.Series(values, dtype=pl.Int64) for name, values in amounts.items()},
    )  # fmt: skip


def _alone(sums: tuple[dict[str, int], ...]) -> str | None:
    """The currency, where there is one only."""
    names = {name for of in sums for name in of}
    return names.pop() if len(names) == 1 else None


def _id(members: list[str]) -> str:
    """Of the members as a JSON list; `json.dumps` would write the same in four times the time."""
    text = f"[{', '.join(map(encode_basestring_ascii, members))}]"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _others(many: int) -> str:
    return "1 other" if many == 1 else f"{many:,} others"


def _gates(graph: FlowGraph, amount: Ints, network: Ints, labels: pl.Series) -> list[Gate]:
    at = gates(amount, network)
    names, ids = labels.gather(np.maximum(at, 0)).to_list(), graph.vertices["id"].gather(np.maximum(at, 0)).to_list()
    return [
        (name if name == own else f"{name} ({own})", held) if vertex >= 0 else None
        for vertex, name, own, held in zip(at.tolist(), names, ids, amount[at].tolist(), strict=True)
    ]
