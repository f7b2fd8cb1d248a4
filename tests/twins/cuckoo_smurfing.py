"""Cuckoo smurfing, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_cash import below
from naive_known import countries, held, holders, told
from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"depositors": 1, "days": 4, "off": 0.3, "least": {"EUR": 100, "GBP": 1}, "most": 4, "remembered": 2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    country, conductor = countries(graph), told(graph, "conductor")
    holder, name = held(graph), [row.get("name") for row in holders(graph)]

    def depositor(m: Move) -> Any:
        if conductor[m.at] is not None:
            return None if conductor[m.at] in {holder[m.payee], name[m.payee]} else conductor[m.at]
        own = holder[m.payer] is not None and holder[m.payer] == holder[m.payee]
        return None if graph.outside[m.payer] or own else m.payer

    def foreign(m: Move) -> bool:
        known = country[m.payer] and country[m.payee]
        return bool(known) and country[m.payer] != country[m.payee] and not m.cash

    every = moves(graph)
    cash = [m for m in below(p, graph) if depositor(m) is not None and limit(p.least, m.got_in) is not None]
    hits: set[Shown] = set()
    for account, currency in {(m.payee, m.got_in) for m in cash}:
        mine = [m for m in cash if (m.payee, m.got_in) == (account, currency)]
        sent = [m for m in every if (m.payee, m.got_in) == (account, currency) and foreign(m)]
        start = 0
        while start < len(mine):
            before = [m for m in sent if m.at < mine[start].at][-p.remembered :]
            ends = range(start + 1, min(start + p.most, len(mine)) + 1)
            for end in ends:
                run = mine[start:end]
                total = sum(m.got for m in run)
                near = [m for m in before if abs(total - m.got) <= share(p.off) * m.got]
                people = {depositor(m) for m in run}
                soon = run[-1].time - run[0].time <= p.days * DAY
                least = limit(p.least, currency) or 0
                if soon and len(people) >= p.depositors and total >= least and near:
                    best = min(near, key=lambda m: (abs(total - m.got), -m.at))
                    hits.add((account, frozenset({(m.at, "in") for m in run} | {(best.at, "link")})))
                    start = end - 1
                    break
            start += 1
    return hits
