"""Spread structuring, as slowly and readably as possible."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from naive_cash import below, clustered
from naive_known import held, told
from naive_patterns import Move, Shown, limit, share, together

from followmoney.graph import FlowGraph

LOOSE = {"deposits": 2, "days": 2, "band": 0.5}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    who, holder = told(graph, "conductor"), held(graph)
    by: dict[tuple[str, str, str], list[Move]] = defaultdict(list)
    for m in below(p, graph):
        if m.got >= share(p.band) * (limit(p.limits, m.got_in) or 0):
            for kind, person in (("depositor", who[m.at]), ("holder", holder[m.payee])):
                if person is not None:
                    by[kind, person, m.got_in].append(m)
    clusters: list[set[Move]] = []
    for (_, _, currency), mine in by.items():

        def good(window: list[Move], enough: int = limit(p.limits, currency) or 0) -> bool:
            accounts = {x.payee for x in window}
            return len(window) >= p.deposits and sum(x.got for x in window) >= enough and len(accounts) >= p.accounts

        clusters += clustered(mine, p.days, good)
    hits: set[Shown] = set()
    for cluster in together(clusters):
        order = sorted(cluster, key=lambda m: m.at)
        times = Counter(m.payee for m in order)
        subject = next(m.payee for m in order if times[m.payee] == max(times.values()))
        hits.add((subject, frozenset((m.at, "in") for m in cluster)))
    return hits
