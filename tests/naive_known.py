"""What the plain twins know of accounts and their holders, looked up one by one."""

from __future__ import annotations

from typing import Any

from followmoney.graph import FlowGraph


def vertices(graph: FlowGraph) -> list[dict[str, Any]]:
    """The row of every account; `id` and `holder` are always there."""
    rows = {r["id"]: r for r in graph.ledger["accounts"].to_dicts()}
    return [{"holder": None, **rows.get(v, {"id": v})} for v in graph.vertices["id"]]


def holders(graph: FlowGraph) -> list[dict[str, Any]]:
    """The row of the party that holds every account; empty where nobody is known to."""
    parties = {r["id"]: r for r in graph.ledger["parties"].to_dicts()}
    return [parties.get(row["holder"], {}) for row in vertices(graph)]


def sectors(graph: FlowGraph) -> list[str]:
    """The NACE division of every account's holder, or nothing."""
    return ["".join(c for c in row.get("sector") or "" if c.isdigit())[:2] for row in holders(graph)]
