"""Paths: the strongest ways to a destination, equal to a search that tries every way."""

from datetime import date, timedelta

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_paths import goes_to, name, paths
from random_ledgers import Drawn, drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion, _path_frame, _path_search, _ways
from followmoney.tracing.paths import sentences

LEDGER = """
2024-03-01 ? -> A 1,000.00 #c1
2024-03-02 A -> B 600.00 #t1
2024-03-03 A -> C 400.00 #t2
2024-03-04 B -> D 500.00 #t3
2024-03-05 C -> D 300.00 #t4
2024-03-06 D -> E 700.00 #t5
2024-03-20 B -> E 100.00 #t6
asset V1 vehicle "Car" 9,000.00 EUR by=t7
2024-03-21 E -> Dealer 400.00 #t7
"""


def listed(frame):
    parts = frame.partition_by("path", maintain_order=True)
    return [(part["transaction"].to_list(), part["strength"][0]) for part in parts]


def test_strongest_first_with_the_smallest_claim_part_as_strength():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    found = trace.paths("E")
    assert listed(found) == [
        (["c1", "t1", "t3", "t5"], 50_000), (["c1", "t2", "t4", "t5"], 30_000), (["c1", "t1", "t6"], 10_000),
    ]  # fmt: skip
    assert found.columns == [
        "path", "step", "transaction", "booked_at", "originator", "beneficiary", "amount", "claim", "strength",
        "currency", "originator_name", "beneficiary_name", "asset", "carried", "amount_received", "currency_received",
        "source", "row", "complete",
    ]  # fmt: skip
    assert found["step"].to_list()[:4] == [0, 1, 2, 3]
    assert found["carried"].to_list()[:4] == [100_000, 60_000, 50_000, 50_000]
    assert found["complete"].all()


def test_limits_on_number_hops_and_time_hold():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    assert len(listed(trace.paths("E", limit=1))) == 1
    assert listed(trace.paths("E", hops=2)) == [(["c1", "t1", "t6"], 10_000)]
    assert listed(trace.paths("E", within=timedelta(days=3))) == []
    assert [p for p, _ in listed(trace.paths("E", within=timedelta(days=5)))] == [
        ["c1", "t1", "t3", "t5"], ["c1", "t2", "t4", "t5"],
    ]  # fmt: skip


def test_an_asset_and_an_outside_end_are_destinations_and_a_payee_of_an_asset_is_not():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    assert listed(trace.paths("V1"))[0] == (["c1", "t1", "t3", "t5", "t7"], 40_000)
    assert len(trace.paths("Dealer")) == 0
    assert len(trace.paths("(unknown EUR)")) == 0


def test_strength_is_in_the_currency_that_arrives():
    ledger = fm.sketch(
        "2024-03-01 ? -> A 100.00 #c1\n2024-03-02 A -> B 100.00 EUR = 80.00 GBP\n2024-03-03 B -> C 70.00 GBP"
    )
    assert fm.trace(fm.FlowGraph(ledger), "c1").paths("C")["strength"].to_list() == [7_000] * 3
    assert fm.trace(fm.FlowGraph(ledger), "c1").paths("B")["strength"].to_list() == [8_000] * 2


def test_an_unknown_destination_and_senseless_limits_say_so():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    with pytest.raises(SettingsError, match=r"kind of exit 'Deeler'.*Did you mean 'Dealer'"):
        trace.paths("Deeler")
    with pytest.raises(SettingsError, match="limit=0"):
        trace.paths("E", limit=0)
    with pytest.raises(SettingsError, match="cannot be negative"):
        trace.paths("E", within=timedelta(days=-1))
    with pytest.raises(SettingsError, match="hops=0"):
        trace.paths("E", hops=0)
    with pytest.raises(SettingsError, match=r"Unknown order of paths 'fast'\. Did you mean 'fastest'"):
        trace.paths("E", order="fast")


def test_the_fastest_come_first_or_those_with_fewest_transactions():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    assert [path for path, _ in listed(trace.paths("E", order="fastest"))] == [
        ["c1", "t1", "t3", "t5"], ["c1", "t2", "t4", "t5"], ["c1", "t1", "t6"],
    ]  # fmt: skip
    assert [path for path, _ in listed(trace.paths("E", order="fewest"))] == [
        ["c1", "t1", "t6"], ["c1", "t1", "t3", "t5"], ["c1", "t2", "t4", "t5"],
    ]  # fmt: skip


def test_tables_are_the_same_where_too_much_carries_claim_money_to_prepare_them(monkeypatch):
    ledger = fm.FlowGraph(fm.sketch(LEDGER))
    first = fm.trace(ledger, "c1").paths("V1")
    monkeypatch.setattr(_path_frame, "_KEPT", 0)
    trace = fm.trace(ledger, "c1")
    assert trace.paths("V1").equals(first)
    assert first["asset"].to_list()[-1] == "V1"
    assert trace.ways.table is None


def test_a_search_that_ends_at_its_guard_says_so(monkeypatch):
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    monkeypatch.setattr(_path_search, "_MOST_LOOKED_AT", 2)
    with pytest.raises(SettingsError, match="first 2 steps looked at"):
        trace.paths("E")
    monkeypatch.setattr(_path_search, "_MOST_LOOKED_AT", 12)
    some = trace.paths("E")
    assert 0 < len(listed(some)) < 3
    assert not some["complete"].any()


def test_money_changed_within_an_account_and_cash_linked_by_assertion_go_on():
    ledger = fm.sketch(
        "2024-03-01 ? -> A 100.00 #c1\n2024-03-02 A -> A 100.00 EUR = 80.00 GBP #t1\n2024-03-03 A -> B 70.00 GBP #t2\n"
        "2024-03-04 B -> cash 60.00 GBP #t3\n2024-03-05 cash -> C 60.00 GBP #t4\n"
    )
    said = [Assertion("link", ("t3", "t4"), "same day, same notes", "K. Ruiz", date(2024, 5, 1))]
    trace = fm.trace(fm.FlowGraph(ledger), "c1", "fifo", assertions=said)
    assert listed(trace.paths("C")) == [(["c1", "t1", "t2", "t3", "t4"], 6_000)]
    assert trace.paths("C")["carried"].to_list() == [10_000, 8_000, 7_000, 6_000, 6_000]
    assert len(fm.trace(fm.FlowGraph(ledger), "c1", "fifo").paths("C")) == 0


def test_round_trips_are_not_gone_round():
    ledger = "2024-03-01 ? -> A 100.00 #c1\n2024-03-02 A -> B 50.00 #t1\n2024-03-03 B -> A 50.00 #t2\n"
    trace = fm.trace(fm.FlowGraph(fm.sketch(ledger + "2024-03-04 A -> C 70.00 #t3")), "c1", "pro_rata")
    assert listed(trace.paths("C")) == [(["c1", "t3"], 7_000)]
    assert listed(trace.paths("A")) == [(["c1"], 10_000)]


def test_a_claim_transaction_that_carried_no_claim_money_is_no_step():
    ledger = fm.sketch("2024-03-01 ? -> A 100.00 #c1\n2024-03-01 A -> X 100.00 #t1\n2024-03-02 A -> B 70.00 #c2")
    trace = fm.trace(fm.FlowGraph(ledger), ["c1", "c2"], "fifo")
    assert listed(trace.paths("B")) == [(["c2"], 7_000)]


def test_paths_of_one_claimant_begin_with_his_claim():
    ledger = fm.sketch("2024-03-01 ? -> A 100.00 #c1\n2024-03-01 ? -> A 50.00 #c2\n2024-03-02 A -> B 150.00 #t1")
    trace = fm.trace(fm.FlowGraph(ledger), {"Ana": "c1", "Ben": "c2"}, "pro_rata")
    assert listed(trace.of("Ben").paths("B")) == [(["c2", "t1"], 5_000)]
    assert listed(trace.paths("B")) == [(["c1", "t1"], 10_000), (["c2", "t1"], 5_000)]


def test_one_path_in_sentences():
    named = 'party P1 person "Ana" ES\naccount A holder=P1 IBAN ES\n'
    more = "2024-03-02T12:00 ? -> B 100.00 #x1\n2024-03-22 E -> cash 10.00 #t8\n"
    trace = fm.trace(fm.FlowGraph(fm.sketch(named + LEDGER + more)), "c1", "pro_rata")
    path = trace.path("V1")
    assert path["running_claim"].to_list() == [100_000, 60_000, 42_857, 63_750, None]
    assert path["running_claim"].to_list()[:-1] == [
        trace.ledger(account).filter(id=step)["claim"].item()
        for account, step in (("A", "c1"), ("B", "t1"), ("D", "t3"), ("E", "t5"))
    ]  # fmt: skip
    assert path["sentence"].to_list() == sentences(path) == [
        "On 2024-03-01 an unknown payer paid A (Ana) EUR 1,000.00, which is claimed (source sketch, row 4).",
        "On 2024-03-02 A (Ana) paid B EUR 600.00, all of it claim money (source sketch, row 5).",
        "On 2024-03-04 B paid D EUR 500.00, of which EUR 428.57 was claim money (source sketch, row 7).",
        "On 2024-03-06 D paid E EUR 700.00, of which EUR 637.50 was claim money (source sketch, row 9).",
        "On 2024-03-21 E paid Dealer EUR 400.00 for V1, of which EUR 361.60 was claim money (source sketch, row 12).",
    ]  # fmt: skip
    assert sentences(trace.paths("cash", limit=1))[-1].startswith(
        "On 2024-03-22 E paid out EUR 10.00 in cash, of which"
    )
    assert listed(trace.path("P1")) == [(["c1"], 100_000)]


def days_apart(days):
    return None if days is None else timedelta(days=days)


NAMED = """party P1 person "Ana" ES
account A holder=P1 IBAN ES
account B holder=P1 IBAN FR
account C IBAN ES
"""
DESTINATIONS = ("A", "C", "D", "V1", "P1", "ES", "cash", "unknown", "asset", "debt")
questions = st.fixed_dictionaries({
    "to": st.sampled_from(DESTINATIONS), "order": st.sampled_from(("strongest", "fastest", "fewest")),
    "limit": st.integers(1, 5), "hops": st.integers(1, 5), "days": st.none() | st.integers(0, 9),
})  # fmt: skip


def check(ledger, rule, asked):
    """Compare with walking every way."""
    trace = fm.trace(fm.FlowGraph(fm.sketch(NAMED + ledger.text())), ledger.claim, rule)
    known = {
        *trace.graph.vertices["id"],
        *trace.graph.ledger.assets["id"],
        "P1",
        "ES",
        "cash",
        "unknown",
        "asset",
        "debt",
    }
    if asked["to"] not in known:
        return
    order, limit, hops, days = asked["order"], asked["limit"], asked["hops"], asked["days"]
    micros = None if days is None else days * 86_400_000_000
    walked = paths(trace, goes_to(trace, asked["to"]), order, hops, micros)[:limit]
    found = trace.paths(asked["to"], limit=limit, hops=hops, within=days_apart(days), order=order)
    assert listed(found) == [([name(trace, at) for at in path], strength) for path, strength in walked]
    assert found["complete"].all()
    last = found.group_by("path", maintain_order=True).last()
    assert last["carried"].to_list() == last["strength"].to_list()


@examples(60)
@given(ledger=drawn(), rule=st.sampled_from(("pro_rata", "fifo", "lowest_balance")), asked=questions)
def test_walking_every_way_finds_the_same(ledger, rule, asked):
    check(ledger, rule, asked)


@examples(50)
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(1, 60), st.integers(0, 2)), min_size=6, max_size=18
    ),
    asked=questions,
)
def test_many_ways_between_few_accounts(rows, asked):
    day, lines = 1, []
    for number, (a, b, amount, step) in enumerate(rows):
        day += step  # some on the same day
        lines.append(f"2024-01-{min(day, 28):02} {'?ABCD'[a]} -> {'ABCD'[b - 1]} {amount}.00 EUR #t{number:02}")
    check(Drawn((), tuple(lines), ("t00", "t01")), "pro_rata", asked)


@examples(40)
@given(ledger=drawn(), asked=questions)
def test_the_compiled_search_equals_the_plain_one(ledger, asked):
    with pytest.MonkeyPatch.context() as patch:
        for module in (_ways, _path_search):
            patch.setattr(module, "fit", lambda kernel, _: kernel)
        check(ledger, "pro_rata", asked)
