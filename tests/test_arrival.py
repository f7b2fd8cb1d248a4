"""Earliest arrival: equal to walking every way, for one claim and for many at once."""

from datetime import date, timedelta

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_paths import arrival as walked
from naive_paths import end, name
from random_ledgers import drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion, _reach, catalogue
from followmoney.tracing.arrival import arrival, arrivals

LEDGER = """
party P1 person "Ana" ES
account A holder=P1 IBAN ES
asset V1 vehicle "Car" holder=P1 9,000.00 EUR by=t7
2024-03-01 ? -> A 1,000.00 #c1
2024-03-02 A -> B 600.00 #t1
2024-03-03 A -> C 0.01 #t2
2024-03-04 B -> D 500.00 #t3
2024-03-05 C -> D 300.00 #t4
2024-03-06 D -> E 700.00 #t5
2024-03-07 ? -> C 300.00 #c2
2024-03-20 B -> E 100.00 #t6
2024-03-21 E -> Dealer 400.00 #t7
2024-03-22 E -> cash 40.00 #t8
2024-03-23 cash -> Q 40.00 #t9
2024-03-24 Dealer -> Z 40.00 #t10
"""


def graph(text=LEDGER):
    return fm.FlowGraph(fm.sketch(text))


def found(frame):
    """(kind, name) → transaction and hops."""
    rows = frame.iter_rows(named=True)
    return {(row["kind"], row["account"]): (row["transaction"], row.get("hops")) for row in rows}


def test_everything_that_can_be_reached_and_when_first_in_how_few_transactions():
    assert found(arrival(graph(), "c1")) == {
        ("account", "A"): ("c1", 0), ("account", "B"): ("t1", 1), ("account", "C"): ("t2", 1),
        ("account", "D"): ("t3", 2), ("account", "E"): ("t5", 3), ("asset", "V1"): ("t7", 3),
        ("cash", "(cash EUR)"): ("t8", 3),
    }  # fmt: skip
    frame = arrival(graph(), "c1")
    assert frame.columns == [
        "account", "kind", "holder", "name", "country", "first_arrived", "transaction", "hops",
    ]  # fmt: skip
    assert frame["account"].to_list() == ["A", "B", "C", "D", "E", "V1", "(cash EUR)"]
    assert frame.row(0)[2:5] == ("P1", "Ana", "ES")
    assert frame.row(5)[2:4] == ("P1", "Ana")
    assert frame["first_arrived"].dt.date().to_list()[:2] == [date(2024, 3, 1), date(2024, 3, 2)]


def test_a_trace_says_what_came_under_its_rule():
    frame = fm.trace(graph(), "c1", "fifo").arrival()
    assert dict(frame.select("account", "carries").iter_rows()) == {
        "A": True, "B": True, "C": True, "D": True, "E": True, "V1": True, "(cash EUR)": True,
    }  # fmt: skip
    more = "balance C 2024-01-01 900.00 EUR opening\n" + LEDGER.replace("#t3", '#t3 "late"').replace("B -> D", "B -> X")
    carries = dict(fm.trace(graph(more), "c1", "fifo").arrival().select("account", "carries").iter_rows())
    assert carries["C"]
    assert not carries["D"]


def test_limits_of_time_hold():
    assert set(found(arrival(graph(), "c1", until="2024-03-03"))) == {("account", x) for x in "ABC"}
    assert set(found(arrival(graph(), ["c1", "c2"], within=timedelta(days=2)))) == {("account", x) for x in "ABC"}


def test_asserted_ends_end_the_way():
    said = [Assertion("pooled", ("D",), "an e-money account", "K. Ruiz", date(2024, 5, 1)),
            Assertion("fee", ("t6",), "a charge", "K. Ruiz", date(2024, 5, 1))]  # fmt: skip
    reached = found(fm.trace(graph(), "c1", "fifo", assertions=said).arrival())
    assert reached == {
        ("account", "A"): ("c1", 0), ("account", "B"): ("t1", 1), ("account", "C"): ("t2", 1),
        ("pooled", "D"): ("t3", 2), ("fee", "E"): ("t6", 2),
    }  # fmt: skip


def test_each_of_many_claims_by_itself():
    frame = arrivals(graph(), {"x": "c1", "y": ["c2", "t4"], "z": []} | {"z": "c2"})
    assert frame.columns == [
        "claim", "account", "kind", "holder", "name", "country", "first_arrived", "transaction",
    ]  # fmt: skip
    assert frame["claim"].unique(maintain_order=True).to_list() == ["x", "y", "z"]
    assert frame.filter(claim="y")["account"].to_list() == ["D", "E", "C", "V1", "(cash EUR)"]
    assert frame.filter(claim="z")["account"].to_list() == ["C"]


def test_claims_without_transactions_and_unknown_ones_say_so():
    with pytest.raises(SettingsError, match="Claim 'z' has no transaction"):
        arrivals(graph(), {"x": "c1", "z": []})
    with pytest.raises(SettingsError, match="No claim"):
        arrivals(graph(), {})
    with pytest.raises(SettingsError, match="cannot be negative"):
        arrival(graph(), "c1", within=timedelta(days=-1))
    with pytest.raises(SettingsError, match="Unknown transaction 'c9'"):
        arrival(graph(), "c9")


def named(trace, found):
    return {there: (name(trace, at), hops) for there, (at, hops) in found.items()}


@given(ledger=drawn(), days=st.none() | st.integers(0, 8))
def test_walking_every_way_finds_the_same(ledger, days):
    check_one(ledger, days)


@examples(25)
@given(ledger=drawn(), days=st.none() | st.integers(0, 8))
def test_the_compiled_pass_equals_the_plain_one(ledger, days):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_reach, "fit", lambda kernel, _: kernel)
        check_one(ledger, days)
        check_many(ledger, days)


@examples(30)
@given(ledger=drawn(), days=st.none() | st.integers(0, 8))
def test_many_claims_at_once_are_as_many_claims_one_by_one(ledger, days):
    check_many(ledger, days)


def check_one(ledger, days):
    within = None if days is None else timedelta(days=days)
    trace = fm.trace(graph(ledger.text()), ledger.claim, "pro_rata")
    micros = None if within is None else days * 86_400_000_000
    record = trace.record
    expected = named(trace, walked(record, set(record.tape.claims.tolist()), micros))
    assert found(arrival(trace.graph, ledger.claim, within=within)) == expected
    frame = trace.arrival(within)
    assert found(frame) == expected
    carried = {end(record, at) for at in np.flatnonzero(trace.outcome.arrived > 0).tolist()}
    rows = frame.select("kind", "account", "carries").iter_rows()
    assert all(carries == ((kind, account) in carried) for kind, account, carries in rows)


def check_many(ledger, days):
    within = None if days is None else timedelta(days=days)
    g = graph(ledger.text())
    ids = g.ledger.numbered["id"].to_list()
    claims = {"first": ids[:1], "last": ids[-1:], "claim": list(ledger.claim), "several": ids[:4]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_reach, "_AT_ONCE", 3)  # and not 64: two passes
        together = arrivals(g, claims, within=within)
    for claim, its in claims.items():
        mine = together.filter(claim=claim).drop("claim")
        assert mine.equals(arrival(g, its, within=within).drop("hops"))


@examples(15)
@given(ledger=drawn())
def test_no_rule_brings_claim_money_elsewhere(ledger):
    g = graph(ledger.text())
    reached = set(found(arrival(g, ledger.claim)))
    for rule in catalogue():
        trace = fm.trace(g, ledger.claim, rule)
        carried = np.flatnonzero((trace.outcome.arrived > 0) & (trace.record.tape.amount > 0)).tolist()
        assert {end(trace.record, at) for at in carried} <= reached
