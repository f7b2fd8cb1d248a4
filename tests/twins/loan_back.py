"""Loan-back, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_owned import holder, months, owners, purposes
from naive_patterns import DAY, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"days": 3, "funded": 0.2, "months": 1, "least": {"EUR": 1_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, who, purpose = moves(graph), holder(graph), purposes(graph)
    groups: dict[tuple[Any, Any, str], set[tuple[int, str]]] = {}
    for loan in every:
        lender, borrower, least = who[loan.payer], who[loan.payee], limit(p.least, loan.got_in)
        if "loan" not in purpose[loan.at] or lender == borrower or least is None or loan.got < least:
            continue
        if graph.outside[loan.payer] or graph.outside[loan.payee]:
            continue
        later = [m for m in every if m.at > loan.at and who[m.payer] == borrower and who[m.payee] == lender]
        if len(months(later)) >= p.months:
            continue
        mine = owners(graph, borrower, loan.time, p.owned)
        payers = {who[m.payer] for m in every if m.at < loan.at and who[m.payee] == lender}
        side = {borrower} | {one for one in payers if mine & owners(graph, one, loan.time, p.owned)}
        before = [
            m
            for m in every
            if m.at < loan.at
            and m.time >= loan.time - p.days * DAY
            and who[m.payer] in side - {lender}
            and who[m.payee] == lender
            and m.got_in == loan.paid_in
        ]
        paid = bool(before) and sum(m.got for m in before) >= share(p.funded) * loan.paid
        goes_on = every[-1].time >= loan.time + p.days * DAY
        if paid or (goes_on and mine & owners(graph, lender, loan.time, p.owned)):
            shown = {(loan.at, "in")} | {(m.at, "out") for m in before if paid}
            groups.setdefault((lender, borrower, loan.got_in), set()).update(shown)
    first = {key: min(at for at, role in shown if role == "in") for key, shown in groups.items()}
    return {(every[first[key]].payee, frozenset(shown)) for key, shown in groups.items()}
