"""Whom to freeze: the worked example, proof against every subset, time, banks, what a freeze would have kept."""

from itertools import combinations

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.graph.adapter import maximum_flow
from followmoney.tracing._hitting import fewest
from followmoney.tracing.cuts import cut
from followmoney.tracing.frozen import frozen

CHOKE = """
account M1 institution=ONE PT
account M2 institution=ONE PT
account M3 institution=TWO PT
account F institution=TWO PT
2024-01-01T08:00 S -> M1 100 #c1
2024-01-01T08:01 S -> M2 100 #c2
2024-01-01T08:02 S -> M3 100 #c3
2024-01-02T08:00 M1 -> F 100
2024-01-02T08:01 M2 -> F 100
2024-01-02T08:02 M3 -> F 60
2024-01-03 M3 -> X 40
2024-01-04 F -> X 260
"""
CLAIM = ["c1", "c2", "c3"]


def graph(text=CHOKE):
    return fm.FlowGraph(fm.sketch(text))


def test_the_worked_example_comes_out_exactly():
    found = cut(graph(), CLAIM, "X")
    assert found.before == found.stopped == 30000
    assert found.members == ("F", "M3")
    assert found.least
    assert dict(found.alone().iter_rows()) == {"F": 26000, "M1": 10000, "M2": 10000, "M3": 10000}
    assert found.frame["member"].to_list() == ["F", "M3"]
    assert found.frame["marginal"].to_list() == [26000, 4000]
    assert found.frame["left"].to_list() == [4000, 0]
    assert found.sentence == (
        "Freezing F, M3 stops EUR 300.00 of the EUR 300.00 that can get to account X; fewer would not do."
    )


def test_a_freeze_stops_only_what_comes_later():
    found = cut(graph(), CLAIM, "X", at="2024-01-04")
    assert (found.members, found.before, found.after) == (("F",), 30000, 4000)
    late = cut(graph(), CLAIM, "X", at="2024-01-05")
    assert (late.members, late.stopped) == ((), 0)
    assert late.sentence.startswith("No freeze from 2024-01-05 on changes the EUR 300.00")


def test_a_bank_or_a_country_is_frozen_as_one():
    assert cut(graph(), CLAIM, "X", by="institution").members == ("TWO",)
    found = cut(graph(), CLAIM, "X", by="country")
    assert (found.members, found.stopped) == (("PT",), 30000)
    assert "are of no known country" in found.notes[-1]
    with pytest.raises(SettingsError, match="names no institutions"):
        cut(graph("2024-01-01 ? -> A 1 #c1"), "c1", "A", by="institution")


def test_ways_that_never_meet_in_time_need_no_freeze():
    made = graph("""
        2024-01-01 ? -> A 100 #c
        2024-01-02 B -> X 50
        2024-01-03 A -> B 100
        2024-01-04 A -> X 10
    """)
    assert cut(made, "c", "X").before == 0


def test_where_two_ways_share_a_bottleneck_both_are_named():
    made = graph("""
        2024-01-01T01:00 ? -> A 100 #c
        2024-01-01T02:00 ? -> B 100 #d
        2024-01-02T01:00 A -> X 100
        2024-01-02T02:00 B -> X 100
        2024-01-03 X -> cash 100
    """)
    found = cut(made, ["c", "d"], "cash")
    assert found.members == ("X",)
    assert found.frame["marginal"].to_list() == [10000]


def sketches():
    payment = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 9)).filter(lambda p: p[0] != p[1])
    return st.lists(payment, min_size=1, max_size=14)


@examples(40)
@given(sketches())
def test_no_smaller_set_stops_as_much(payments):
    lines = ["2024-01-01 ? -> P0 20 #c"]
    for at, (payer, payee, money) in enumerate(payments):
        lines.append(f"2024-01-02T{at:02d}:00 P{payer} -> {'cash' if payee == 5 else f'P{payee}'} {money}")
    made = graph("\n".join(lines))
    found = cut(made, "c", "cash") if any(b == 5 for _, b, _ in payments) else None
    if found is None:
        return
    assert found.least
    freezer, everyone = found._freezer, range(len(found._names))
    floor = freezer.flow(list(everyone))[0]
    enough = [some for size in range(6) for some in combinations(everyone, size) if freezer.flow(some)[0] <= floor]
    assert len(found.members) == len(min(enough, key=len))
    assert freezer.flow([found._names.index(m) for m in found.members])[0] == floor
    assert found.frame["marginal"].sum() == found.stopped


@given(st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=4), max_size=8))
def test_the_fewest_members_hit_every_set(sets):
    found = fewest(sets)
    assert all(some & set(found) for some in sets)
    sizes = [n for n in range(8) for chosen in combinations(range(7), n) if all(some & set(chosen) for some in sets)]
    assert len(found) == min(sizes)


def test_what_a_freeze_would_have_kept():
    found = frozen(graph(CHOKE + "2024-01-05 X -> cash 300\n"), CLAIM, "F", "2024-01-04")
    assert (found.least, found.most, found.before) == (26000, 26000, (0, 0))
    assert (found.leaves, found.leaves_before) == (4000, 30000)
    assert found.stopped["id"].to_list() == ["t8"]
    assert found.sentence.startswith("Had F been frozen on 2024-01-04, exactly EUR 260.00 of the claim would be there")
    with pytest.raises(SettingsError, match="cannot be frozen"):
        frozen(graph("2024-01-01 ? -> A 1 #c"), "c", "(unknown EUR)", "2024-01-01")


def test_a_freeze_before_the_first_payment_keeps_the_whole_claim():
    made = graph("2024-01-01 ? -> A 70\n2024-01-02 ? -> A 100 #c\n2024-01-03 A -> B 120\n2024-01-04 B -> A 30")
    assert frozen(made, "c", "A", "2024-01-02").least == 10000
    later = frozen(made, "c", "A", "2024-01-04")
    assert (later.least, later.most) == later.before


@examples(60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 20)), max_size=20))
def test_the_maximum_flow_is_that_of_networkx(arcs):
    import networkx as nx

    arcs = [arc for arc in arcs if arc[0] != arc[1]]
    tails, heads, caps = (np.array([arc[n] for arc in arcs], np.int64) for n in range(3))
    value, flow, side = maximum_flow(6, tails, heads, caps, 0, 5)
    other = nx.DiGraph()
    other.add_nodes_from(range(6))
    for tail, head, cap in arcs:
        before = other.get_edge_data(tail, head, {"capacity": 0})["capacity"]
        other.add_edge(tail, head, capacity=before + cap)
    assert value == nx.maximum_flow_value(other, 0, 5)
    assert ((flow >= 0) & (flow <= caps)).all()
    assert side[0]
    assert not side[5]
    assert caps[side[tails] & ~side[heads]].sum() == value


def test_a_claim_transaction_is_not_among_the_payments_that_a_freeze_stops():
    text = "2024-03-04 ? -> A 100.00 EUR #t1\n2024-03-05 A -> B 60.00 EUR #t2\n2024-03-06 A -> C 20.00 EUR #t3"
    found = frozen(fm.FlowGraph(fm.sketch(text)), ["t1", "t2"], "A", "2024-03-05")
    assert found.stopped["id"].to_list() == ["t3"]
    assert (found.before, found.least, found.most) == ((2_000, 2_000), 4_000, 4_000)
