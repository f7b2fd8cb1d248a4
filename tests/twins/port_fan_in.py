"""Port fan-in, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import held, holders, sectors
from naive_patterns import DAY, Shown, limit, moves, together

from followmoney.graph import FlowGraph

LOOSE = {"history": 0.5, "credits": 2, "days": 3, "least": {"EUR": 5_000, "GBP": 1}, "turnover": {"EUR": 100_000}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, of, party, sector = moves(graph), held(graph), holders(graph), sectors(graph)
    trade = {"49", "50", "51", "52", "53"}
    there = {r["id"] for r in graph.ledger["parties"].to_dicts() if (r.get("sector") or "")[:2] in trade}
    roles = {(r["party"], r["of"]) for r in graph.ledger["roles"].to_dicts()}
    years = max(-(-(every[-1].time - every[0].time) // (365 * DAY)), 1)
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        person = party[account].get("kind") == "person"
        inside = sector[account] in (trade if person else {"50", "52"})
        works = person and any(a == of[account] and b in there for a, b in roles)
        if graph.outside[account] or not (inside or works):
            continue
        came = [m for m in every if m.payee == account]
        if inside and not person:
            sums = {c: sum(m.got for m in came if m.got_in == c) for c in {m.got_in for m in came}}
            most = {c: limit(p.turnover, c) for c in sums}
            if any(most[c] is not None and total > (most[c] or 0) * years for c, total in sums.items()):
                continue
        came, seen = [m for m in came if m.payer != account], set[int]()
        kept = []
        for m in came:
            own = of[account] is not None and of[m.payer] == of[account]
            boss = own or (of[account], of[m.payer]) in roles
            late = m.time >= every[0].time + p.history * DAY
            if m.cash or (late and m.payer not in seen and not graph.outside[m.payer] and not boss):
                kept.append(m)
            seen.add(m.payer)
        for c in {m.got_in for m in kept}:
            mine, least, windows = [m for m in kept if m.got_in == c], limit(p.least, c), list[set[int]]()
            for first in mine:
                window = [m for m in mine if m.at >= first.at and m.time <= first.time + p.days * DAY]
                if least is not None and len(window) >= p.credits and sum(m.got for m in window) >= least:
                    windows.append({m.at for m in window})
            hits |= {(account, frozenset((at, "in") for at in g)) for g in together(windows)}
    return hits
