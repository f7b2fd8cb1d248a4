"""Micro-structuring, as slowly and readably as possible."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from naive_cash import below, clustered
from naive_known import told
from naive_patterns import Move, Shown, limit, share

from followmoney.graph import FlowGraph

LOOSE = {"deposits": 2, "days": 2, "share": 0.9, "spots": 2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    both = zip(told(graph, "terminal"), told(graph, "place"), strict=True)
    spot = [("terminal", machine) if machine else town and ("town", town) for machine, town in both]
    small: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for m in below(p, graph):
        if m.got < share(p.share) * (limit(p.limits, m.got_in) or 0):
            small[m.payee, m.got_in].append(m)
    hits: set[Shown] = set()
    for (account, currency), mine in small.items():

        def good(window: list[Move], enough: int = limit(p.limits, currency) or 0) -> bool:
            spots = {spot[x.at] for x in window} - {None}
            somewhere = not spots or len(spots) >= p.spots
            return len(window) >= p.deposits and sum(x.got for x in window) >= enough and somewhere

        hits |= {(account, frozenset((x.at, "in") for x in c)) for c in clustered(mine, p.days, good)}
    return hits
