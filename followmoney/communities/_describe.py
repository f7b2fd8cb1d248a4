"""Groups → networks: members, sums, dates and sentences, all from the transactions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities import _members
from followmoney.communities._flows import Flows, flows
from followmoney.communities._frames import MEMBERS, NETWORKS
from followmoney.communities._method import Method
from followmoney.communities._ranked import ranked
from followmoney.communities._words import Gate, notes, sentence
from followmoney.communities.networks import Networks
from followmoney.graph import FlowGraph

Ints = NDArray[np.int64]


def described(graph: FlowGraph, levels: list[Ints], method: Method) -> Networks:
    """The networks of two or more members, as `ranked`; a level names the group of every vertex, the smallest first."""
    labels = _labels(graph)
    frames: list[pl.DataFrame] = []
    members: list[pl.DataFrame] = []
    inside: Ints = np.full(len(graph.vertices), -1)
    for level, groups in enumerate(levels):
        network = _placed(graph, groups)
        if not level:
            inside = network
        frame, of = _level(graph, network, labels, level)
        frames, members = [*frames, frame], [*members, of]
    frame, of = _nested(frames, members)
    found = Networks(frame, of, notes(graph, inside, method, frame, len(levels)), graph)
    return ranked(found)


def _placed(graph: FlowGraph, groups: Ints) -> Ints:
    """The place of every vertex's network, or -1: networks have two members or more, cash and unknown ends none."""
    _, group = np.unique(groups, return_inverse=True)
    known = ~graph.outside
    several = np.bincount(group[known], minlength=int(group.max(initial=-1)) + 1) > 1
    return np.where(known & several[group], (np.cumsum(several) - 1)[group], -1)


def _level(graph: FlowGraph, network: Ints, labels: pl.Series, level: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    moved = flows(graph, network)
    at = np.flatnonzero(network >= 0)
    at = at[np.argsort(network[at], kind="stable")]
    of, vertices = network[at], graph.vertices[at]
    currency = pl.Series(graph.currencies, dtype=pl.String).gather(moved.currency[of])
    absent = pl.Series([None], dtype=pl.String).new_from_index(0, len(at))
    members = pl.DataFrame(
        {
            "at": of, "vertex": vertices["id"], "label": labels.gather(at), "roles": _roles(graph, network, moved, at),
            **{name: amount[at] for name, amount in moved.of_member.items()}, "currency": currency,
            "country": vertices["country"] if "country" in vertices.columns else absent,
        }
    )  # fmt: skip
    frame = _networks(graph, network, moved, members, labels).with_columns(level=pl.lit(level))
    named = members.with_columns(frame["id"].gather(members["at"]).alias("network"))
    return _typed(frame, NETWORKS), _typed(named, MEMBERS)


def _typed(frame: pl.DataFrame, columns: Mapping[str, Any]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in columns.items())


def _roles(graph: FlowGraph, network: Ints, moved: Flows, at: Ints) -> pl.Series:
    """The roles of the vertices at these places, in words, as lists."""
    played = {name: mask[at] for name, mask in _members.roles(graph, network, moved).items()}
    bits = sum((mask.astype(np.int64) << n for n, mask in enumerate(played.values())), np.zeros(len(at), np.int64))
    names = [[name for n, name in enumerate(played) if code >> n & 1] for code in range(1 << len(played))]
    return pl.Series(names, dtype=pl.List(pl.String)).gather(pl.Series(bits, dtype=pl.UInt32))


def _networks(
    graph: FlowGraph, network: Ints, moved: Flows, members: pl.DataFrame, labels: pl.Series
) -> pl.DataFrame:
    what = "holder" if "kind" in graph.vertices.columns else "account"
    groups = members.group_by("at", maintain_order=True).agg(
        pl.col("vertex").sort(), countries=pl.col("country").drop_nulls().unique().sort()
    )
    ids = groups["vertex"].to_list()
    gates = [_gates(graph, moved.of_member[name], network, labels) for name in ("incoming", "outgoing")]
    moments = pl.DataFrame({"first": moved.first, "last": moved.last}).cast(pl.Datetime("us"))
    days = moments.select(pl.all().dt.strftime("%Y-%m-%d")).rows()
    sums = [[of.get(at, {}) for at in range(len(ids))] for of in (moved.internal, moved.incoming, moved.outgoing)]
    each = list(zip(*sums, strict=True))
    said = zip(map(len, ids), moved.transactions.tolist(), days, each, zip(*gates, strict=True), strict=True)
    alone = [next(iter(names)) if len(names) == 1 else None for names in ({c for of in s for c in of} for s in each)]
    texts = {
        "id": [hashlib.sha256(json.dumps(of).encode()).hexdigest()[:12] for of in ids],
        "currency": alone,
        "explanation": [sentence(size, what, number, day, s, gate) for size, number, day, s, gate in said],
    }
    amounts = {
        name: [of.get(c, 0) if c else None for of, c in zip(part, alone, strict=True)]
        for name, part in zip(("internal", "incoming", "outgoing"), sums, strict=True)
    }
    others = pl.col("size") - 1
    return groups.select(
        size=pl.col("vertex").list.len().cast(pl.Int64), countries="countries",
        parent=pl.lit(None), findings=pl.lit(0), transactions=pl.Series(moved.transactions), lead=labels.gather(_members.leads(graph, network, moved)),
        first=moments["first"].dt.replace_time_zone("UTC"), last=moments["last"].dt.replace_time_zone("UTC"),
        **{name: pl.Series(values, dtype=pl.String) for name, values in texts.items()},
        **{name: pl.Series(values, dtype=pl.Int64) for name, values in amounts.items()},
    ).with_columns(
        label=pl.format("{} and {} other{}", "lead", _grouped(others), pl.when(others == 1).then(pl.lit("")).otherwise(pl.lit("s")))
    )  # fmt: skip


def _grouped(number: pl.Expr) -> pl.Expr:
    """A number below a thousand million with commas between its thousands."""
    thousands = pl.format("{},{}", number // 1_000, (number % 1_000).cast(pl.String).str.zfill(3))
    millions = pl.format(
        "{},{},{}", number // 1_000_000, (number // 1_000 % 1_000).cast(pl.String).str.zfill(3),
        (number % 1_000).cast(pl.String).str.zfill(3),
    )  # fmt: skip
    few = pl.when(number < 1_000).then(number.cast(pl.String))
    return few.when(number < 1_000_000).then(thousands).otherwise(millions)


def _gates(graph: FlowGraph, amount: Ints, network: Ints, labels: pl.Series) -> list[Gate]:
    at = _members.gates(amount, network)
    names, ids = labels.gather(np.maximum(at, 0)).to_list(), graph.vertices["id"].gather(np.maximum(at, 0)).to_list()
    return [
        (name if name == own else f"{name} ({own})", held) if vertex >= 0 else None
        for vertex, name, own, held in zip(at.tolist(), names, ids, amount[at].tolist(), strict=True)
    ]


def _nested(frames: list[pl.DataFrame], members: list[pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All levels below one another, a network that is the same at two of them once, and the parent of each."""
    frame, of = frames[0], members[0]
    for next_frame, next_members in zip(frames[1:], members[1:], strict=True):
        new = ~next_frame["id"].is_in(frame["id"].implode())
        added = next_frame.filter(new)
        into = next_members.filter(pl.col("network").is_in(added["id"].implode()))
        within = of.select("network", "vertex").join(into.select("vertex", up="network"), on="vertex", how="inner")
        parents = within.group_by("network").agg(pl.col("up").first())
        frame = frame.join(parents, left_on="id", right_on="network", how="left", maintain_order="left").with_columns(
            pl.coalesce("parent", "up").alias("parent")
        ).drop("up")
        frame, of = pl.concat([frame, added]), pl.concat([of, into])
    return frame, of


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
