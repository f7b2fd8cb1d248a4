"""Scatter-gather, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_chains import inner
from naive_patterns import DAY, Move, Shown, joined, share

from followmoney.graph import FlowGraph

LOOSE = {"intermediaries": 2, "days": 3, "low": 0.5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = inner(graph)

    def agree(a: Move, b: Move) -> bool:
        on = b.at > a.at and b.payer == a.payee and b.payee != a.payer and b.paid_in == a.got_in
        return on and share(p.low) * a.got <= b.paid <= share(p.high) * a.got

    pairs = [(a, b) for a in every for b in every if agree(a, b)]
    hits: list[Shown] = []
    for begin in every:
        until = begin.time + p.days * DAY
        for end in {b.payee for _, b in pairs}:
            inside = [
                (a, b)
                for a, b in pairs
                if a.payer == begin.payer and b.payee == end and a.at >= begin.at and b.time <= until
            ]
            starts = inside and min(a.at for a, _ in inside) == begin.at
            if starts and len({a.payee for a, _ in inside}) >= p.intermediaries:
                shown = {(a.at, "out") for a, _ in inside} | {(b.at, "in") for _, b in inside}
                hits.append((begin.payer, frozenset(shown)))
    return joined(hits)
