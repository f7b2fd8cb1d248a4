"""Phantom shipment, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import day
from naive_patterns import DAY, Move, Shown, moves
from naive_trades import bills, grouped

from followmoney.graph import FlowGraph

LOOSE = {"days": 2, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    ends = [m.time for m in moves(graph)]
    ends += [(d - day(0)).days * DAY for d in graph.ledger["trades"]["shipped_at"].drop_nulls()]
    groups: dict[Any, list[Move]] = {}
    for lines, paid in bills(graph):
        shipped = [line["shipped_at"] for line in lines if line["shipped_at"]]
        for m in paid:
            near = [d for d in shipped if abs((d - day(m.time)).days) <= p.days]
            if not near and m.time + p.days * DAY <= max(ends):
                groups.setdefault((lines[0]["seller"], lines[0]["buyer"]), []).append(m)
    return grouped(p, groups)
