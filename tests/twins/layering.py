"""Layering, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import HOUR, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"hops": 2, "hours": 30, "loss": 0.5, "gain": 0.25}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]
    every = [m for m in every if m.paid >= (limit(p.least, m.paid_in) or m.paid + 1)]
    kept: list[list[Move]] = []
    for m in every:
        ways = [c for c in kept if follows(p, c[-1], m) and m.payee not in {x.payer for x in c}]
        kept.append([*max(ways, key=lambda c: (len(c), c[-1].at), default=[]), m])
    hits: set[Shown] = set()
    used: set[int] = set()
    for chain in sorted(kept, key=lambda c: (-len(c), c[-1].at)):
        left = chain[max((k + 1 for k, m in enumerate(chain) if m.at in used), default=0) :]
        if len(left) >= p.hops and sum(changes(graph, m) for m in left) >= p.changes:
            used |= {m.at for m in left}
            roles = ["out", *("link" for _ in left[2:]), "in"]
            hits.add((left[0].payer, frozenset((m.at, r) for m, r in zip(left, roles, strict=True))))
    return hits


def follows(p: Any, before: Move, m: Move) -> bool:
    least, most = (1 - share(p.loss)) * before.got, (1 + share(p.gain)) * before.got
    agrees = before.got_in == m.paid_in and least <= m.paid <= most
    return m.payer == before.payee and m.time - before.time <= p.hours * HOUR and agrees


def changes(graph: FlowGraph, m: Move) -> bool:
    a, b = (graph.vertices.row(v, named=True) for v in (m.payer, m.payee))
    bank = [x.get("institution") for x in (a, b)]
    country = [x.get("country") for x in (a, b)]
    return bank[0] is None or bank[0] != bank[1] or (None not in country and country[0] != country[1])
