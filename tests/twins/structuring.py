"""Structuring, as slowly and readably as possible."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from naive_cash import below, clustered
from naive_patterns import Move, Shown, limit, share

from followmoney.graph import FlowGraph

LOOSE = {"deposits": 2, "days": 2, "band": 0.5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    deposits: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for m in below(p, graph):
        if m.got >= share(p.band) * (limit(p.limits, m.got_in) or 0):
            deposits[m.payee, m.got_in].append(m)
    hits: set[Shown] = set()
    for (account, currency), mine in deposits.items():

        def good(window: list[Move], enough: int = limit(p.limits, currency) or 0) -> bool:
            return len(window) >= p.deposits and sum(x.got for x in window) >= enough

        hits |= {(account, frozenset((x.at, "in") for x in c)) for c in clustered(mine, p.days, good)}
    return hits
