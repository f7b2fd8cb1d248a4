"""The one file that speaks igraph: communities, components, loops and layers over plain arrays of pairs."""

from __future__ import annotations

import random
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph.connected import connected
from followmoney.graph.flow import FlowGraph
from followmoney.graph.ordering import ordering
from followmoney.graph.pairs import pairs

if TYPE_CHECKING:
    import igraph  # pyright: ignore[reportMissingTypeStubs]

_ONE_AT_A_TIME = Lock()  # igraph has one generator for the whole process

Ends = NDArray[np.int64]
"""Shape (pairs, 2): the two vertices of every pair."""

_EXACT_DOUBLES = 2.0**53


def to_igraph(graph: FlowGraph) -> igraph.Graph:
    """A directed igraph graph: one edge for each originator, beneficiary and currency, in order.

    Vertices carry `id` and `label` (the name where it is known); edges carry `amount` (minor units), `currency`,
    `count` (transactions), `first` and `last` (datetimes). Cost: about 5 µs and 400 bytes a pair.
    """
    frame = pairs(graph)
    ends = frame.select(pl.col("originator", "beneficiary").cast(pl.Int64)).to_numpy()
    vertices = graph.vertices
    label = "label" if "label" in vertices.columns else "id"
    made = _graph(len(vertices), ends, directed=True)
    made.vs["id"], made.vs["label"] = vertices["id"].to_list(), vertices[label].to_list()
    for name in ("amount", "currency", "count", "first", "last"):
        made.es[name] = frame[name].to_list()
    return made


def leiden(
    size: int,
    ends: Ends,
    weights: NDArray[np.float64],
    masses: NDArray[np.float64],
    *,
    resolution: float,
    iterations: int,
    seed: int,
) -> NDArray[np.int64]:
    """Groups of vertices by the Leiden algorithm (Traag, Waltman and van Eck 2019), numbered by first member.

    Maximises Σ weight inside less ½ · resolution · mass² over the groups: the constant Potts model where every mass
    is 1, modularity where masses are strengths. The same seed gives the same groups, whatever else draws random
    numbers in the process. A group that igraph leaves in several pieces is split into them.
    """
    return _grouped(
        "community_leiden", size, ends, weights, seed,
        objective_function="CPM", node_weights=masses.tolist(), resolution=resolution, n_iterations=iterations,
    )  # fmt: skip


def infomap(size: int, ends: Ends, weights: NDArray[np.float64], *, trials: int, seed: int) -> NDArray[np.int64]:
    """Groups that a random walk along the ties stays in for long (Rosvall and Bergstrom 2008), as `leiden`."""
    return _grouped("community_infomap", size, ends, weights, seed, trials=trials)


def label_propagation(size: int, ends: Ends, weights: NDArray[np.float64], *, seed: int) -> NDArray[np.int64]:
    """Groups by taking over the label of most neighbours (Raghavan, Albert and Kumara 2007), as `leiden`."""
    return _grouped("community_label_propagation", size, ends, weights, seed)


def _grouped(
    method: str, size: int, ends: Ends, weights: NDArray[np.float64], seed: int, **options: object
) -> NDArray[np.int64]:
    """What igraph finds, every group that it leaves in pieces split into them."""
    if not len(ends):
        return np.arange(size, dtype=np.int64)
    made = _graph(size, ends, directed=False)
    named = "edge_weights" if method == "community_infomap" else "weights"
    with _seeded(seed):
        found = getattr(made, method)(**{named: weights.tolist()}, **options)
    groups = np.asarray(found.membership, dtype=np.int64)
    inside = groups[ends[:, 0]] == groups[ends[:, 1]]
    return connected(size, ends[inside])


def pagerank(size: int, ends: Ends, weights: NDArray[np.float64], start: int, damping: float) -> NDArray[np.float64]:
    """How often a walk along the ties that keeps returning to `start` is at each vertex (Page and others 1999).

    Personalised PageRank, exact (PRPACK); the walk goes on with probability `damping`. About 1 µs a tie.
    """
    made = _graph(size, ends, directed=False)
    return np.asarray(
        made.personalized_pagerank(directed=False, damping=damping, reset_vertices=[start], weights=weights.tolist()),
        dtype=np.float64,
    )


def cut_vertices(size: int, ends: Ends) -> NDArray[np.int64]:
    """The vertices without which their component falls into several pieces, in order."""
    return np.sort(np.asarray(_graph(size, ends, directed=False).articulation_points(), dtype=np.int64))


def components(size: int, ends: Ends, *, strong: bool = False) -> NDArray[np.int64]:
    """The component of every vertex, numbered by first member; `strong` asks for a way there and back."""
    if not strong:
        return connected(size, ends)
    found = _graph(size, ends, directed=True).connected_components("strong").membership
    return by_first(np.asarray(found, dtype=np.int64))


def by_first(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same groups, numbered 0, 1, … in the order of their first members."""
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def maximum_flow(  # noqa: PLR0917
    size: int,
    tails: NDArray[np.integer],
    heads: NDArray[np.integer],
    capacities: NDArray[np.int64],
    source: int,
    sink: int,
) -> tuple[int, NDArray[np.int64], NDArray[np.bool_]]:
    """The most that can flow from `source` to `sink`: how much, the flow over every arc, and the near side of a cut.

    Push-relabel (Goldberg and Tarjan 1988), about 2 µs an arc. igraph counts in double precision, which is exact as
    long as no more than 2^53 can flow into any vertex.

    Raises:
        OverflowLimitError: More could flow than double precision counts exactly.
    """
    ends = np.stack([tails, heads], axis=1).astype(np.int64)
    into = np.bincount(heads, weights=capacities, minlength=size)
    if len(into) and into.max() > _EXACT_DOUBLES:
        raise OverflowLimitError("The amounts are too large for an exact maximum flow; trace a part of the claim.")
    found = _graph(size, ends, directed=True).maxflow(source, sink, capacity=capacities.astype(np.float64).tolist())
    side = np.zeros(size, np.bool_)
    side[found.partition[0]] = True
    return int(found.value), np.asarray(found.flow, dtype=np.float64).astype(np.int64), side


def layered(pairs: Sequence[tuple[int, int]], size: int) -> tuple[list[int], list[int]]:
    """Where to draw each vertex of a small picture: its layer, and its place within the layer (from 0)."""
    levels = layers(size, pairs)
    return levels, ordering(size, pairs, levels)


def layers(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of every vertex: as far right as its longest way in, so that money runs from left to right.

    Loops are opened at the pairs of a small feedback set (Eades, Lin and Smyth 1993). Depends on the set of pairs only,
    not on their order. Vertices without pairs are on layer 0.
    """
    forward = _without_loops(size, _distinct(pairs))
    made = _graph(size, forward, directed=True)
    level = [0] * size
    order: list[int] = made.topological_sorting()
    for vertex in order:
        followers: list[int] = made.successors(vertex)
        for after in followers:
            level[after] = max(level[after], level[vertex] + 1)
    return level


def _distinct(pairs: Sequence[tuple[int, int]]) -> Ends:
    """The pairs in order, each once, those of a vertex with itself left out."""
    kept = sorted({(int(a), int(b)) for a, b in pairs if a != b})
    return np.array(kept, dtype=np.int64).reshape(-1, 2)


def _without_loops(size: int, ends: Ends) -> Ends:
    cut = _graph(size, ends, directed=True).feedback_arc_set(method="eades")
    keep = np.ones(len(ends), dtype=bool)
    keep[np.asarray(cut, dtype=np.int64)] = False
    return ends[keep]


def _igraph() -> Any:  # noqa: ANN401  (igraph has no types)
    return import_module("igraph")


def _graph(size: int, ends: Ends, *, directed: bool) -> Any:  # noqa: ANN401
    made = _igraph().Graph(size, directed=directed)
    made.add_edges(np.ascontiguousarray(ends, dtype=np.int64).reshape(-1, 2))  # half the time of giving them to Graph
    return made


@contextmanager
def _seeded(seed: int) -> Generator[None]:
    """Let igraph draw from a generator of its own, and from Python's again afterwards (its default)."""
    with _ONE_AT_A_TIME:
        _igraph().set_random_number_generator(random.Random(seed))  # noqa: S311
        try:
            yield
        finally:
            _igraph().set_random_number_generator(random)
