"""Mass address, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import day, holder, on, owners
from naive_patterns import DAY, Move, Shown, limit, moves

from followmoney.graph import FlowGraph

LOOSE = {"companies": 3, "neighbours": 49, "days": 1, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    who = holder(graph)
    companies = {row["id"] for row in graph.ledger.parties.to_dicts() if row["kind"] in ("company", "trust")}
    registers = [row for row in graph.ledger["addresses"].to_dicts() if row["street"] and row["party"] in companies]

    def at(when: Any) -> dict[str, set[Any]]:
        found: dict[str, set[Any]] = {}
        for row in registers:
            if on(row, when):
                place = ",".join((row[c] or "").strip().lower() for c in ("street", "postcode", "city", "country"))
                found.setdefault(place, set()).add(row["party"])
        return {place: them for place, them in found.items() if len(them) >= p.neighbours}

    def shared(m: Move) -> set[str]:
        one, other = (owners(graph, who[end], m.time, p.owned) for end in (m.payer, m.payee))
        return one & other

    groups: list[tuple[str, str, list[Move]]] = []
    for m in moves(graph):
        ends, when = {who[m.payer], who[m.payee]}, day(m.time)
        small = m.paid < (limit(p.least, m.paid_in) or m.paid + 1)
        for place, them in [] if small or len(ends) == 1 else at(when).items():
            if ends <= them and not shared(m):
                near = [
                    g
                    for g in groups
                    if g[:2] == (place, m.paid_in)
                    and any(ends & {who[x.payer], who[x.payee]} and m.time - x.time <= p.days * DAY for x in g[2])
                ]
                groups = [g for g in groups if g not in near]
                groups.append((place, m.paid_in, [m, *(row for g in near for row in g[2])]))
    hits: list[set[Move]] = []
    for _, _, rows in groups:
        if len({who[end] for m in rows for end in (m.payer, m.payee)}) >= p.companies:
            near = [h for h in hits if h & set(rows)]
            hits = [h for h in hits if h not in near] + [set(rows).union(*near)]
    return {(min(h, key=lambda m: m.at).payee, frozenset((m.at, "link") for m in h)) for h in hits}
