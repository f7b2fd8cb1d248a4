"""The flow graph: accounts and the time-ordered transactions between them, as dense numbers."""

from __future__ import annotations

from followmoney.graph.flow import FlowGraph

__all__ = ["FlowGraph"]
