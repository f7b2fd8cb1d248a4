"""Dormant burst, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import vertices
from naive_patterns import DAY, Move, Shown, limit, moves, share, together

from followmoney.graph import FlowGraph

LOOSE = {"quiet": 1, "days": 1, "times": 2, "least": {"EUR": 10_000, "GBP": 1}, "large": {"EUR": 50_000}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee]
    start = moves(graph)[0].time
    opened = [row.get("opened") for row in vertices(graph)]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        if graph.outside[account]:
            continue
        mine = [m for m in every if account in (m.payer, m.payee) and counts(p, m, account)]
        came = [m for m in mine if m.payee == account]
        windows: list[set[int]] = []
        for wake in came:
            before = [m for m in mine if m.at < wake.at]
            if before:
                silent = wake.time - before[-1].time >= p.quiet * DAY
            else:
                day = opened[account]
                early = day is not None and micros(day) <= wake.time - p.quiet * DAY
                silent = early and start <= wake.time - p.quiet * DAY
            least, large = limit(p.least, wake.got_in), limit(p.large, wake.got_in)
            same = [m for m in came if m.got_in == wake.got_in]
            window = [m for m in same if m.at >= wake.at and m.time <= wake.time + p.days * DAY]
            total = sum(m.got for m in window)
            if not silent or least is None or total < least:
                continue
            months = max(int((before[-1].time - before[0].time) // (p.days * DAY)), 1) if before else 1
            usual = sum(m.got for m in same if m.at < wake.at)
            if (large is not None and total >= large) or total * months >= share(p.times) * usual:
                windows.append({m.at for m in window})
        hits |= {(account, frozenset((at, "in") for at in g)) for g in together(windows)}
    return hits


def counts(p: Any, m: Move, account: int) -> bool:
    moved, currency = (m.got, m.got_in) if m.payee == account else (m.paid, m.paid_in)
    fee = limit(p.fee, currency)
    return fee is not None and moved >= fee


def micros(day: Any) -> int:
    return (day - type(day)(1970, 1, 1)).days * DAY
