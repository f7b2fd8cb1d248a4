"""Opening balances that nobody states: the figures if they were clean, and if they were claim money."""

from collections import Counter

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._comparison import where
from followmoney.tracing._unknown_opening import _claimed, _clean, implied

BEYOND = """
2024-01-01 ? -> A 30.00 #c
2024-01-02 A -> B 10.00 #d
2024-01-03 A -> C 40.00 #e
"""


def traced(text, rule="lowest_balance", claim="c"):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule)


def both(its):
    return {row["id"]: (row["opening_clean"], row["opening_claim"]) for row in its.openings().to_dicts()}


@pytest.mark.parametrize(
    ("rule", "clean"),
    [("lowest_balance", (0, 3_000)), ("fifo", (0, 3_000)), ("lifo", (1_000, 2_000)), ("pro_rata", (600, 2_400))],
)
def test_the_balance_that_payments_prove_counts_both_ways(rule, clean):
    # 20.00 was there before, or 50.00 could not have been paid
    assert both(traced(BEYOND, rule)) == {"B": (clean[0], 1_000), "C": (clean[1], 4_000)}


def test_a_stated_opening_leaves_nothing_unknown():
    for amount in ("20.00", "0.00"):
        its = traced(f"balance A 2024-01-01 {amount} opening\n{BEYOND}")
        assert both(its) == {row["id"]: (row["claim"],) * 2 for row in where(its).to_dicts()}
    later = traced(f"balance A 2024-01-03 20.00 opening\n{BEYOND}")
    assert both(later)["C"] == (3_000, 4_000)


def test_an_account_that_claim_money_never_reached_keeps_its_unknown_opening_to_itself():
    its = traced("2024-01-01 ? -> A 30.00 #c\n2024-01-02 X -> Y 10.00\n2024-01-02 Y -> A 10.00")
    assert both(its) == {"A": (3_000, 3_000)}


def test_the_notes_say_where_both_figures_are():
    assert any("openings() gives them both ways" in note for note in traced(BEYOND).notes)


def test_several_claimants_have_the_unknown_money_beside_them():
    its = traced(BEYOND + "2024-01-04 ? -> A 5.00 #f", "fifo", {"Ana": "c", "Ben": "f"})
    assert both(its) == {"A": (500, 500), "B": (0, 1_000), "C": (3_000, 4_000)}
    assert both(its.of("Ana")) == {"B": (0, 1_000), "C": (3_000, 4_000)}
    assert both(its.of("Ben")) == {"A": (500, 500), "B": (0, 1_000), "C": (0, 1_000)}


@given(ledger=drawn(), rule=st.sampled_from([name for name, rule in catalogue().items() if rule.conserving]))
@examples(25)
def test_both_ways_claim_money_is_neither_made_nor_lost(ledger, rule):
    its = fm.trace(fm.FlowGraph(fm.sketch(ledger.text())), ledger.claim, rule)
    more = implied(its)
    if not more:
        assert (
            its.openings().select("opening_clean").to_series().to_list()
            == where(its)["claim"].sort(descending=True).to_list()
        )
        return
    assert not any(_clean(its, more).reconciliation()["difference"])
    brought = Counter()
    for purse, amount in more.items():
        brought[its.graph.currencies[its.record.purses.currency[purse]]] += amount
    table = _claimed(its, more).reconciliation()
    assert (
        dict(table.filter(pl.col("difference") != 0).select("currency", -pl.col("difference")).iter_rows()) == brought
    )


@given(ledger=drawn())
@examples(25)
def test_the_implied_opening_is_the_least_that_explains_every_payment(ledger):
    its = fm.trace(fm.FlowGraph(fm.sketch(ledger.text())), ledger.claim)
    tape, balance = its.record.tape, implied(its)
    emptied = set()
    columns = (tape.paid, tape.got, tape.amount, tape.received)
    for paid, got, amount, received in zip(*(column.tolist() for column in columns), strict=True):
        if paid in balance:
            balance[paid] -= amount
            assert balance[paid] >= 0
            emptied |= {paid} if balance[paid] == 0 else set()
        if got in balance:
            balance[got] += received
    assert emptied == set(balance)  # one unit less would not do
