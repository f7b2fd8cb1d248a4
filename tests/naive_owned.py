"""What the plain twins of patterns about owners share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from naive_known import held, told
from naive_patterns import Move

from followmoney.graph import FlowGraph
from followmoney.graph.ownership import effective


def day(time: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)).date()


def holder(graph: FlowGraph) -> list[Any]:
    """For every vertex its party, else its own number."""
    return [v if party is None else party for v, party in enumerate(held(graph))]


def owners(graph: FlowGraph, party: Any, time: int, least: float) -> set[str]:
    """Persons who own at least so much of a party on a day; a person owns himself."""
    persons = {row["id"] for row in graph.ledger.parties.to_dicts() if row["kind"] == "person"}
    if party in persons:
        return {party}
    shares = effective(graph.ledger, day(time)).to_dicts()
    return {s["person"] for s in shares if s["company"] == party and s["share_min"] >= least - 1e-9}


def purposes(graph: FlowGraph) -> list[str]:
    return [(text or "").casefold() for text in told(graph, "purpose")]


def months(rows: list[Move]) -> set[tuple[int, int]]:
    return {(day(m.time).year, day(m.time).month) for m in rows}


def countries(graph: FlowGraph, vertex: int) -> list[str]:
    """Country of who holds an account, and of the account, as far as known."""
    known, party = graph.vertices.to_dicts()[vertex], holder(graph)[vertex]
    of_party = [row["country"] for row in graph.ledger.parties.to_dicts() if row["id"] == party]
    return [c for c in [*of_party, known.get("country")] if c]


def on(row: dict[str, Any], when: date) -> bool:
    """Whether a line of a register is in force on a day."""
    return (row["start"] or when) <= when and not (row["end"] and row["end"] <= when)


def posts(graph: FlowGraph, kind: str, of: str, when: date) -> set[str]:
    """Who has a post at a party or account on a day."""
    rows = graph.ledger["roles"].to_dicts()
    return {r["party"] for r in rows if r["of"] == of and r["kind"] == kind and on(r, when)}
