"""Fan-in, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_fans import fanned
from naive_patterns import Shown, moves

from followmoney.graph import FlowGraph

LOOSE = {"payers": 2, "days": 1, "history": 0.25, "least": {"EUR": 10_000, "GBP": 1}, "share": 0.2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    return fanned(p, graph, moves(graph), p.payers, "in")
