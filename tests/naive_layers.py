"""Layers of accounts that pay each other, as slowly and readably as possible: what `bipartite` and `stack` ask."""

from __future__ import annotations

from collections import Counter
from typing import Any

from naive_patterns import DAY, Move, Shown, joined, moves, share

from followmoney.graph import FlowGraph


def layered(p: Any, graph: FlowGraph, roles: list[str]) -> set[Shown]:
    every = moves(graph)
    dealings = Counter((m.payer, m.payee) for m in every)
    inside = [m for m in every if m.payer != m.payee and not graph.outside[[m.payer, m.payee]].any()]
    few = [m for m in inside if dealings[m.payer, m.payee] <= p.seen]
    hits: list[Shown] = []
    for begin in few:
        until = begin.time + p.days * DAY
        window = [m for m in few if m.at >= begin.at and m.time <= until]
        members = {m.payer: begin.at - 1 for m in window if m.payee == begin.payee}
        before, shown = set(members), set[tuple[int, str]]()
        for depth, role in enumerate(roles):
            if not p.payers <= len(members) <= p.most:
                break
            paid: dict[int, list[Move]] = {}
            for m in window:
                if m.payer in members and m.at > members[m.payer] and m.payee not in before:
                    paid.setdefault(m.payee, []).append(m)
            group = {
                account: mine
                for account, mine in paid.items()
                if len({m.payer for m in mine}) >= max(p.payers, share(p.dense) * len(members))
                and len(mine)
                >= share(p.share) * sum(m.payee == account and begin.time <= m.time <= until for m in every)
            }
            if not p.payees <= len(group) <= p.most or (depth == 0 and begin.payee not in group):
                break
            shown |= {(m.at, role) for mine in group.values() for m in mine}
            members = {account: mine[0].at for account, mine in group.items()}
            before |= set(group)
        else:
            hits.append((begin.payee, frozenset(shown)))
    return joined(hits)
