"""Peel chain, as slowly and readably as possible."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from naive_chains import apart, inner, longest
from naive_patterns import HOUR, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"hops": 2, "hours": 24, "peel": 0.9, "payments": 5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    all_moves = moves(graph)
    every = [m for m in inner(graph) if m.paid >= (limit(p.least, m.paid_in) or m.paid + 1)]
    hits: set[Shown] = set()
    for chain in apart(longest(every, partial(follows, p, all_moves)), lambda chain: len(chain) >= p.hops):
        off = [s for before, m in pairwise(chain) for s in slices(p, all_moves, before, m)]
        hits.add((chain[0].payer, frozenset([(m.at, "link") for m in chain] + [(s.at, "out") for s in off])))
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
