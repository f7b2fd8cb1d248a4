"""One table says what every figure depends on; own transfers are counted."""

from datetime import date

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.tracing import Assertion, catalogue
from followmoney.tracing._comparison import where

COLUMNS = [
    "kind", "id", "name", "currency", "claim", "rule_low", "rule_high", "order_low", "order_high", "opening_clean",
    "opening_claim", "asserted_without", "least", "most", "sentence",
]  # fmt: skip
MIXED = """
party P1 person "Ana Example" ES
account A holder=P1 ES
balance A 2024-01-01 10.00 opening
2024-01-02 ? -> A 90.00 #c
2024-01-03 A -> B 50.00 #d
"""


def traced(text, rule="lowest_balance", **more):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), "c", rule, **more)


def rows(its):
    return {row["id"]: row for row in its.sensitivity().to_dicts()}


def test_the_rule_can_matter_most():
    its = traced(MIXED, "fifo")
    table = its.sensitivity()
    assert table.columns == COLUMNS
    assert table["id"].to_list() == ["A", "B"]
    found = table.row(0)
    assert found[2:5] == ("Ana Example", "EUR", 5_000)
    assert found[5:14] == (4_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 4_000, 5_000)
    assert found[14] == "The rule matters most: EUR 40.00 to EUR 50.00."


def test_the_order_can_matter_most():
    text = "balance A 2024-01-01 0.00 opening\n2024-01-02 ? -> A 10.00 #c\n"
    row = rows(traced(text + "2024-01-03 A -> B 10.00\n2024-01-03 B -> C 10.00\n2024-01-03 B -> D 1.00"))["C"]
    assert (row["claim"], row["order_low"], row["order_high"]) == (1_000, 0, 1_000)
    assert row["sentence"] == "The order of transactions at the same time matters most: EUR 0.00 to EUR 10.00."


def test_an_opening_that_nobody_states_can_matter_most():
    row = rows(traced("2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> B 40.00 #d"))["B"]
    assert (row["claim"], row["opening_clean"], row["opening_claim"], row["most"]) == (3_000, 3_000, 4_000, 3_000)
    assert (
        row["sentence"]
        == "A balance nobody states matters most: EUR 30.00 without, EUR 30.00 if clean, EUR 40.00 if claimed."
    )


def test_what_an_analyst_asserts_can_matter_most():
    text = "2024-01-01 ? -> A 30.00 #c\n2024-01-02 A -> cash 30.00 #o\n2024-01-03 cash -> B 30.00 #p"
    link = Assertion("link", ("o", "p"), "The same notes.", "A. Analyst", date(2024, 5, 1))
    found = rows(traced(text, assertions=[link]))
    assert (found["B"]["claim"], found["B"]["asserted_without"]) == (3_000, 0)
    assert found["B"]["sentence"] == "What an analyst asserts matters most: EUR 30.00 with it, EUR 0.00 without."
    assert (found["(cash EUR)"]["claim"], found["(cash EUR)"]["asserted_without"]) == (0, 3_000)


def test_nothing_may_matter_and_a_gap_makes_it_an_upper_bound():
    text = "balance A 2024-01-01 0.00 opening\n2024-01-01 ? -> A 30.00 #c\n2024-02-01 ? -> X 1.00"
    assert rows(traced(text))["A"]["sentence"] == "Nothing that was looked at changes it: EUR 30.00."
    gap = rows(traced(f"statement A 2024-01-01 2024-01-31\n{text}"))["A"]
    assert gap["sentence"].endswith("EUR 30.00. It is at most that: a statement is missing from 2024-02-01 on.")


def test_on_a_long_ledger_costly_columns_are_empty_and_a_note_says_so(monkeypatch):
    for room in ("_comparison", "sensitivity", "_notes_open"):
        monkeypatch.setattr(f"followmoney.tracing.{room}.LONG", 1)
    its = traced(MIXED, "fifo")
    table = its.sensitivity()
    assert table.columns == COLUMNS
    empty = ["order_low", "order_high", "opening_clean", "opening_claim", "least", "most"]
    assert table.select(empty).null_count().row(0) == (len(table),) * 6
    assert table["sentence"][0] == "The rule matters most: EUR 40.00 to EUR 50.00."
    assert any("sensitivity() leaves out orders, openings and bounds" in note for note in its.notes)


@pytest.mark.parametrize(("linked", "own"), [("holder=P1", [False, True]), ("", [False, False])])
def test_payments_between_accounts_of_one_holder_are_marked_and_counted(linked, own):
    its = traced(f"account B {linked}\n{MIXED}", "fifo")
    assert its.transactions()["own"].to_list() == own
    said = "It moved in 2 payments; 1 of these are between accounts of one holder."
    assert (said in its.explain()) == own[1]
    assert traced("2024-01-02 ? -> A 90.00 #c").transactions()["own"].to_list() == [False]


@given(ledger=drawn(most=6), rule=st.sampled_from([name for name, rule in catalogue().items() if rule.conserving]))
@examples(8)
def test_every_interval_holds_the_chosen_figure(ledger, rule):
    its = fm.trace(fm.FlowGraph(fm.sketch(ledger.text())), ledger.claim, rule)
    table = its.sensitivity()
    for low, high in (("rule_low", "rule_high"), ("order_low", "order_high"), ("least", "most")):
        assert (table[low] <= table["claim"]).all()
        assert (table["claim"] <= table[high]).all()
    assert table["asserted_without"].to_list() == table["claim"].to_list()
    assert table["claim"].sum() == where(its)["claim"].sum()
