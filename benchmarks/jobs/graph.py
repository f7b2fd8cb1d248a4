"""The flow graph with both indexes, and the pair sums that graph algorithms start from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..job import Goal, Job
from ..world import World

_FEW = 200_000  # transactions a networkx graph may have here


def jobs() -> Iterator[Job]:
    """Building the graph, and peers."""
    yield Job(
        "graph", _ledger, _graph, peers=("numpy sort", "networkx graph"), goals=(Goal(150, "ns"), Goal(24, "bytes"))
    )
    yield Job("numpy sort", _columns, _numpy, package="numpy")
    yield Job("networkx graph", _columns, _networkx, package="networkx", rows=_FEW)
    yield Job("pairs", _built, _pairs, peers=("polars group_by",), goals=(Goal(1.5, "polars group_by"),))
    yield Job("polars group_by", _built, _polars, package="polars")


def _ledger(world: World) -> Any:
    numbered = world.ledger.numbered
    numbered.select("amount", "originator", "beneficiary", "booked_at").max()  # mapped: touch it before measuring
    return world.ledger


def _columns(world: World) -> Any:
    columns = world.graph.columns
    return tuple(part.copy() for part in (columns.originator, columns.beneficiary, columns.amount, columns.time))


def _built(world: World) -> Any:
    return world.graph


def _graph(ledger: Any) -> Any:
    """Columns, and for every account its transactions in time order, both ways."""
    from followmoney import FlowGraph

    graph = FlowGraph(ledger)
    return graph, graph.out, graph.into


def _numpy(columns: Any) -> Any:
    """The floor in plain numpy: two stable sorts."""
    import numpy as np

    originator, beneficiary, *_ = columns
    return np.argsort(originator, kind="stable"), np.argsort(beneficiary, kind="stable")


def _networkx(columns: Any) -> Any:
    """A multigraph with amount and time."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    rows = zip(*(part.tolist() for part in columns), strict=True)
    graph.add_edges_from((paid, got, {"amount": amount, "time": time}) for paid, got, amount, time in rows)
    return graph


def _pairs(graph: Any) -> Any:
    """Exact sums, counts and dates by originator, beneficiary and currency, sorted."""
    from followmoney.graph.pairs import pairs

    return pairs(graph)


def _polars(graph: Any) -> Any:
    """The same grouping over three columns, unsorted, without a check for overflow."""
    import polars as pl

    columns = graph.columns
    names = ("originator", "beneficiary", "currency", "amount", "time")
    frame = pl.LazyFrame({name: getattr(columns, name) for name in names})
    sums = (pl.col("amount").sum(), pl.len(), pl.col("time").min().alias("first"), pl.col("time").max().alias("last"))
    return frame.group_by("originator", "beneficiary", "currency").agg(*sums).collect(engine="streaming")
