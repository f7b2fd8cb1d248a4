"""Gather-scatter, as slowly and readably as possible."""

from __future__ import annotations

from collections import Counter
from typing import Any

from naive_patterns import DAY, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"payers": 2, "payees": 1, "seen": 4, "days": 2, "low": 0.5, "least": {"EUR": 5_000, "GBP": 1, "JPY": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    dealings = Counter((m.payer, m.payee) for m in every)
    inside = [m for m in every if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]
    few = [m for m in inside if dealings[m.payer, m.payee] <= p.seen]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        for currency in graph.currencies:
            least = limit(p.least, currency)
            mine = [m for m in few if currency == (m.got_in if m.payee == account else m.paid_in)]
            mine = [m for m in mine if account in {m.payer, m.payee}]
            end = len(mine) - 1
            while least is not None and end >= 0:
                window = [m for m in mine[: end + 1] if mine[end].time - m.time <= p.days * DAY]
                begin = next((m for m in window if m.payee == account), None)
                if mine[end].payer == account and begin is not None:
                    came = [m for m in window if m.payee == account]
                    gone = [m for m in window if m.payer == account and m.at > begin.at]
                    total, left = sum(m.got for m in came), sum(m.paid for m in gone)
                    many = len({m.payer for m in came}) >= p.payers and len({m.payee for m in gone}) >= p.payees
                    whole = len({m.payer for m in mine if m.payee == account})
                    many = many and len({m.payer for m in came}) >= share(p.share) * whole
                    whole = len({m.payee for m in mine if m.payer == account})
                    many = many and len({m.payee for m in gone}) >= share(p.share) * whole
                    if many and total >= least and share(p.low) * total <= left <= share(p.high) * total:
                        hits.add((account, frozenset([(m.at, "in") for m in came] + [(m.at, "out") for m in gone])))
                        end = mine.index(begin)
                end -= 1
    return hits
