"""What a pattern can see besides who paid whom: further columns of transactions, accounts and holders."""

from __future__ import annotations

import followmoney as fm
from followmoney.engines import Slice
from followmoney.graph import FlowGraph
from followmoney.patterns._context import NEVER, UNKNOWN
from followmoney.patterns._flows import Flows

KNOWN = """
party P1 person "Ana" ES
account A holder=P1 IBAN ES opened=2024-01-01
2024-03-04 cash -> A 9,500.00 place=Antwerp
2024-03-05 A -> B 9,000.00
"""


def test_a_pattern_sees_what_the_ledger_says_besides() -> None:
    graph = FlowGraph(fm.sketch(KNOWN))
    flows = Flows.of(graph).knowing(["place", "terminal", "account.opened", "party.kind", "party.id"])
    place, kind, holder = flows.known["place"], flows.known["party.kind"], flows.known["party.id"]
    assert [place.names[v] if v >= 0 else None for v in place.values] == ["Antwerp", None]
    assert flows.known["terminal"].empty
    assert place.number("Lyon") not in place.values
    assert (kind.names[kind.values[graph.vertex("A")]], list(holder.names)) == ("person", ["P1"])
    assert holder.values[graph.vertex("B")] == UNKNOWN
    opened = flows.known["account.opened"].values
    assert (opened[graph.vertex("A")], opened[graph.vertex("B")]) == (1_704_067_200_000_000, NEVER)
    later = flows.cut(Slice(low=int(graph.time[1])))
    assert later.known["place"].values.tolist() == [UNKNOWN]
    assert later.known["party.kind"] is kind
    folded = Flows.of(graph.fold("party")).knowing(["party.kind", "account.opened"])
    assert list(folded.known["party.kind"].names) == ["person"]


def test_after_a_fold_a_holder_is_as_old_as_its_oldest_account() -> None:
    more = """
    account A2 holder=P1 opened=2019-06-01
    account A3 holder=P1 opened=2022-01-01
    account C opened=2020-01-01
    party P2 company
    owns P1 P2 100%
    account D holder=P2 opened=2018-01-01
    2024-03-06 A3 -> C 100.00
    2024-03-06 D -> C 100.00
    """
    graph = FlowGraph(fm.sketch(KNOWN + more))
    for folded, oldest in ((graph.fold("party"), 18_048), (graph.fold("beneficial_owner"), 17_532)):
        opened = Flows.of(folded).knowing(["account.opened"]).known["account.opened"].values
        assert opened[[folded.vertex("P1"), folded.vertex("C")]].tolist() == [
            day * 86_400_000_000 for day in (oldest, 18_262)
        ]
        assert opened[folded.vertex("B")] == NEVER
