"""Every pattern of the catalogue with its default thresholds, over the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Goal, Job
from ..world import World
from . import _gfp, _polars

_FEW = 20_000  # transactions for networkx's search for cycles


def jobs() -> Iterator[Job]:
    """One job a pattern, and peers where somebody else looks for the same form."""
    from followmoney.patterns import catalogue

    for name in sorted(catalogue()):
        peers = (
            _polars.PEERS.get(name, ()) + (("networkx cycles",) if name == "cycle" else ()) + _gfp.PEERS.get(name, ())
        )
        yield Job(f"detect {name}", _graph, partial(_detect, name), peers=peers, goals=(Goal(1_000, "ns"),))
    yield Job("detect everything", _graph, _detect_all, goals=(Goal(12_000, "ns"), Goal(100, "bytes")))
    yield Job("networkx cycles", _pairs, _cycles, package="networkx", rows=_FEW)
    yield from _polars.jobs()
    yield from _gfp.jobs()


def _graph(world: World) -> Any:
    return world.graph


def _detect(name: str, graph: Any) -> Any:
    import followmoney as fm

    return fm.detect(graph, [name])


def _detect_all(graph: Any) -> Any:
    import followmoney as fm

    return fm.detect(graph)


def _pairs(world: World) -> Any:
    import networkx as nx

    graph = world.graph
    return nx.DiGraph(zip(graph.originator.tolist(), graph.beneficiary.tolist(), strict=True))


def _cycles(graph: Any) -> Any:
    """All cycles of up to five accounts, whatever their times and amounts."""
    import networkx as nx

    return sum(1 for _ in nx.simple_cycles(graph, length_bound=5))
