"""Shell, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import day, holder, on, posts
from naive_patterns import DAY, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"signs": 2, "days": 3, "young": 40_000, "passed": 0.5, "posts": 2, "least": {"EUR": 5_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, who = moves(graph), holder(graph)
    hits: set[Shown] = set()
    for party in graph.ledger.parties.to_dicts():
        me = party["id"]
        got = [m for m in every if who[m.payee] == me and who[m.payer] != me]
        big = [m for m in got if m.got >= (limit(p.least, m.got_in) or m.got + 1)]
        if party["kind"] not in ("company", "trust") or not big:
            continue
        first, when = big[0], day(big[0].time)
        inside = [
            m for m in got if first.at <= m.at and m.time <= first.time + p.days * DAY and m.got_in == first.got_in
        ]
        gone = [m for m in every if who[m.payer] == me and who[m.payee] != me and m.paid_in == first.got_in]
        gone = [m for m in gone if first.at <= m.at and m.time <= first.time + p.days * DAY]
        signs = [bool(posts(graph, kind, me, when)) for kind in ("agent", "nominee")]
        age = (when - party["founded"]).days * DAY + first.time % DAY if party["founded"] else -1
        signs.append(0 <= age < p.young * DAY)
        came, left = sum(m.got for m in inside), sum(m.paid for m in gone)
        signs.append(share(p.passed) * came <= left <= share(p.most) * came)
        companies = {x["id"] for x in graph.ledger.parties.to_dicts() if x["kind"] in ("company", "trust")}
        roles = [r for r in graph.ledger["roles"].to_dicts() if r["kind"] == "director" and on(r, when)]
        directed = [
            len({r["of"] for r in roles if r["party"] == d} & companies) for d in posts(graph, "director", me, when)
        ]
        signs.append(max(directed, default=0) >= p.posts)
        if sum(signs) >= p.signs:
            hits.add((first.payee, frozenset((m.at, "in") for m in inside if m in big)))
    return hits
