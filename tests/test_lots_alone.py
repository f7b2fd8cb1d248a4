"""Lots looked at alone: tidied, joined, converted, divided among claimants, and given back."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from random_tapes import tape

import followmoney as fm
from followmoney.tracing import Assertion, _lots
from followmoney.tracing._instants import outputs
from followmoney.tracing._shared import shared
from followmoney.tracing.rule import OTHER, Lot

MIXED = [Lot(OTHER, 5), Lot(2, 0), Lot(2, 3), Lot(2, 4), Lot(1, 1), Lot(2, 2, 9), Lot(OTHER, 1)]


def test_sums_are_counted_by_owner():
    assert (_lots.total(MIXED), _lots.claimed(MIXED)) == (16, 10)
    assert dict(_lots.by_owner(MIXED)) == {OTHER: 6, 2: 9, 1: 1}


def test_neighbours_of_one_owner_and_one_payment_are_joined_and_nothing_else():
    assert _lots.tidy(MIXED, ordered=True) == [Lot(OTHER, 5), Lot(2, 7), Lot(1, 1), Lot(2, 2, 9), Lot(OTHER, 1)]
    assert _lots.tidy([Lot(1, 0)], ordered=True) == []
    assert _lots.tidy(MIXED, ordered=False) == [Lot(1, 1), Lot(2, 9), Lot(OTHER, 6)]
    assert _lots.one_payment(MIXED, 7) == [Lot(1, 1, 7), Lot(2, 9, 7), Lot(OTHER, 6, 7)]


def test_other_money_of_a_claim_becomes_the_claimants():
    assert _lots.owned([Lot(OTHER, 5, 3), Lot(2, 4)], 1) == [Lot(1, 5, 3), Lot(2, 4)]


def test_only_other_money_is_divided_as_what_is_held_is():
    held = [Lot(2, 30), Lot(OTHER, 10)]
    made = _lots.accrue([Lot(1, 7), Lot(OTHER, 4, 5), Lot(OTHER, 12)], held)
    assert made == [Lot(1, 7), Lot(2, 3), Lot(OTHER, 1), Lot(2, 9), Lot(OTHER, 3)]
    assert _lots.accrue([Lot(OTHER, 1)], held) == [Lot(2, 1)]  # 0.75 and 0.25
    assert _lots.accrue([Lot(1, 7), Lot(OTHER, 4)], []) == [Lot(1, 7), Lot(OTHER, 4)]


def test_conversion_rounds_running_totals_down_owner_by_owner_and_then_lot_by_lot():
    paid = [Lot(OTHER, 5, 1), Lot(2, 3, 2), Lot(1, 4, 3), Lot(2, 3, 4)]
    # of 15 paid 10 arrive: the first owner 4 of 15 = 2.67, with the second 10 of 15 = 6.67, with other money 10
    assert _lots.convert(paid, 10) == [Lot(OTHER, 4, 1), Lot(2, 2, 2), Lot(1, 2, 3), Lot(2, 2, 4)]
    assert _lots.convert([Lot(2, 1), Lot(2, 2), Lot(1, 3)], 5) == [Lot(2, 1), Lot(2, 2), Lot(1, 2)]
    # up to 5, 15 and 35 sevenths
    assert _lots.convert([Lot(1, 1), Lot(1, 2), Lot(1, 4)], 5) == [
        Lot(1, 0),
        Lot(1, 2),
        Lot(1, 3),
    ]
    assert _lots.convert(paid, 15) == paid
    assert [lot.amount for lot in _lots.convert(paid, 31)] == [11, 6, 8, 6]


def test_the_newest_money_of_every_owner_is_given_back():
    held = [Lot(1, 5, 1), Lot(OTHER, 5, 2), Lot(1, 5, 3)]
    stays = _lots.without_newest(held, [Lot(1, 6), Lot(OTHER, 1)])
    assert stays == [Lot(1, 4, 1), Lot(OTHER, 4, 2), Lot(1, 0, 3)]
    assert _lots.without_newest(held, [Lot(1, 10), Lot(OTHER, 5)]) == [Lot(1, 0, 1), Lot(OTHER, 0, 2), Lot(1, 0, 3)]
    assert _lots.without_newest(held, [Lot(1, 11)]) is None
    assert _lots.without_newest(held, [Lot(2, 1)]) is None
    assert _lots.without_newest([], []) == []


@pytest.mark.parametrize(
    ("balance", "wanted", "parts"),
    [
        ([10], [[3], [4]], [[3], [4]]),  # there is enough
        ([7], [[3], [4]], [[3], [4]]),
        ([3], [[5], [0]], [[3], [0]]),  # one alone wants too much
        ([6], [[3], [6]], [[2], [4]]),
        ([1], [[1], [1]], [[1], [0]]),  # a tie: to the earlier
        ([0, -5], [[1, 1], [2, 2]], [[0, 0], [0, 0]]),  # a debt has nothing to share
        ([10, 6], [[3, 3], [4, 6]], [[3, 2], [4, 4]]),  # purse by purse
    ],
)
def test_a_balance_is_shared_where_more_is_wanted_than_there_is(balance, wanted, parts):
    asked = [np.array(money) for money in wanted]
    assert [money.tolist() for money in shared(np.array(balance), asked)] == parts
    assert [money.tolist() for money in asked] == wanted  # nobody's own figure is written over


def test_what_follows_at_an_instant_ends_where_the_instant_does_or_money_comes_in():
    rows = [(0, 1, 5), (0, 2, 4), (2, 0, 9), (0, 1, 3), (0, 1, 2), (0, 1, 1), (1, 2, 6)]
    made = tape([(paid, got, money, money, False, False, None) for paid, got, money in rows], [0, 0, 0], [False] * 3)
    assert outputs(made) == {}  # nothing is known of instants
    made = replace(made, time=np.array([1, 1, 1, 1, 1, 2, 2]))
    said = {at: amounts[:count] for at, (amounts, count) in outputs(made).items()}
    assert said == {0: [4], 3: [2]}


def interest(name, since=None):
    return Assertion("interest", (name,), "Booked as interest.", "A. Analyst", date(2024, 5, 1), since=since)


def traced(text, *assertions):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), "c", "pro_rata", assertions=assertions)


def test_only_what_was_other_money_before_accrues():
    text = "2024-01-01 ? -> A 10.00 #c\n2024-01-01 ? -> A 10.00\n2024-01-02 A -> B 8.00\n2024-01-03 A -> B 4.00 #i"
    table = traced(text, interest("i")).reconciliation().row(0, named=True)
    assert (table["accrued"], table["held"], table["difference"]) == (100, 1_100, 0)  # B held half and half


def test_nights_before_the_period_earn_nothing_and_each_interest_has_its_own():
    text = """
    2024-01-01 ? -> A 100.00
    2024-01-05 ? -> A 5.00 #i
    2024-01-06 A -> ? 105.00
    2024-01-10 ? -> A 10.00 #c
    2024-01-12 ? -> A 1.00 #j
    """
    its = traced(text, interest("i", date(2024, 1, 1)), interest("j", date(2024, 1, 10)))
    assert its.holders()["claim"].to_list() == [1_100]
