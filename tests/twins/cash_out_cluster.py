"""Cash-out cluster, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import told
from naive_patterns import DAY, Shown, limit, moves, share, together

from followmoney.graph import FlowGraph

LOOSE = {"accounts": 2, "minutes": 1_440, "near": 0.5, "least": {"EUR": 100, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    machine = told(graph, "terminal")
    drawn = [m for m in moves(graph) if m.cash and machine[m.at] and m.payer != m.payee and not graph.outside[m.payer]]
    windows = []
    for m in drawn:
        there = [x for x in drawn if machine[x.at] == machine[m.at] and x.paid_in == m.paid_in]
        large = [x for x in there if x.paid >= share(p.near) * max(y.paid for y in there)]
        window = [x for x in large if x.at >= m.at and x.time <= m.time + share(p.minutes) * DAY / 1_440]
        least = limit(p.least, m.paid_in)
        several = len({x.payer for x in window}) >= p.accounts
        if m in large and least is not None and several and sum(x.paid for x in window) >= least:
            windows.append(set(window))
    hits: set[Shown] = set()
    for cluster in together(windows):
        order = sorted(cluster, key=lambda m: m.at)
        total = {m.payer: sum(x.paid for x in order if x.payer == m.payer) for m in order}
        subject = next(m.payer for m in order if total[m.payer] == max(total.values()))
        hits.add((subject, frozenset((m.at, "out") for m in cluster)))
    return hits
