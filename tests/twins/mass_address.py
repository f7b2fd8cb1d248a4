"""Mass address, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import day, holder, on
from naive_patterns import Move, Shown, limit, moves

from followmoney.graph import FlowGraph

LOOSE = {"companies": 2, "neighbours": 49, "least": {"EUR": 1_000, "GBP": 1}}


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

    groups: list[tuple[str, str, set[Any], list[Move]]] = []
    for m in moves(graph):
        one, other = who[m.payer], who[m.payee]
        for place, them in at(day(m.time)).items():
            if one != other and {one, other} <= them:
                near = [g for g in groups if g[:2] == (place, m.paid_in) and g[2] & {one, other}]
                groups = [g for g in groups if g not in near]
                rows = sorted([m, *(row for g in near for row in g[3])], key=lambda row: row.at)
                groups.append((place, m.paid_in, set[Any]({one, other}).union(*(g[2] for g in near)), rows))
    hits: list[list[Move]] = []
    for _, currency, them, rows in groups:
        least = limit(p.least, currency)
        if least is None or sum(m.paid for m in rows) < least or len(them) < p.companies:
            continue
        near_rows = [h for h in hits if {m.at for m in h} & {m.at for m in rows}]
        hits = [h for h in hits if h not in near_rows]
        hits.append(sorted({m.at: m for h in (rows, *near_rows) for m in h}.values(), key=lambda m: m.at))
    return {(rows[0].payee, frozenset((m.at, "link") for m in rows)) for rows in hits}
