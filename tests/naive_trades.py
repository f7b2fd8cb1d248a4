"""What the plain twins of patterns about trade share: which payments belong to which lines."""

from __future__ import annotations

from typing import Any

from naive_known import told
from naive_owned import holder
from naive_patterns import Move, Shown, limit, moves

from followmoney.graph import FlowGraph

Line = dict[str, Any]


def bills(graph: FlowGraph) -> list[tuple[list[Line], list[Move]]]:
    """Lines that belong together and what paid for them: everything that hangs together, grown from each line."""
    lines, every, who = graph.ledger["trades"].to_dicts(), moves(graph), holder(graph)
    ids, said = told(graph, "id"), told(graph, "reference")

    def document(line: Line) -> Any:
        known = line["seller"] is not None and line["document"] is not None
        return (line["seller"], line["document"]) if known else line["id"]

    def pays(m: Move, line: Line) -> bool:
        named = any(x["transaction"] for x in lines if document(x) == document(line))
        if named:
            return line["transaction"] == ids[m.at]
        same = line["seller"] == who[m.payee] and line["document"] is not None
        return same and line["document"] == said[m.at]

    found: list[tuple[list[Line], list[Move]]] = []
    for line in lines:
        if any(line in seen for seen, _ in found):
            continue
        mine, paid = [line], list[Move]()
        while True:
            paid_now = [m for m in every if any(pays(m, x) for x in mine)]
            documents = {document(x) for x in mine}
            mine_now = [x for x in lines if document(x) in documents or any(pays(m, x) for m in paid_now)]
            if (mine_now, paid_now) == (mine, paid):
                break
            mine, paid = mine_now, paid_now
        found.append((sorted(mine, key=lambda x: x["id"]), paid))
    return [bill for bill in found if bill[1]]


def grouped(p: Any, groups: dict[Any, list[Move]], *, payer: bool = False) -> set[Shown]:
    """Payments by what they have in common and by currency, where they reach the least amount."""
    hits: set[Shown] = set()
    for rows in groups.values():
        for currency in {m.got_in for m in rows}:
            some, least = (
                sorted((m for m in rows if m.got_in == currency), key=lambda m: m.at),
                limit(p.least, currency),
            )
            if least is not None and sum(m.got for m in some) >= least:
                subject = some[0].payer if payer else some[0].payee
                hits.add((subject, frozenset((m.at, "in") for m in some)))
    return hits
