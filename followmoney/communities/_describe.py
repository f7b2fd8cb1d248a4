"""Groups → networks: members, sums, dates and sentences, all from the transactions."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities._flows import Flow, flows
from followmoney.communities._method import Method
from followmoney.communities._words import notes, sentence
from followmoney.communities.network import Networks
from followmoney.graph import FlowGraph

_SCHEMA = {
    "id": pl.String, "size": pl.Int64, "transactions": pl.Int64, "internal": pl.Int64, "incoming": pl.Int64,
    "outgoing": pl.Int64, "currency": pl.String, "first": pl.Datetime("us", "UTC"), "last": pl.Datetime("us", "UTC"),
    "label": pl.String, "explanation": pl.String,
}  # fmt: skip


def described(graph: FlowGraph, groups: NDArray[np.int64], method: Method) -> Networks:
    """The networks of two or more members, largest first; `groups` names the group of every vertex."""
    labels = _labels(graph)
    members = _members(graph, groups, labels)
    network = np.full(len(graph.vertices), -1, np.int64)
    network[members["number"].to_numpy()] = members["at"].to_numpy()
    moved = flows(graph, network)
    leads = labels.gather([flow.lead for flow in moved]).to_list()
    ids = members.group_by("at", maintain_order=True).agg(pl.col("id").sort())["id"].to_list()
    what = "holder" if "kind" in graph.vertices.columns else "account"
    rows = [_row(*of, what) for of in zip(ids, leads, moved, strict=True)]
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    listed = members.select(frame["id"].gather(members["at"]).alias("network"), pl.col("id").alias("vertex"), "label")
    return Networks(frame, listed, notes(graph, network, method, frame), graph)


def _members(graph: FlowGraph, groups: NDArray[np.int64], labels: pl.Series) -> pl.DataFrame:
    """Columns at (place of the network), number (of the vertex), id, label; networks in order, members as numbered."""
    everyone = pl.DataFrame({"group": groups, "id": graph.vertices["id"], "label": labels})
    everyone = everyone.with_row_index("number").filter(~pl.Series(graph.outside))
    sizes = everyone.group_by("group").agg(pl.len().alias("size"), pl.col("id").min().alias("smallest"))
    order = sizes.filter(pl.col("size") > 1).sort("size", "smallest", descending=[True, False])
    at = order.select("group", pl.int_range(pl.len(), dtype=pl.Int64).alias("at"))
    return everyone.join(at, on="group").sort("at", "number")


def _row(ids: list[str], lead: str, moved: Flow, what: str) -> tuple[object, ...]:
    others = len(ids) - 1
    label = f"{lead} and {others:,} other{'' if others == 1 else 's'}"
    currencies = moved.currencies
    alone = currencies[0] if len(currencies) == 1 else None
    sums = tuple(s.get(alone, 0) if alone else None for s in (moved.internal, moved.incoming, moved.outgoing))
    identifier = hashlib.sha256(json.dumps(ids).encode()).hexdigest()[:12]
    head = (identifier, len(ids), moved.transactions, *sums, alone, moved.first, moved.last)
    return (*head, label, sentence(len(ids), what, moved))


def _labels(graph: FlowGraph) -> pl.Series:
    """What people call each vertex: the name of its holder where it is known, else its id."""
    vertices = graph.vertices
    if "label" in vertices.columns:
        return vertices["label"]
    if "holder" not in vertices.columns:
        return vertices["id"]
    names = graph.ledger.parties.select("id", "name")
    named = vertices.select("id", "holder").join(
        names, left_on="holder", right_on="id", how="left", maintain_order="left"
    )
    return named.select(pl.coalesce("name", "id")).to_series()
