"""Pass-through, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import HOUR, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"hours": 24, "left": 0.5, "low": 0.7}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = [m for m in moves(graph) if m.payer != m.payee]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        for currency in {m.got_in for m in every if m.payee == account}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            mine = [
                (m.at, m.time, m.got if m.payee == account else -m.paid)
                for m in every
                if (m.payee == account and m.got_in == currency) or (m.payer == account and m.paid_in == currency)
            ]
            balance = [sum(x for *_, x in mine[:k]) for k in range(len(mine) + 1)]
            end = len(mine) - 1
            while end >= 0:
                inside = [k for k in range(end + 1) if mine[end][1] - mine[k][1] <= p.hours * HOUR]
                begin = next((k for k in inside if mine[k][2] > 0), None)
                if mine[end][2] < 0 and begin is not None:
                    came = sum(x for *_, x in mine[begin : end + 1] if x > 0)
                    gone = -sum(x for *_, x in mine[begin : end + 1] if x < 0)
                    stays = balance[end + 1] - min(balance)
                    passed = share(p.low) * came <= gone <= share(p.high) * came
                    if came >= least and passed and stays <= share(p.left) * came:
                        shown = ((at, "in" if x > 0 else "out") for at, _, x in mine[begin : end + 1])
                        hits.add((account, frozenset(shown)))
                        end = begin
                end -= 1
    return hits
