"""Cycle, as slowly and readably as possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naive_chains import agrees, disjoint, inner, steps
from naive_patterns import DAY, HOUR, Move, Shown, limit

from followmoney.graph import FlowGraph

LOOSE = {"days": 13, "loss": 0.2, "longest": 4, "slack": 12}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = inner(graph)

    def after(path: list[Move], m: Move) -> bool:
        if not p.slack:
            return m.at > path[-1].at
        return m.time >= max(path[-1].time, path[0].time) - p.slack * HOUR

    def ways(path: list[Move]) -> Iterator[list[Move]]:
        last = path[-1]
        if last.payee == path[0].payer:
            if len(path) >= p.shortest:
                yield path
            return
        for m in every if len(path) < p.longest else ():
            follows = m.payer == last.payee and after(path, m) and m.time <= path[0].time + p.days * DAY
            if follows and m.payee not in {x.payee for x in path} and agrees(p, last, m):
                yield from ways([*path, m])

    found: list[list[Move]] = []
    for root in every:
        least = limit(p.least, root.paid_in)
        if least is not None and root.paid >= least:
            best = sorted(ways([root]), key=lambda w: (len(w), w[-1].at, [m.at for m in w]))
            found += best[:1]
    order = sorted(found, key=lambda w: (max(at(w)), len(w), -min(at(w)), at(w), w[0].at))
    return {(way[0].payer, steps(way)) for way in disjoint(order)}


def at(way: list[Move]) -> list[int]:
    return sorted(m.at for m in way)
