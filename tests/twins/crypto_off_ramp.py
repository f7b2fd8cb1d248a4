"""Crypto off-ramp, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import sectors, told, vertices
from naive_patterns import HOUR, Move, Shown, limit, moves, share, together

from followmoney.graph import FlowGraph

LOOSE = {"hours": 48, "low": 0.2, "high": 3, "least": {"EUR": 5_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    known, sector = vertices(graph), sectors(graph)
    wallets = {v for v, row in enumerate(known) if row.get("scheme") == "wallet"}
    owners = {known[v]["holder"] for v in wallets} - {None}
    theirs = {v for v, row in enumerate(known) if row.get("holder") in owners and sector[v] in ("64", "65", "66")}
    those = wallets | theirs
    crypto = [c == "crypto" for c in told(graph, "channel")]
    every = [m for m in moves(graph) if m.payer != m.payee]
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        if graph.outside[account] or account in those:
            continue
        for c in {m.got_in for m in every}:
            sold = [m for m in every if m.payee == account and m.got_in == c and (crypto[m.at] or m.payer in those)]
            left = [m for m in every if m.payer == account and m.paid_in == c]
            left = [m for m in left if not crypto[m.at] and m.payee not in those]
            least, windows = limit(p.least, c), list[tuple[set[int], set[int]]]()
            for first in sold:
                end = first.time + p.hours * HOUR
                came = [m for m in sold if m.at >= first.at and m.time <= end]
                gone = [m for m in left if m.at > first.at and m.time <= end]
                total, out = sum(m.got for m in came), sum(m.paid for m in gone)
                good = least is not None and total >= least and bool(gone)
                if good and share(p.low) * total <= out <= share(p.high) * total:
                    windows.append((at(came), at(gone)))
            for group in together(came for came, _ in windows):
                gone = set().union(*(gone for came, gone in windows if came <= group))
                hits.add((account, frozenset({(x, "in") for x in group} | {(x, "out") for x in gone})))
    return hits


def at(rows: list[Move]) -> set[int]:
    return {m.at for m in rows}
