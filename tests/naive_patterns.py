"""What the plain twins of the patterns share; a twin is a file of `twins/` named as its pattern.

It has `twin(pattern, graph)`: the definition in the docstring, as slowly and readably as possible; and may have
`LOOSE`: other thresholds, so that small random ledgers meet them often.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from naive_known import told

from followmoney.graph import FlowGraph
from followmoney.schema.codes import exponent

T = TypeVar("T")
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
    channel, ends = told(graph, "channel"), [told(graph, end) for end in ("originator", "beneficiary")]
    return [
        Move(
            i, int(c.originator[i]), int(c.beneficiary[i]), int(c.amount[i]), names[c.currency[i]], int(c.received[i]),
            names[c.currency_received[i]], int(c.time[i]),
            channel[i] == "cash" or any((end[i] or "").startswith("(cash") for end in ends),
        )
        for i in range(len(graph))
    ]  # fmt: skip


def limit(amounts: dict[str, int], currency: str) -> int | None:
    return amounts[currency] * 10 ** exponent(currency) if currency in amounts else None


def share(value: float) -> Fraction:
    return Fraction(str(value))


def together(sets: Iterable[AbstractSet[T]]) -> list[set[T]]:
    """Sets that share a member put together."""
    found: list[set[T]] = []
    for some in sets:
        touching = [f for f in found if f & some]
        found = [f for f in found if f not in touching] + [set(some).union(*touching)]
    return found


def joined(hits: list[Shown]) -> set[Shown]:
    """Hits that share a transaction as one, with the subject of the one begun first."""
    found: set[Shown] = set()
    for rows in together({at for at, _ in shown} for _, shown in hits):
        group = [hit for hit in hits if rows & {at for at, _ in hit[1]}]
        first = min(group, key=lambda hit: min(at for at, _ in hit[1]))
        found.add((first[0], frozenset().union(*(shown for _, shown in group))))
    return found
