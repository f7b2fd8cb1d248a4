"""What the plain twins of the patterns of cash share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from naive_patterns import DAY, Move, limit, moves, together

from followmoney.graph import FlowGraph


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
    return together(clusters)
