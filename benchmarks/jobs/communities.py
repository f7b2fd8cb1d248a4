"""Every community method of the catalogue, over the whole ledger; how well they do it: `benchmarks.rings`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Goal, Job
from ..world import World

_FEW = 20_000  # transactions for networkx
_PEERS = {"components": ("networkx components",)}
_GOALS = {"infomap": 10_000}


def jobs() -> Iterator[Job]:
    """One job a method, and peers."""
    from followmoney.communities import catalogue

    for name in sorted(catalogue()):
        leiden = name == "leiden"
        peers = ("igraph Leiden", "networkx Louvain") if leiden else _PEERS.get(name, ())
        goals = (Goal(2, "igraph Leiden"),) if leiden else (Goal(_GOALS.get(name, 2_000), "ns"),)
        yield Job(f"cluster {name}", _graph, partial(_cluster, name), peers=peers, goals=goals)
    yield Job("igraph Leiden", _ends, _igraph, package="igraph")
    yield Job("networkx Louvain", _networkx, _louvain, package="networkx", rows=_FEW)
    yield Job("networkx components", _networkx, _components, package="networkx", rows=_FEW)


def _graph(world: World) -> Any:
    return world.graph


def _cluster(name: str, graph: Any) -> Any:
    """From transactions to named networks with their sentences."""
    import followmoney as fm

    around = {"seeds": [graph.vertices["id"][int(graph.beneficiary[len(graph) // 2])]]} if name == "seeds" else {}
    return fm.cluster(graph, name, seed=1, **around)


def _ends(world: World) -> Any:
    import numpy as np

    from followmoney.graph.pairs import pairs

    frame = pairs(world.graph)
    ends = frame.select("originator", "beneficiary").to_numpy().astype(np.int64)
    return len(world.graph.vertices), ends, np.log1p(frame["amount"].to_numpy())


def _igraph(given: Any) -> Any:
    """The floor: igraph's own Leiden on pairs that are already there, nothing made of its answer."""
    import igraph

    size, ends, weights = given
    graph = igraph.Graph(size, ends, directed=False)
    return graph.community_leiden("modularity", weights=weights.tolist(), n_iterations=2)


def _networkx(world: World) -> Any:
    import networkx as nx

    size, ends, weights = _ends(world)
    graph = nx.Graph()
    graph.add_nodes_from(range(size if world.rows is None else 0))
    graph.add_weighted_edges_from(zip(*ends.T.tolist(), weights.tolist(), strict=True))
    return graph


def _louvain(graph: Any) -> Any:
    """Louvain, the nearest thing networkx has."""
    import networkx as nx

    return nx.community.louvain_communities(graph, seed=1)


def _components(graph: Any) -> Any:
    """Who is linked at all."""
    import networkx as nx

    return list(nx.connected_components(graph))
