"""The same ties given to other libraries, as far as they are installed; none of them is a dependency."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from followmoney.communities._ties import Ties

Grouping = Callable[["Ties"], Any]
_CPM = 0.4


def peers() -> Iterator[tuple[str, Grouping]]:
    """Name and grouping of every method of another library; each gives the group of every vertex."""
    known = (
        ("igraph Leiden, modularity", "igraph", _igraph),
        (f"leidenalg, CPM {_CPM}", "leidenalg", _leidenalg),
        ("graspologic-native Leiden, modularity", "graspologic_native", _graspologic),
        ("networkit ParallelLeiden, modularity", "networkit", _networkit),
        ("networkx Louvain, modularity", "networkx", _networkx),
    )
    for name, package, grouping in known:
        if find_spec(package):
            yield name, grouping


def _graph(ties: Ties) -> Any:
    import igraph

    return igraph.Graph(ties.size, ties.ends)


def _igraph(ties: Ties) -> Any:
    return _graph(ties).community_leiden("modularity", weights=ties.amount.tolist(), n_iterations=2).membership


def _leidenalg(ties: Ties) -> Any:
    import leidenalg

    return leidenalg.find_partition(
        _graph(ties), leidenalg.CPMVertexPartition, weights=ties.amount.tolist(), resolution_parameter=_CPM, seed=1
    ).membership


def _graspologic(ties: Ties) -> Any:
    import graspologic_native

    edges = [(str(a), str(b), w) for (a, b), w in zip(ties.ends.tolist(), ties.amount.tolist(), strict=True)]
    _, found = graspologic_native.leiden(
        edges, resolution=1.0, randomness=0.001, iterations=2, use_modularity=True, seed=1
    )
    return [found.get(str(n), -1 - n) for n in range(ties.size)]


def _networkit(ties: Ties) -> Any:
    import networkit

    networkit.setSeed(1, useThreadId=False)
    networkit.setNumberOfThreads(1)
    graph = networkit.Graph(ties.size, weighted=True)
    for (a, b), w in zip(ties.ends.tolist(), ties.amount.tolist(), strict=True):
        graph.addEdge(a, b, w)
    return networkit.community.ParallelLeiden(graph, iterations=2).run().getPartition().getVector()


def _networkx(ties: Ties) -> Any:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(ties.size))
    graph.add_weighted_edges_from(zip(*ties.ends.T.tolist(), ties.amount.tolist(), strict=True))
    groups = np.arange(ties.size)
    for n, of in enumerate(nx.community.louvain_communities(graph, seed=1)):
        groups[list(of)] = n
    return groups
