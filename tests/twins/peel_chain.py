"""Peel chain, as slowly and readably as possible."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from naive_patterns import HOUR, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"hops": 2, "hours": 24, "peel": 0.9, "payments": 5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    all_moves = moves(graph)
    every = [m for m in all_moves if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]
    every = [m for m in every if m.paid >= (limit(p.least, m.paid_in) or m.paid + 1)]
    kept: list[list[Move]] = []
    for m in every:
        ways = [c for c in kept if follows(p, all_moves, c[-1], m) and m.payee not in {x.payer for x in c}]
        kept.append([*max(ways, key=lambda c: (len(c), c[-1].at), default=[]), m])
    hits: set[Shown] = set()
    used: set[int] = set()
    for chain in sorted(kept, key=lambda c: (-len(c), c[-1].at)):
        left = chain[max((k + 1 for k, m in enumerate(chain) if m.at in used), default=0) :]
        if len(left) >= p.hops:
            used |= {m.at for m in left}
            off = [s for before, m in pairwise(left) for s in slices(p, all_moves, before, m)]
            hits.add((left[0].payer, frozenset([(m.at, "link") for m in left] + [(s.at, "out") for s in off])))
    return hits


def follows(p: Any, every: list[Move], before: Move, m: Move) -> bool:
    late = m.time - before.time > p.hours * HOUR
    if m.payer != before.payee or late or before.got_in != m.paid_in or m.paid >= before.got:
        return False
    soon = [s for s in every if s.payer == m.payer and s.at > before.at and s.time - before.time <= p.hours * HOUR]
    if len(soon) > p.payments:
        return False
    off = sum(s.paid for s in slices(p, every, before, m))
    return m.paid >= (1 - share(p.peel)) * before.got and 2 * off >= before.got - m.paid


def slices(p: Any, every: list[Move], before: Move, m: Move) -> list[Move]:
    found: list[Move] = []
    for s in every:
        near = s.at > before.at and s.time - before.time <= p.hours * HOUR and s.at != m.at
        elsewhere = s.payer == m.payer and s.payee not in {m.payee, m.payer, before.payer}
        fits = s.paid <= before.got - m.paid - sum(f.paid for f in found)
        if near and elsewhere and s.paid_in == m.paid_in and fits:
            found.append(s)
    return found
