"""Circular ownership, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import day, holder, on
from naive_patterns import Move, Shown, limit, moves

from followmoney.graph import FlowGraph
from followmoney.graph.ownership import effective

LOOSE = {"least": {"EUR": 100_000, "GBP": 1}, "owned": 0.5, "rise": 0.05}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    who = holder(graph)
    persons = {row["id"] for row in graph.ledger.parties.to_dicts() if row["kind"] == "person"}

    def reach(start: Any, when: Any) -> set[Any]:
        found, waiting = set[Any](), [start]
        while waiting:
            at = waiting.pop()
            for i in graph.ledger.interests.to_dicts():
                on = (when is None) or ((i["start"] or when) <= when and not (i["end"] and i["end"] <= when))
                counts = i["kind"] == "shareholding" and i["direct"] is not False and not persons & {at, i["owned"]}
                if counts and on and i["owner"] == at and i["owned"] not in found:
                    found.add(i["owned"])
                    waiting.append(i["owned"])
        return found

    circles: dict[tuple[frozenset[Any], str], list[Move]] = {}
    for m in moves(graph):
        one, other, when = who[m.payer], who[m.payee], day(m.time)
        if one != other and other in reach(one, when) and one in reach(other, when):
            ever = frozenset(c for c in reach(one, None) if one in reach(c, None))
            circles.setdefault((ever, m.paid_in), []).append(m)

    def hidden(rows: list[Move]) -> bool:
        last = day(rows[-1].time)
        them = {who[end] for m in rows for end in (m.payer, m.payee)}
        shares = [s for s in effective(graph.ledger, last).to_dicts() if s["company"] in them and s["share_min"] > 0]

        def direct(person: str, company: str) -> float:
            rows = [
                i for i in graph.ledger.interests.to_dicts() if i["kind"] == "shareholding" and i["direct"] is not False
            ]
            rows = [i for i in rows if on(i, last)]
            return sum(i["share_min"] or 0 for i in rows if (i["owner"], i["owned"]) == (person, company))

        own = [s for s in shares if s["share_min"] >= p.owned - 1e-9]
        return not shares or any(s["share_min"] - direct(s["person"], s["company"]) > p.rise + 1e-9 for s in own)

    hits: set[Shown] = set()
    for (_, currency), rows in circles.items():
        least = limit(p.least, currency)
        if least is not None and sum(m.paid for m in rows) >= least and hidden(rows):
            hits.add((rows[0].payee, frozenset((m.at, "link") for m in rows)))
    return hits
