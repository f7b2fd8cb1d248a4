"""High-risk corridor, as slowly and readably as possible."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from naive_known import countries
from naive_patterns import DAY, Move, Shown, limit, moves, share, together

from followmoney.graph import FlowGraph
from followmoney.schema.listed import listed

LOOSE = {"days": 2, "history": 5, "payments": 1, "times": 1, "share": 0.05, "least": {"EUR": 5_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    country = countries(graph)
    every = [m for m in moves(graph) if m.payer != m.payee]
    there = {m.at for m in every if on_list(country, m)}
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        for c in {m.paid_in for m in every}:
            paid = [m for m in every if m.payer == account and m.paid_in == c]
            least, windows = limit(p.least, c), list[set[int]]()
            if graph.outside[account] or least is None:
                continue
            for first in (m for m in paid if m.at in there):
                window = [m for m in paid if m.at >= first.at and m.time <= first.time + p.days * DAY]
                before = [m for m in paid if m.at < first.at and m.time >= first.time - p.history * DAY]
                to = [m for m in window if m.at in there]
                if len(before) < max(p.payments, 1) or sum(m.paid for m in to) < least:
                    continue
                now, then = part(window, there), part(before, there)
                if now >= share(p.share) and now > share(p.times) * then:
                    windows.append({m.at for m in to})
            hits |= {(account, frozenset((at, "out") for at in g)) for g in together(windows)}
    return hits


def on_list(country: list[Any], m: Move) -> bool:
    day = datetime.fromtimestamp(m.time // 1_000_000, UTC).date()
    listings = listed(country[m.payee]) if country[m.payee] else []
    return any(x.on(day) for x in listings) and country[m.payee] != country[m.payer]


def part(rows: list[Move], there: set[int]) -> Fraction:
    return Fraction(sum(m.paid for m in rows if m.at in there), sum(m.paid for m in rows))
