"""Hawala offset, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import DAY, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {
    "payers": 2, "days": 20, "small": {"EUR": 50_000, "GBP": 50_000}, "unit": {"EUR": 10, "GBP": 1},
    "least": {"EUR": 5_000, "GBP": 1}, "share": 0.1, "low": 0.05, "high": 50,
}  # fmt: skip


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        windows: dict[str, list[set[tuple[int, str]]]] = {}
        into, out = [m for m in every if m.payee == account], [m for m in every if m.payer == account]
        for bulk in out:
            c = bulk.paid_in
            small, unit, least = limit(p.small, c), limit(p.unit, c), limit(p.least, c)
            if small is None or unit is None or least is None or graph.outside[account]:
                continue
            begin = bulk.time - p.days * DAY
            came = [m for m in into if m.got_in == c and begin <= m.time and m.at < bulk.at]
            left = [m for m in out if m.paid_in == c and begin <= m.time and m.at <= bulk.at]
            tiny = [m for m in came if m.got <= small and not m.cash and not graph.outside[m.payer]]
            payers, brought = {m.payer for m in tiny}, sum(m.got for m in tiny)
            if (
                not bulk.cash
                and not graph.outside[bulk.payee]
                and bulk.payee not in payers
                and len(payers) >= max(p.payers, 1)
                and brought >= max(least, share(p.share) * sum(m.got for m in came))
                and sum(m.got % unit == 0 for m in tiny) >= share(p.share) * len(tiny)
                and bulk.paid >= share(p.low) * brought
                and sum(m.paid for m in left) <= share(p.high) * sum(m.got for m in came)
            ):
                inside = {(m.at, "window") for m in came} | {(m.at, "in") for m in tiny} | {(bulk.at, "out")}
                mine = windows.setdefault(c, [])
                touching = [w for w in mine if shared(w, inside)]
                windows[c] = [w for w in mine if w not in touching] + [inside.union(*touching)]
        for mine in windows.values():
            hits |= {(account, frozenset(x for x in w if x[1] != "window")) for w in mine}
    return hits


def shared(a: set[tuple[int, str]], b: set[tuple[int, str]]) -> bool:
    return any(role == "window" for _, role in a & b)
