"""New payers in the busiest window, as slowly and readably as possible: what `fan_in`, and mirrored `fan_out`, ask."""

from __future__ import annotations

from typing import Any

from naive_patterns import DAY, Move, Shown, limit, share

from followmoney.graph import FlowGraph


def mirrored(m: Move) -> Move:
    """The same transaction as if it had gone the other way."""
    return Move(m.at, m.payee, m.payer, m.got, m.got_in, m.paid, m.paid_in, m.time, m.cash)


def fanned(p: Any, graph: FlowGraph, every: list[Move], payers: int, role: str) -> set[Shown]:
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
            if len(best) < max(payers, 1) or len(best) < share(p.share) * len(first):
                continue
            those, closing = {m.payer for m in best}, best[0].time + p.days * DAY
            shown = [m for m in paid if m.payer in those and m.got_in == currency and m.time <= closing]
            if sum(m.got for m in shown) >= least:
                hits.add((account, frozenset((m.at, role) for m in shown)))
    return hits
