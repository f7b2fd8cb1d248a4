"""Funnel account, as slowly and readably as possible."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from naive_cash import clustered, paid_in
from naive_known import countries, told
from naive_patterns import HOUR, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"places": 2, "days": 2, "share": 0.3, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    town, country = told(graph, "place"), countries(graph)
    cash: dict[tuple[int, str], list[Move]] = defaultdict(list)
    for m in paid_in(graph):
        if town[m.at] and limit(p.least, m.got_in) is not None:
            cash[m.payee, m.got_in].append(m)
    hits: set[Shown] = set()
    for (account, currency), mine in cash.items():

        def good(window: list[Move], least: int = limit(p.least, currency) or 0) -> bool:
            return len({town[x.at] for x in window}) >= p.places and sum(x.got for x in window) >= least

        for gathering in clustered(mine, p.days, good):
            first, last = min(m.at for m in gathering), max(m.time for m in gathering)
            gone: list[Move] = []
            for m in every:
                after = m.payer == account != m.payee and m.at > first and m.time <= last + p.hours * HOUR
                away = town[m.at] and town[m.at] not in {town[x.at] for x in gathering}
                there = country[m.payee]
                abroad = not town[m.at] and there and country[account] and there != country[account]
                if after and m.paid_in == currency and (away or abroad):
                    gone.append(m)
            if gone and sum(m.paid for m in gone) >= share(p.share) * sum(m.got for m in gathering):
                shown = {(m.at, "in") for m in gathering} | {(m.at, "out") for m in gone}
                hits.add((account, frozenset(shown)))
    return hits
