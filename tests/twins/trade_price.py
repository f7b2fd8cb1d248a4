"""Trade price, as slowly and readably as possible."""

from __future__ import annotations

from statistics import median
from typing import Any

from naive_patterns import Move, Shown, share
from naive_trades import Line, bills, grouped

from followmoney.graph import FlowGraph

LOOSE = {"peers": 6, "high": 2.0, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    def like(line: Line) -> tuple[Any, ...] | None:
        when = line["issued_at"] or line["shipped_at"]
        if not line["quantity"] or not line["value"] or None in (line["goods"], line["origin"], line["unit"], when):
            return None
        return line["goods"][:8], line["origin"], when.year, (when.month - 1) // 3, line["unit"], line["currency"]

    every = graph.ledger["trades"].to_dicts()

    def odd(line: Line) -> bool:
        peers = [x["value"] / x["quantity"] for x in every if like(x) == like(line)]
        if like(line) is None or len(peers) < p.peers:
            return False
        middle = median(peers)
        far, spread = abs(line["value"] / line["quantity"] - middle), median(abs(x - middle) for x in peers)
        return far > p.near * middle and (far > p.mads * spread or far > p.off * middle)

    def off(lines: list[Line], paid: list[Move]) -> bool:
        currencies = {line["currency"] for line in lines}
        rows = [m for m in paid if {m.got_in} == currencies]
        if not rows or not all(line["value"] for line in lines):
            return False
        ratio = share(sum(m.got for m in rows)) / sum(line["value"] for line in lines)
        return not share(p.low) <= ratio <= share(p.high)

    groups: dict[Any, list[Move]] = {}
    for lines, paid in bills(graph):
        if any(odd(line) for line in lines) or off(lines, paid):
            groups.setdefault((lines[0]["seller"], lines[0]["buyer"]), []).extend(paid)
    return grouped(p, groups)
