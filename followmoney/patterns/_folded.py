"""What patterns cannot see where accounts were merged by holder or owner, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from followmoney.patterns._spoken import many

if TYPE_CHECKING:
    from followmoney.graph import FlowGraph
    from followmoney.patterns._pattern import Pattern


def folded(graph: FlowGraph, patterns: Sequence[Pattern]) -> list[str]:
    """Nothing for a graph of accounts; else what was merged away, and which of the patterns ask for accounts."""
    if "kind" not in graph.vertices.columns:
        return []
    own = graph.ledger.numbered.select("originator", "beneficiary")[graph.columns.number]
    within = (graph.originator == graph.beneficiary) & (own["originator"] != own["beneficiary"]).to_numpy()
    notes: list[str] = []
    if times := int(within.sum()):
        notes.append(
            f"The graph is folded: {many(times, 'transaction')} between accounts of one holder or owner "
            f"{'is' if times == 1 else 'are'} no payment to another in it, and not looked at."
        )
    if names := _asking(patterns, "account."):
        notes.append(
            f"The graph is folded: {', '.join(names)} ask when single accounts were opened, or where they are kept; of "
            "a holder only the first opening is known. Look for them in the graph of accounts as well."
        )
    if graph.merged and (names := _asking(patterns, "party.id")):
        size = len(graph.merged)
        notes.append(
            f"The graph is folded: {size:,} {'party is' if size == 1 else 'parties are'} counted with the owner; "
            f"{', '.join(names)} ask who stands behind whom, and can miss here what they find in the graph of accounts."
        )
    return notes if graph.enough is None else [*notes, *graph.enough.folding]


def _asking(patterns: Sequence[Pattern], column: str) -> list[str]:
    return sorted({p.name for p in patterns if any(c.startswith(column) for c in (*p.needs, *p.uses))})
