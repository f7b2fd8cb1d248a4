"""Fan-out, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_fans import fanned, mirrored
from naive_patterns import Shown, moves

from followmoney.graph import FlowGraph

LOOSE = {"payees": 2, "days": 1, "history": 0.25, "least": {"EUR": 10_000, "GBP": 1}, "share": 0.2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    return fanned(p, graph, [mirrored(m) for m in moves(graph)], p.payees, "out")
