"""What the plain twins of the patterns share; a twin is a file of `twins/` named as its pattern.

It has `twin(pattern, graph)`: the definition in the docstring, as slowly and readably as possible; and may have
`LOOSE`: other thresholds, so that small random ledgers meet them often.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from followmoney.graph import FlowGraph
from followmoney.schema.codes import exponent

HOUR, DAY = 3_600_000_000, 86_400_000_000

Shown = tuple[int, frozenset[tuple[int, str]]]
"""Subject and (position in the graph, role) of a hit."""


@dataclass(frozen=True)
class Move:
    """One transaction."""

    at: int
    payer: int
    payee: int
    paid: int
    paid_in: str
    got: int
    got_in: str
    time: int
    cash: bool


def moves(graph: FlowGraph) -> list[Move]:
    c, names = graph.columns, graph.currencies
    frame = graph.to_polars()
    channel = frame["channel"].cast(str).to_list() if "channel" in frame.columns else [None] * len(frame)
    return [
        Move(
            i, int(c.originator[i]), int(c.beneficiary[i]), int(c.amount[i]), names[c.currency[i]], int(c.received[i]),
            names[c.currency_received[i]], int(c.time[i]),
            channel[i] == "cash" or any(frame[end][i].startswith("(cash") for end in ("originator", "beneficiary")),
        )
        for i in range(len(graph))
    ]  # fmt: skip


def limit(amounts: dict[str, int], currency: str) -> int | None:
    return amounts[currency] * 10 ** exponent(currency) if currency in amounts else None


def share(value: float) -> Fraction:
    return Fraction(str(value))


def joined(hits: list[Shown]) -> set[Shown]:
    """Hits that share a transaction as one, with the subject of the one begun first."""
    groups: list[list[Shown]] = []
    for hit in hits:
        rows = {at for at, _ in hit[1]}
        touching = [g for g in groups if any(rows & {at for at, _ in shown} for _, shown in g)]
        groups = [g for g in groups if g not in touching] + [[hit, *(h for g in touching for h in g)]]
    return {
        (min(group, key=lambda h: min(at for at, _ in h[1]))[0], frozenset().union(*(shown for _, shown in group)))
        for group in groups
    }
