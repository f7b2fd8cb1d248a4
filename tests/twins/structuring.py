"""Structuring, as slowly and readably as possible."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"deposits": 2, "days": 2, "band": 0.5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    deposits: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for m in moves(graph):
        most = limit(p.limits, m.got_in)
        paid_in = m.cash and not graph.outside[m.payee] and m.payer != m.payee
        if paid_in and most is not None and share(p.band) * most <= m.got < most:
            deposits[m.payee, m.got_in].append(m)
    hits: set[Shown] = set()
    for (account, currency), mine in deposits.items():
        windows = [{x for x in mine if m.time <= x.time <= m.time + p.days * DAY and x.at >= m.at} for m in mine]
        enough = limit(p.limits, currency)
        good = [w for w in windows if len(w) >= p.deposits and sum(x.got for x in w) >= (enough or 0)]
        clusters: list[set[Move]] = []
        for window in good:
            touching = [c for c in clusters if c & window]
            clusters = [c for c in clusters if c not in touching] + [set().union(window, *touching)]
        hits |= {(account, frozenset((x.at, "in") for x in c)) for c in clusters}
    return hits
