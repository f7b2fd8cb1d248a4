"""Real estate integration, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import held, holders, sectors, told
from naive_patterns import DAY, Shown, limit, moves, share

from followmoney.graph import FlowGraph

LOOSE = {"least": {"EUR": 10_000}, "times": 3, "part": 0.1, "signs": 2}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, party, sector = moves(graph), holders(graph), sectors(graph)
    of, ids = held(graph), told(graph, "id")
    parties = {r["id"]: r for r in graph.ledger["parties"].to_dicts()}
    assets = [r for r in graph.ledger["assets"].to_dicts() if r["kind"] == "real_estate" and r.get("acquired_by")]
    bought = {a["id"]: {m.at for m in every if ids[m.at] in a["acquired_by"]} for a in assets}
    assert len({at for rows in bought.values() for at in rows}) == sum(map(len, bought.values()))  # no shared payment
    hits: set[Shown] = set()
    for asset in assets:
        owner = asset["holder"]
        for c in {m.paid_in for m in every if m.at in bought[asset["id"]]}:
            rows = [m for m in every if m.at in bought[asset["id"]] and m.paid_in == c]
            first, paid, least = rows[0], sum(m.paid for m in rows), limit(p.least, c)
            lead = first.time - p.lead * DAY
            came = [m for m in every if of[m.payee] == owner and m.got_in == c and of[m.payer] != owner]
            lately = [m for m in came if m.time >= lead and m.at < first.at]
            lent = sum(m.got for m in lately if sector[m.payer] == "64")
            lent += sum(m.paid for m in rows if sector[m.payer] == "64")
            signs: list[set[tuple[int, str]]] = []
            income, years = parties[owner].get("income"), (lead - every[0].time) // (365 * DAY)
            if parties[owner].get("income_currency") != c:
                income = None
            if income is None and years >= 1:
                income = share(sum(m.got for m in came if m.time < lead)) / int(years) or None
            if income is not None and paid > lent and paid - lent >= share(p.times) * income:
                signs.append(set())
            others = [m for m in rows if m.cash or (of[m.payer] != owner and sector[m.payer] != "64")]
            if others and sum(m.paid for m in others) >= share(p.part) * paid:
                signs.append(set())
            home = parties[owner].get("country")
            firms = [
                m
                for m in lately
                if party[m.payer].get("kind") == "company"
                and home
                and party[m.payer].get("country") not in (None, home)
            ]
            if firms and sum(m.got for m in firms) >= share(p.part) * paid:
                signs.append({(m.at, "in") for m in firms})
            alike = [
                a
                for a in assets
                if a["description"] and (a["description"], a["country"]) == (asset["description"], asset["country"])
            ]
            sold = {at for a in alike for at in bought[a["id"]]}
            again = [m for m in came if m.at in sold and m.at > first.at and m.time <= first.time + p.resale * DAY]
            if again and sum(m.got for m in again) >= share(p.part) * paid:
                signs.append({(m.at, "link") for m in again})
            if least is not None and paid >= least and len(signs) >= p.signs:
                own = sorted(
                    {m.payer for m in rows if of[m.payer] == owner},
                    key=lambda v: (-sum(m.paid for m in rows if m.payer == v), v),
                )
                own += (
                    [v for v in range(len(of)) if of[v] == owner]
                    + [m.payer for m in rows if not graph.outside[m.payer]]
                    + [rows[0].payee]
                )
                hits.add((own[0], frozenset({(m.at, "out") for m in rows}.union(*signs))))
    return hits
