"""Fan-out, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"payees": 2, "days": 1, "history": 0.25, "least": {"EUR": 10_000, "GBP": 1}, "share": 0.2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        paid = [m for m in every if m.payer == account and m.payee != account and not graph.outside[m.payee]]
        first: dict[int, Move] = {}
        for m in paid:
            first.setdefault(m.payee, m)
        for currency in {m.paid_in for m in paid}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            new = [m for m in first.values() if m.paid_in == currency]
            starts = [m for m in new if m.time >= every[0].time + p.history * DAY]
            best: list[Move] = []
            for s in starts:
                window = [m for m in new if m.at >= s.at and m.time <= s.time + p.days * DAY]
                best = window if len(window) > len(best) else best
            if len(best) < max(p.payees, 1) or len(best) < share(p.share) * len(first):
                continue
            payees, closing = {m.payee for m in best}, best[0].time + p.days * DAY
            shown = [m for m in paid if m.payee in payees and m.paid_in == currency and m.time <= closing]
            if sum(m.paid for m in shown) >= least:
                hits.add((account, frozenset((m.at, "out") for m in shown)))
    return hits
