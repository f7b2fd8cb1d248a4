"""Shelf company, as slowly and readably as possible."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from naive_owned import day, holder
from naive_patterns import DAY, Shown, limit, moves

from followmoney.graph import FlowGraph

LOOSE = {"age": 1, "silent": 1, "days": 300, "least": {"EUR": 5_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, who = moves(graph), holder(graph)
    hits: set[Shown] = set()
    for party in graph.ledger.parties.to_dicts():
        me, born = party["id"], party["founded"]
        mine = [m for m in every if me in (who[m.payer], who[m.payee])]
        if party["kind"] not in ("company", "trust") or born is None:
            continue
        new = [
            i["start"] for i in graph.ledger.interests.to_dicts() if i["owned"] == me and i["kind"] == "shareholding"
        ]
        new += [r["start"] for r in graph.ledger["roles"].to_dicts() if r["of"] == me and r["kind"] == "director"]
        changes = sorted(d for d in new if d and (d - born) >= timedelta(days=p.age))
        before = [every[0].time, *(m.time for m in mine)]
        wakes = [k for k, m in enumerate(mine) if m.time - before[k] >= p.silent * DAY]
        for k, end in pairwise([*wakes, len(mine)]):
            since = [(mine[k].time - (d - day(0)).days * DAY) for d in changes]
            near = [past for past in since if 0 <= past <= p.days * DAY]
            if not near:
                continue
            until = mine[k].time - near[-1] + p.days * DAY
            got = [m for m in mine[k:end] if m.time <= until and who[m.payee] == me and who[m.payer] != me]
            for currency in {m.got_in for m in got}:
                some, least = [m for m in got if m.got_in == currency], limit(p.least, currency)
                if least is not None and sum(m.got for m in some) >= least:
                    hits.add((some[0].payee, frozenset((m.at, "in") for m in some)))
    return hits
