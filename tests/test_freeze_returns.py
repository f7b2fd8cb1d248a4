"""What a freeze does to payments that come back, what bounds say of openings and ties, and claims nobody can make."""

from datetime import date

import pytest

import followmoney as fm
from followmoney.errors import SettingsError

RETURNED = """
2024-01-01 V -> X 10.00 EUR #t1
2024-01-02 X -> A 3.00 EUR #t2
2024-01-03 A -> X 3.00 EUR #t3 reverses=t2
"""
OTHERS = """
2024-01-04 D -> G 10.00 EUR #t4
2024-01-05 G -> D 10.00 EUR #t5 reverses=t4
"""


def traced(text, claim, rule="lowest_balance", **rest):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, **rest)


@pytest.mark.parametrize("text", [RETURNED, RETURNED + OTHERS])
def test_a_frozen_account_keeps_what_it_would_have_returned(text):
    found = traced(text, "t1").frozen("A", at="2024-01-01")
    assert (found.least, found.most) == (300, 300)


def test_what_a_frozen_account_never_paid_is_not_returned_to_it():
    found = traced(RETURNED, "t1").frozen("X", at="2024-01-02")
    assert (found.least, found.most) == (1_000, 1_000)


def test_bounds_say_where_an_opening_balance_nobody_states_would_change_them():
    its = traced("2024-03-04 X -> B 10.00 #t1\n2024-03-05 B -> C 10.00\n2024-03-06 B -> D 20.00", "t1")
    assert any("No opening balance is stated for 1 account" in note for note in its.bounds("C").notes)


def test_bounds_say_where_another_order_of_an_instant_would_change_them():
    its = traced("2024-03-04 X -> B 10.00 #t1\n2024-03-05 Y -> B 10.00 #t3\n2024-03-05 B -> C 10.00 #t2", "t1", "lifo")
    assert any("no posting sequence" in note for note in its.bounds("C").notes)


def test_a_claim_inside_another_counts_once_under_every_rule():
    text = "2024-01-03 B -> A 10.00 #t1\n2024-01-04 A -> cash 10.00 #t2"
    for rule in ("fifo", "pro_rata", "lowest_balance", "libr_cap"):
        assert traced(text, {"x": "t1", "y": "t2"}, rule).claimed == {"EUR": 1_000}


def test_an_asset_bought_for_two_parties_is_in_the_row_of_nobody():
    text = (
        'party P1 person "Ana" ES\nparty P2 person "Bob" DE\naccount A holder=P1 IBAN ES\n'
        "2024-01-03 V -> A 10.00 #t1\n2024-01-04 A -> S 10.00 #t2\n"
        'asset V1 real_estate "Villa" holder=P1 10.00 EUR by=t2\nasset V2 vehicle "Car" holder=P2 10.00 EUR by=t2'
    )
    held = traced(text, "t1").holders(by="party")
    assert held.select("party", "claim", "least", "most").rows() == [(None, 1_000, 1_000, 1_000)]


def test_a_claim_that_comes_after_the_end_gives_empty_tables():
    its = traced("2024-03-04 cash -> A 5.00 #t1", "t1", until="2024-03-01")
    assert [len(its.all_bounds()), len(its.sensitivity()), len(its.next_document())] == [0, 0, 0]


@pytest.mark.parametrize("claim", [{"": "t1"}, {1: "t1"}, 5, ["t1", 3], {"Ana": None}])
def test_a_claim_that_names_no_transactions_or_nobody_is_one_clear_error(claim):
    with pytest.raises(SettingsError):
        traced("2024-03-04 cash -> A 5.00 #t1", claim)


def test_a_backward_link_that_does_not_fit_is_refused_at_once():
    link = fm.Assertion("backward", ("t1", "t2"), "one plan", "A. Analyst", date(2024, 5, 1))
    with pytest.raises(SettingsError, match="was not paid by the account"):
        traced("2024-03-04 A -> B 5.00 #t1\n2024-03-05 C -> D 5.00 #t2", "t2", assertions=[link])
