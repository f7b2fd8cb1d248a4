"""Peers for earliest arrival: networkx (which has no temporal search: the usual heap over its multigraph), raphtory."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

from ..world import World

_HOPS = 6  # raphtory keeps every way it went; without a limit it does not end in reasonable time


def starts(world: World) -> list[tuple[int, int]]:
    """Account and position of every claim."""
    graph = world.graph
    return [(int(graph.beneficiary[at]), at) for at in graph.positions(world.claims).tolist()]


def networkx(world: World) -> Any:
    """A multigraph whose edges know their place in time; ends that are outside pass nothing on."""
    import networkx as nx
    import numpy as np

    graph = world.graph
    made = nx.MultiDiGraph()
    made.add_nodes_from(range(len(graph.vertices)))
    inside = np.flatnonzero(~graph.outside[graph.originator])
    ends = (graph.originator[inside].tolist(), graph.beneficiary[inside].tolist(), inside.tolist())
    made.add_edges_from((paid, got, {"at": at}) for paid, got, at in zip(*ends, strict=True))
    return made, starts(world)


def earliest(graph: Any, start: int, at: int) -> dict[int, int]:
    """By account: the position of the first transaction by which money of the claim can have come."""
    seen: dict[int, int] = {}
    queue = [(at, start)]
    while queue:
        came, account = heappop(queue)
        if account in seen:
            continue
        seen[account] = came
        for _, after, on in graph.out_edges(account, data="at"):
            if on > came and after not in seen:
                heappush(queue, (on, after))
    return seen


def frame(world: World) -> Any:
    """The columns raphtory is given; its time is the place in the order, so that nothing happens at once."""
    import numpy as np
    import polars as pl

    graph = world.graph
    ends = {"from": graph.originator.astype(np.uint64), "to": graph.beneficiary.astype(np.uint64)}
    return pl.DataFrame({"at": np.arange(len(graph)), **ends, "amount": graph.amount})


def load(rows: Any) -> Any:
    """A raphtory graph, one event a transaction."""
    import raphtory

    graph = raphtory.Graph()
    graph.load_edges(rows, "at", "from", "to", properties=["amount"])
    return graph


def loaded(world: World) -> Any:
    """The raphtory graph, and the claims."""
    return load(frame(world)), starts(world)


def reach(graph: Any, start: int, at: int) -> Any:
    """Who can be reached within a few steps, forward in time."""
    from raphtory import algorithms

    return algorithms.temporally_reachable_nodes(graph, _HOPS, at, [start])
