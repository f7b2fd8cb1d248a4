"""Ghost payroll, as slowly and readably as possible."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from naive_known import held, holders, told
from naive_patterns import DAY, Move, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"months": 1, "least": {"EUR": 1_000, "GBP": 1}, "returned": 0.1}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    of, party = held(graph), holders(graph)
    person = [row.get("kind") == "person" for row in party]
    home = addresses(graph)
    every, purpose = moves(graph), told(graph, "purpose")

    def may(m: Move) -> bool:
        least, same = limit(p.least, m.paid_in), of[m.payer] is not None and of[m.payer] == of[m.payee]
        unknown = party[m.payee].get("kind") is None
        known = person[m.payee] or (unknown and "nomina" in (purpose[m.at] or "").split())
        inside = not graph.outside[m.payer] and not graph.outside[m.payee] and m.payer != m.payee and not same
        return known and inside and not person[m.payer] and least is not None and m.paid >= least

    some = [m for m in every if may(m)]

    def stream(m: Move) -> tuple[Any, ...]:
        return m.payer, m.payee, m.paid_in, m.paid

    salaries = [m for m in some if len({month(x) for x in some if stream(x) == stream(m)}) >= p.months]
    found: dict[tuple[int, str], set[tuple[int, str]]] = {}
    own = [of[v] or f"account {v}" for v in range(len(of))]
    for place in (own, [home.get(h) for h in of]):
        for key in {(m.payer, m.paid_in, place[m.payee]) for m in salaries if place[m.payee] is not None}:
            mine = [m for m in salaries if (m.payer, m.paid_in, place[m.payee]) == key]
            full = [m for m in mine if sum(month(x) == month(m) for x in mine) >= p.employees]
            if len({month(m) for m in full}) >= p.months:
                found.setdefault(key[:2], set()).update((m.at, "out") for m in full)
    for key in {(m.payer, m.payee, m.paid_in) for m in salaries}:
        mine = [m for m in salaries if (m.payer, m.payee, m.paid_in) == key]
        ends = controllers(p, graph, of[key[0]])
        good: list[tuple[list[Move], list[Move]]] = []
        for day in {m.time // DAY for m in mine}:
            paid = [m for m in mine if m.time // DAY == day]
            upto = min([m.at for m in mine if m.time // DAY > day], default=len(every))
            back = [x for x in every if x.at < upto and returns(p, x, paid[-1], of, ends)]
            came, due = sum(x.paid for x in back), sum(m.paid for m in paid)
            if back and share(p.returned) * due <= came <= share(p.high) * due:
                good.append((paid, back))
        if good and len({month(m) for paid, _ in good for m in paid}) >= p.months:
            shown = {(m.at, "out") for paid, _ in good for m in paid} | {
                (x.at, "link") for _, back in good for x in back
            }
            found.setdefault((key[0], key[2]), set()).update(shown)
    return {(payer, frozenset(shown)) for (payer, _), shown in found.items()}


def returns(p: Any, x: Move, salary: Move, held: list[Any], ends: set[Any]) -> bool:
    within = x.at > salary.at and x.time <= salary.time + p.days * DAY
    return within and x.payer == salary.payee and x.paid_in == salary.paid_in and held[x.payee] in ends


def controllers(p: Any, graph: FlowGraph, holder: Any) -> set[Any]:
    roles = {
        r["party"]
        for r in graph.ledger["roles"].to_dicts()
        if r["of"] == holder and r["kind"] in ("director", "nominee")
    }
    owners = {
        r["owner"]
        for r in graph.ledger["interests"].to_dicts()
        if r["owned"] == holder and (r.get("share_max") or 0) >= p.control
    }
    return ({holder} | roles | owners) - {None} if holder is not None else set()


def addresses(graph: FlowGraph) -> dict[Any, Any]:
    columns = ("street", "postcode", "city", "country")
    rows = sorted(
        (r["party"], tuple(str(r.get(c) or "").lower() for c in columns))
        for r in graph.ledger["addresses"].to_dicts()
        if r.get("street")
    )
    found: dict[Any, Any] = {}
    for party, where in rows:
        found.setdefault(party, where)
    return found


def month(m: Move) -> tuple[int, int]:
    when = datetime.fromtimestamp(m.time // 1_000_000, UTC)
    return when.year, when.month
