"""Stack, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_layers import layered
from naive_patterns import Shown

from followmoney.graph import FlowGraph

LOOSE = {"payers": 1, "payees": 1, "most": 4, "days": 5, "seen": 4, "share": 0.3, "dense": 0.6}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    return layered(p, graph, ["out", "in"])
