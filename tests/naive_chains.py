"""Ways that money took from account to account: what the twins of `cycle`, `layering` and the like share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from naive_patterns import Move, moves, share

from followmoney.graph import FlowGraph


def inner(graph: FlowGraph) -> list[Move]:
    """Transactions between two accounts that are known."""
    return [m for m in moves(graph) if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]


def agrees(p: Any, before: Move, m: Move) -> bool:
    """Whether a transaction is of what came before, but for what may be lost or gained."""
    least, most = (1 - share(p.loss)) * before.got, (1 + share(p.gain)) * before.got
    return before.got_in == m.paid_in and least <= m.paid <= most


def longest(every: list[Move], follows: Callable[[Move, Move], bool]) -> list[list[Move]]:
    """The longest chain that ends with each transaction; no account pays twice in it."""
    kept: list[list[Move]] = []
    for m in every:
        ways = [c for c in kept if follows(c[-1], m) and m.payee not in {x.payer for x in c}]
        kept.append([*max(ways, key=lambda c: (len(c), c[-1].at), default=[]), m])
    return kept


def apart(chains: list[list[Move]], good: Callable[[list[Move]], bool]) -> Iterator[list[Move]]:
    """Of each chain, the longest first, what comes after all that a chain before it has used, if that is good."""
    used: set[int] = set()
    for chain in sorted(chains, key=lambda c: (-len(c), c[-1].at)):
        left = chain[max((k + 1 for k, m in enumerate(chain) if m.at in used), default=0) :]
        if good(left):
            used |= {m.at for m in left}
            yield left


def disjoint(ways: Iterable[list[Move]]) -> Iterator[list[Move]]:
    """Ways that share no transaction with one before."""
    used: set[int] = set()
    for way in ways:
        if used.isdisjoint(m.at for m in way):
            used |= {m.at for m in way}
            yield way


def steps(way: list[Move]) -> frozenset[tuple[int, str]]:
    """The transactions of a way: out of the first account, on, and into the last."""
    roles = ["out", *("link" for _ in way[2:]), "in"]
    return frozenset((m.at, role) for m, role in zip(way, roles, strict=True))
