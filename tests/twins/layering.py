"""Layering, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_chains import agrees, apart, inner, longest, steps
from naive_patterns import HOUR, Move, Shown, limit

from followmoney.graph import FlowGraph

LOOSE = {"hops": 2, "hours": 30, "loss": 0.5, "gain": 0.25}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in inner(graph) if m.paid >= (limit(p.least, m.paid_in) or m.paid + 1)]

    def follows(before: Move, m: Move) -> bool:
        return m.payer == before.payee and m.time - before.time <= p.hours * HOUR and agrees(p, before, m)

    def good(chain: list[Move]) -> bool:
        return len(chain) >= p.hops and sum(changes(graph, m) for m in chain) >= p.changes

    return {(chain[0].payer, steps(chain)) for chain in apart(longest(every, follows), good)}


def changes(graph: FlowGraph, m: Move) -> bool:
    a, b = (graph.vertices.row(v, named=True) for v in (m.payer, m.payee))
    bank = [x.get("institution") for x in (a, b)]
    country = [x.get("country") for x in (a, b)]
    return bank[0] is None or bank[0] != bank[1] or (None not in country and country[0] != country[1])
