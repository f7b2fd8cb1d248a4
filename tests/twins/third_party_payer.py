"""Third-party payer, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import countries, holder
from naive_patterns import Move, Shown
from naive_trades import bills, grouped

from followmoney.graph import FlowGraph

LOOSE = {"least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    who = holder(graph)
    country = {row["id"]: row["country"] for row in graph.ledger.parties.to_dicts() if row["country"]}
    groups: dict[Any, list[Move]] = {}
    for lines, paid in bills(graph):
        named = {line[side] for line in lines for side in ("buyer", "seller")}
        of_parties = {country[party] for party in named if party in country}
        related = of_parties | {line[end] for line in lines for end in ("origin", "destination")}
        for m in paid:
            known = countries(graph, m.payer)
            third = isinstance(who[m.payer], str) and who[m.payer] not in named
            if third and known and of_parties and known[0] not in related:
                groups.setdefault((who[m.payer], lines[0]["seller"]), []).append(m)
    return grouped(p, groups, payer=True)
