"""Nominee, as slowly and readably as possible."""

from __future__ import annotations

from typing import Any

from naive_known import told
from naive_owned import day, holder, on, posts
from naive_patterns import Move, Shown, limit, moves

from followmoney.graph import FlowGraph

LOOSE = {"times": 1, "posts": 1, "least": {"EUR": 5_000, "GBP": 1}}


def twin(p: Any, graph: FlowGraph) -> set[Shown]:
    every, who, ids = moves(graph), holder(graph), graph.vertices["id"].to_list()
    parties = {row["id"]: row for row in graph.ledger.parties.to_dicts()}
    interests, conductor = graph.ledger.interests.to_dicts(), told(graph, "conductor")
    hits: set[Shown] = set()
    for me, party in parties.items():
        if me not in who:
            continue
        for stranger in {*parties, *conductor} - {me, None, party["name"]}:

            def owners(when: Any, me: str = me) -> set[str]:
                return {i["owner"] for i in interests if i["owned"] == me and on(i, when)}

            mine: list[tuple[Move, bool]] = []
            for m in every:
                when = day(m.time)
                known = {stranger, *(i for i, row in parties.items() if row["name"] == stranger)}
                own = known & (owners(when) | posts(graph, "director", me, when))
                under = stranger in posts(graph, "signatory", me, when) | posts(graph, "signatory", ids[m.payer], when)
                if who[m.payer] == me and who[m.payee] != me and not own and (under or conductor[m.at] == stranger):
                    mine.append((m, under))
            for currency in {m.paid_in for m, _ in mine}:
                some, least = [(m, under) for m, under in mine if m.paid_in == currency], limit(p.least, currency)
                by_hand = sum(conductor[m.at] == stranger for m, _ in some)
                if least is None or sum(m.paid for m, _ in some) < least:
                    continue
                if not any(under for _, under in some) and by_hand < p.times:
                    continue
                when = day(some[0][0].time)
                nominees = posts(graph, "nominee", me, when)
                fronts = (
                    {me} if party["kind"] == "person" else owners(when) | posts(graph, "director", me, when) | nominees
                )
                signs = bool(nominees) + 0
                counts: list[int] = []
                for front in fronts:
                    stands = {i["owned"] for i in interests if i["owner"] == front and on(i, when)}
                    stands |= {
                        r["of"] for r in graph.ledger["roles"].to_dicts()
                        if r["party"] == front and r["kind"] in ("director", "nominee") and on(r, when)
                    }  # fmt: skip
                    counts.append(len({c for c in stands if c in parties and parties[c]["kind"] == "company"}))
                signs += max(counts, default=0) >= p.posts
                persons = [parties[o] for o in {me} | owners(when) if parties[o]["kind"] == "person"]
                born = [person["founded"] for person in persons if person["founded"]]
                ages = [when.year - b.year - ((when.month, when.day) < (b.month, b.day)) for b in born]
                signs += not all(p.young <= age <= p.old for age in ages)
                if signs >= p.signs:
                    hits.add((some[0][0].payer, frozenset((m.at, "out") for m, _ in some)))
    return hits
