"""What the plain twins know of accounts and their holders, looked up one by one."""

from __future__ import annotations

from typing import Any

from followmoney.graph import FlowGraph


def vertices(graph: FlowGraph) -> list[dict[str, Any]]:
    """The row of every account; `id` and `holder` are always there."""
    rows = {r["id"]: r for r in graph.ledger["accounts"].to_dicts()}
    return [{"holder": None, **rows.get(v, {"id": v})} for v in graph.vertices["id"]]


def told(graph: FlowGraph, column: str) -> list[str | None]:
    """A column of the transactions, in the order of the graph."""
    frame = graph.to_polars()
    return frame[column].cast(str).to_list() if column in frame.columns else [None] * len(graph)


def held(graph: FlowGraph) -> list[Any]:
    """The party that holds every account, where one is known to."""
    return [row["holder"] for row in vertices(graph)]


def holders(graph: FlowGraph) -> list[dict[str, Any]]:
    """The row of the party that holds every account; empty where nobody is known to."""
    parties = {r["id"]: r for r in graph.ledger["parties"].to_dicts()}
    return [parties.get(holder, {}) for holder in held(graph)]


def countries(graph: FlowGraph) -> list[str | None]:
    """The country of every account, else of its holder."""
    pairs = zip(vertices(graph), holders(graph), strict=True)
    return [account.get("country") or holder.get("country") for account, holder in pairs]


def sectors(graph: FlowGraph) -> list[str]:
    """The NACE division of every account's holder, or nothing."""
    return ["".join(c for c in row.get("sector") or "" if c.isdigit())[:2] for row in holders(graph)]
