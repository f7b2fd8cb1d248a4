"""What the plain twins of the patterns of cash share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from naive_patterns import DAY, Move, limit, moves

from followmoney.graph import FlowGraph


def told(graph: FlowGraph, column: str) -> list[str | None]:
    """A column of the transactions, in the order of the graph."""
    frame = graph.to_polars()
    return frame[column].cast(str).to_list() if column in frame.columns else [None] * len(graph)


def held(graph: FlowGraph, column: str) -> list[Any]:
    """What is known of who holds each account, a row a vertex."""
    vertices = graph.vertices
    holders = vertices["holder"].to_list() if "holder" in vertices.columns else [None] * len(vertices)
    if column == "id":
        return holders
    known = {row["id"]: row.get(column) for row in graph.ledger["parties"].to_dicts()}
    return [known.get(holder) for holder in holders]


def of_accounts(graph: FlowGraph, column: str) -> list[Any]:
    """What is known of each account, a row a vertex."""
    known = {row["id"]: row.get(column) for row in graph.ledger["accounts"].to_dicts()}
    return [known.get(name) for name in graph.vertices["id"]]


def countries(graph: FlowGraph) -> list[str | None]:
    """The country of each account, else of its holder."""
    return [own or holders for own, holders in zip(of_accounts(graph, "country"), held(graph, "country"), strict=True)]


def paid_in(graph: FlowGraph) -> list[Move]:
    """Cash that others paid into an account."""
    return [m for m in moves(graph) if m.cash and not graph.outside[m.payee] and m.payer != m.payee]


def below(p: Any, graph: FlowGraph) -> list[Move]:
    """Cash paid in below the pattern's limit."""
    return [m for m in paid_in(graph) if (most := limit(p.limits, m.got_in)) is not None and m.got < most]


def clustered(mine: list[Move], days: float, good: Callable[[list[Move]], bool]) -> list[set[Move]]:
    """Windows of days that start at one of these and are good; those that share one are put together."""
    clusters: list[set[Move]] = []
    for m in mine:
        window = [x for x in mine if m.time <= x.time <= m.time + days * DAY and x.at >= m.at]
        if good(window):
            clusters.append(set(window))
    return joined(clusters)


def joined(clusters: list[set[Move]]) -> list[set[Move]]:
    """Sets that share a transaction put together."""
    found: list[set[Move]] = []
    for cluster in clusters:
        touching = [c for c in found if c & cluster]
        found = [c for c in found if c not in touching] + [set().union(cluster, *touching)]
    return found
