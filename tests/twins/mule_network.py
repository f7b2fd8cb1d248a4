"""Mule network, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_patterns import Shown, moves, share, together

from followmoney.graph import FlowGraph
from twins import mule

LOOSE = mule.LOOSE | {"accounts": 2, "share": 0.25}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every = moves(graph)
    shown: dict[int, set[tuple[int, str]]] = {}
    for account, rows in mule.twin(p, graph):
        shown.setdefault(account, set()).update(rows)
    payees: dict[int, set[int]] = {}
    for account, rows in shown.items():
        for at, role in rows:
            if role == "out" and not graph.outside[every[at].payee]:
                payees.setdefault(every[at].payee, set()).add(account)
    payees = {v: of for v, of in payees.items() if links(p, of, {m.payer for m in every if m.payee == v} - {v})}
    having: dict[str, set[int]] = {}
    for account in range(len(graph.vertices)):
        for key in identifiers(graph, account):
            having.setdefault(key, set()).add(account)
    groups = [*payees.values(), *(of & shown.keys() for of in having.values() if links(p, of & shown.keys(), of))]
    hits: set[Shown] = set()
    for network in together([*({account} for account in shown), *groups]):
        rows = set().union(*(shown[account] for account in network))
        paid = {v: [at for at, _ in rows if every[at].payee == v] for v, of in payees.items() if of & network}
        ranked = sorted(paid, key=lambda v: (-len(payees[v]), -len(paid[v]), min(paid[v])))
        if len(network) >= p.accounts:
            hits.add(((ranked or [every[min(rows)[0]].payee])[0], frozenset(rows)))
    return hits


def links(p: Any, mules: set[int], others: set[int]) -> bool:
    return len(mules) > 1 and len(mules) >= share(p.share) * len(others)


def identifiers(graph: FlowGraph, account: int) -> set[str]:
    vertex, ledger = graph.vertices.row(account, named=True), graph.ledger
    holder = vertex.get("holder")
    roles = {r["party"] for r in ledger["roles"].to_dicts() if r["of"] in {vertex["id"], holder} - {None}}
    homes = [a for a in ledger["addresses"].to_dicts() if a["party"] == holder and None not in {a["street"], a["city"]}]
    places = {f"{a['street']}|{a['postcode']}|{a['city']}" for a in homes if a["postcode"] is not None}
    return ({holder} - {None}) | roles | places
