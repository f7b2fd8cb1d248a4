"""Cycle, as slowly and readably as possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naive_patterns import DAY, HOUR, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"days": 13, "loss": 0.2, "longest": 4, "slack": 12}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]

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
        for m in every:
            follows = after(path, m) and m.payer == last.payee and m.time <= path[0].time + p.days * DAY
            least, most = (1 - share(p.loss)) * last.got, (1 + share(p.gain)) * last.got
            agrees = m.paid_in == last.got_in and least <= m.paid <= most
            if follows and agrees and m.payee not in {x.payee for x in path} and len(path) < p.longest:
                yield from ways([*path, m])

    found: list[list[Move]] = []
    for root in every:
        least = limit(p.least, root.paid_in)
        if least is not None and root.paid >= least:
            best = sorted(ways([root]), key=lambda w: (len(w), w[-1].at, [m.at for m in w]))
            found += best[:1]
    hits: set[Shown] = set()
    used: set[int] = set()
    for way in sorted(found, key=lambda w: (max(at(w)), len(w), -min(at(w)), at(w), w[0].at)):
        if used.isdisjoint(m.at for m in way):
            used |= {m.at for m in way}
            roles = ["out", *("link" for _ in way[2:]), "in"]
            hits.add((way[0].payer, frozenset((m.at, r) for m, r in zip(way, roles, strict=True))))
    return hits


def at(way: list[Move]) -> list[int]:
    return sorted(m.at for m in way)
