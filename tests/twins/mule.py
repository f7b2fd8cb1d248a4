"""Mule, as slowly and readably as possible."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from naive_owned import holder
from naive_patterns import DAY, HOUR, Move, Shown, limit, moves, share, together

from followmoney.graph import FlowGraph

LOOSE = {"payers": 2, "days": 1, "hours": 24, "low": 0.3, "high": 2, "age": 4, "silence": 0.25}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, party = moves(graph), holder(graph)
    hits: set[Shown] = set()
    for account in range(len(graph.vertices)):
        touching = [m for m in every if account in {m.payer, m.payee} and m.payer != m.payee]
        for currency in {m.got_in for m in touching if m.payee == account}:
            least = limit(p.least, currency)
            if graph.outside[account] or least is None:
                continue
            found: list[set[tuple[int, str]]] = []
            for s in touching:
                if s.payee == account and s.got_in == currency and fresh(p, graph, account, [every[0], *touching], s):
                    came, gone = window(p, account, currency, s, touching)
                    total, left = sum(m.got for m in came), sum(m.paid for m in gone)
                    who = {party[m.payer] for m in came if not graph.outside[m.payer]} - {party[account]}
                    passed = share(p.low) * total <= left <= share(p.high) * total
                    if len(who) >= p.payers and total >= least and passed:
                        found.append({(m.at, "in") for m in came} | {(m.at, "out") for m in gone})
            hits |= {(account, frozenset(c)) for c in together(found)}
    return hits


def window(p: Any, account: int, currency: str, s: Move, touching: list[Move]) -> tuple[list[Move], list[Move]]:
    later = [m for m in touching if m.at >= s.at]
    came = [m for m in later if m.payee == account and m.got_in == currency and m.time <= s.time + p.days * DAY]
    end = came[-1].time + p.hours * HOUR
    return came, [m for m in later if m.payer == account and m.paid_in == currency and m.time <= end]


def fresh(p: Any, graph: FlowGraph, account: int, moves_since: list[Move], s: Move) -> bool:
    births: list[float] = []
    opened = graph.vertices["opened"][account] if "opened" in graph.vertices.columns else None
    if opened is not None:
        births.append(datetime(opened.year, opened.month, opened.day, tzinfo=UTC).timestamp() * 1_000_000)
    until = [m for m in moves_since if m.at <= s.at]
    births += [m.time for before, m in pairwise(until) if m.time - before.time >= p.silence * DAY]
    return any(s.time - born < p.age * DAY for born in births)
