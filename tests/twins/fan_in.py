"""Fan-in, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"payers": 2, "days": 1, "history": 0.25, "least": {"EUR": 10_000, "GBP": 1}, "share": 0.2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        paid = [m for m in every if m.payee == account and m.payer != account and not graph.outside[m.payer]]
        first: dict[int, Move] = {}
        for m in paid:
            first.setdefault(m.payer, m)
        for currency in {m.got_in for m in paid}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            new = [m for m in first.values() if m.got_in == currency]
            starts = [m for m in new if m.time >= every[0].time + p.history * DAY]
            best: list[Move] = []
            for s in starts:
                window = [m for m in new if m.at >= s.at and m.time <= s.time + p.days * DAY]
                best = window if len(window) > len(best) else best
            if len(best) < max(p.payers, 1) or len(best) < share(p.share) * len(first):
                continue
            payers, closing = {m.payer for m in best}, best[0].time + p.days * DAY
            shown = [m for m in paid if m.payer in payers and m.got_in == currency and m.time <= closing]
            if sum(m.got for m in shown) >= least:
                hits.add((account, frozenset((m.at, "in") for m in shown)))
    return hits
