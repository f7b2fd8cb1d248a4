"""Groups → networks: members, sums, dates and sentences, all from the transactions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.communities import _members
from followmoney.communities._beneficial import people, sentences
from followmoney.communities._flows import Flows, flows
from followmoney.communities._frames import MEMBERS, NETWORKS
from followmoney.communities._labels import labels
from followmoney.communities._method import Method
from followmoney.communities._nested import nested
from followmoney.communities._ranked import ranked
from followmoney.communities._table import table
from followmoney.communities._words import notes
from followmoney.communities.networks import Networks
from followmoney.graph import FlowGraph

Ints = NDArray[np.int64]


def described(graph: FlowGraph, levels: list[Ints], method: Method) -> Networks:
    """The networks of two or more members, as `ranked`; a level names the group of every vertex, the smallest first."""
    names, behind = labels(graph), people(graph)
    frames: list[pl.DataFrame] = []
    members: list[pl.DataFrame] = []
    inside: Ints = np.full(len(graph.vertices), -1)
    for level, groups in enumerate(levels):
        network = _placed(graph, groups)
        if not level:
            inside = network
        frame, of = _level(graph, network, names, behind, level)
        frames, members = [*frames, frame], [*members, of]
    frame, of = nested(frames, members)
    found = Networks(frame, of, notes(graph, inside, method, frame, len(levels)), graph)
    return ranked(found)


def _placed(graph: FlowGraph, groups: Ints) -> Ints:
    """The place of every vertex's network, or -1: networks have two members or more, cash and unknown ends none."""
    _, group = np.unique(groups, return_inverse=True)
    known = ~graph.outside
    several = np.bincount(group[known], minlength=int(group.max(initial=-1)) + 1) > 1
    return np.where(known & several[group], (np.cumsum(several) - 1)[group], -1)


def _level(
    graph: FlowGraph, network: Ints, names: pl.Series, behind: pl.DataFrame, level: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    moved = flows(graph, network)
    at = np.flatnonzero(network >= 0)
    at = at[np.argsort(network[at], kind="stable")]
    of, vertices = network[at], graph.vertices[at]
    currency = pl.Series(graph.currencies, dtype=pl.String).gather(moved.currency[of])
    absent = pl.Series([None], dtype=pl.String).new_from_index(0, len(at))
    members = pl.DataFrame(
        {
            "at": of, "vertex": vertices["id"], "label": names.gather(at), "roles": _roles(graph, network, moved, at),
            **{name: amount[at] for name, amount in moved.of_member.items()}, "currency": currency,
            "country": vertices["country"] if "country" in vertices.columns else absent,
        }
    )  # fmt: skip
    frame = table(graph, network, moved, members, names).with_columns(level=pl.lit(level))
    owners = pl.Series(sentences(members, behind, len(frame)), dtype=pl.String)
    frame = frame.with_columns(explanation=pl.col("explanation") + owners)
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
