"""Transactions at the same time: every order they can have been booked in, and the interval of every figure."""

from datetime import date
from itertools import groupby, permutations, product

import numpy as np
import pytest
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.tracing import Assertion, catalogue
from followmoney.tracing._comparison import where
from followmoney.tracing._ties import ties

TIED = """
2024-01-01 ? -> A 1,000.00 #c
2024-01-02 A -> ? 800.00 #d{}
2024-01-02 ? -> A 800.00 #e{}
"""


def traced(text, rule="lowest_balance", claim="c", assertions=()):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, assertions=assertions)


def intervals(its, limit=120):
    return {(row["kind"], row["id"]): (row["claim"], row["low"], row["high"]) for row in its.orders(limit).to_dicts()}


@pytest.mark.parametrize(
    ("rule", "most"), [("lowest_balance", 100_000), ("lifo", 100_000), ("pro_rata", 55_556), ("fifo", 20_000)]
)
def test_both_orders_make_the_interval(rule, most):
    its = traced(TIED.format("", ""), rule)
    assert intervals(its)["account", "A"] == (20_000, 20_000, most)


def test_a_posting_sequence_leaves_nothing_open():
    for given_, claim in (((" seq=1", " seq=2"), 20_000), ((" seq=2", " seq=1"), 100_000)):
        its = traced(TIED.format(*given_))
        assert intervals(its)["account", "A"] == (claim, claim, claim)
        assert not any("same time" in note for note in its.notes)
    assert intervals(traced(TIED.format(" seq=1", "")))["account", "A"] == (20_000, 20_000, 100_000)


def test_the_note_names_the_interval_and_how_many_orders_there_are():
    (note,) = [note for note in traced(TIED.format("", "")).notes if "same time" in note]
    assert note.startswith("2 transactions of accounts that claim money can reach have the same time")
    assert note.endswith(
        "In all 2 orders the figures are between: (unknown EUR) EUR 0.00 to EUR 800.00, A EUR 200.00 to EUR 1,000.00."
    )
    same = [note for note in traced(TIED.format("", ""), "fifo").notes if "same time" in note]
    assert same[0].endswith("In all 2 orders the figures are the same.")


def test_money_that_only_another_order_brings_further_is_found():
    text = "2024-01-01 ? -> A 10.00 #c\n2024-01-02 B -> C 10.00 #d\n2024-01-02 A -> B 10.00 #e\n2024-01-03 C -> D 10.00"
    found = intervals(traced(text))
    assert found == {("account", "B"): (1_000, 0, 1_000), ("account", "D"): (0, 0, 1_000)}


def test_a_payment_comes_before_its_return_and_what_is_linked_keeps_its_order():
    text = "2024-01-01 ? -> A 10.00 #c\n2024-01-02 A -> B 10.00 #z\n2024-01-02 B -> A 10.00 #a reverses=z"
    assert intervals(traced(text))["account", "A"] == (1_000, 1_000, 1_000)
    cash = "2024-01-01 ? -> A 10.00 #c\n2024-01-02 A -> cash 10.00 #o\n2024-01-02 cash -> B 10.00 #p\n"
    link = Assertion("link", ("o", "p"), "The same notes.", "A. Analyst", date(2024, 5, 1))
    assert intervals(traced(cash + "2024-01-02 ? -> B 5.00 #q", assertions=[link]))["account", "B"] == (1_000,) * 3


def many(number):
    rows = [f"2024-01-02 {'A -> B' if n % 2 else '? -> A'} {n + 1}.00 #t{n:03}" for n in range(number)]
    return "2024-01-01 ? -> A 1,000.00 #c\n" + "\n".join(rows)


def test_too_many_orders_are_looked_at_in_four_ways_and_the_note_says_so():
    its = traced(many(8), "fifo")
    found = ties(its.record)
    orders, complete = found.orders(120)
    assert (found.possible, len(orders), complete) == (40_320, 4, False)
    assert orders[0].tolist() == list(range(9))
    assert orders[1].tolist() == [0, 8, 7, 6, 5, 4, 3, 2, 1]
    assert orders[2].tolist() == [0, 1, 3, 5, 7, 2, 4, 6, 8]
    assert orders[3].tolist() == [0, 2, 4, 6, 8, 1, 3, 5, 7]
    assert any("In 4 of up to 40,320 orders the figures are" in note for note in its.notes)
    assert any("4 of more than a billion orders" in note for note in traced(many(40)).notes)
    # 16 of other money for debits of 20, if credits come first; none of it, if debits do
    assert intervals(traced(many(8)))["account", "B"] == (400, 400, 2_000)


def test_only_what_matters_is_put_in_order():
    apart = "2024-01-01 ? -> A 10.00 #c\n" + "\n".join(f"2024-01-02 X{n} -> Y{n} 1.00 #t{n}" for n in range(9))
    assert ties(traced(apart).record).ties == ()
    before = "2024-01-01 ? -> A 5.00 #a\n2024-01-01 ? -> A 6.00 #b\n2024-01-02 ? -> A 10.00 #c"
    assert ties(traced(before).record).ties == ()
    short = "2024-01-01 A -> ? 5.00 #a\n2024-01-01 ? -> A 6.00 #b\n2024-01-02 ? -> A 10.00 #c\n2024-01-03 A -> B 10.00"
    assert intervals(traced(short))["account", "B"] == (400, 400, 900)


def test_two_thousand_at_one_time_take_no_time():
    assert ties(traced(many(2_000)).record).possible is None


def by_hand(ledger, claim, rule):
    """Every order of every day, written down as posting sequences."""
    days = [list(rows) for _, rows in groupby(ledger.transactions, key=lambda line: line[:10])]
    ways = [list(permutations(rows)) for rows in days]
    assume(1 < np.prod([len(way) for way in ways]) <= 24)
    frames = []
    for number, chosen in enumerate(product(*ways)):
        rows = [row for day in chosen for row in day]
        names = [row.split("#")[1].split()[0] for row in rows]
        firsts = [row.partition("reverses=")[2] for row in rows]
        if any(first and names.index(first) > at for at, first in enumerate(firsts)):
            assert number
            continue
        text = ledger.text([f"{row} seq={at}" for at, row in enumerate(rows)])
        frame = where(fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule))
        frames.append({key[:3]: key[3] for key in frame.iter_rows()})
    keys = {key for frame in frames for key in frame}
    return {key: tuple(f([frame.get(key, 0) for frame in frames]) for f in (min, max)) for key in keys}


@given(ledger=drawn(most=5), rule=st.sampled_from(sorted(catalogue())))
@examples(15)
def test_the_interval_is_that_of_every_order_written_down(ledger, rule):
    expected = by_hand(ledger, ledger.claim, rule)
    its = fm.trace(fm.FlowGraph(fm.sketch(ledger.text())), ledger.claim, rule)
    table = its.orders()
    assert {row[:3]: row[4:] for row in table.iter_rows()} == expected
    assert (table["low"] <= table["claim"]).all()
    assert (table["claim"] <= table["high"]).all()
    assert dict(zip(table.select("kind", "id", "currency").iter_rows(), table["claim"], strict=True)) == {
        key: claim for *key_, claim in where(its).iter_rows() if (key := tuple(key_))
    } | {key: 0 for key in expected if key not in {row[:3] for row in where(its).iter_rows()}}


def test_a_claim_that_a_return_brings_home_matters():
    text = (
        "asset V1 vehicle by=c\n2024-01-01 A -> Dealer 10.00 #c\n2024-01-02 Dealer -> A 10.00 #r reverses=c\n"
        "2024-01-02 A -> B 4.00 #x"
    )
    assert intervals(traced(text)) == {("account", "A"): (600, 600, 1_000), ("account", "B"): (400, 0, 400)}
