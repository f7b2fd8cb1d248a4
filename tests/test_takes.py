"""What one debit takes, rule by rule, worked out by hand."""

import numpy as np
import pytest

from followmoney.tracing import catalogue
from followmoney.tracing._elected import Elected
from followmoney.tracing.rule import OTHER, Lot, in_proportion, in_turn, oldest, split
from followmoney.tracing.tiho import Tiho

HELD = [Lot(1, 30), Lot(OTHER, 60), Lot(1, 10), Lot(2, 20)]

BY_HAND = {
    "fifo": {0: [0, 0, 0, 0], 29: [29, 0, 0, 0], 95: [30, 60, 5, 0], 120: [30, 60, 10, 20]},
    "lifo": {0: [0, 0, 0, 0], 19: [0, 0, 0, 19], 95: [5, 60, 10, 20], 120: [30, 60, 10, 20]},
    "lowest_balance": {0: [0, 0, 0, 0], 59: [0, 59, 0, 0], 95: [30, 60, 5, 0], 120: [30, 60, 10, 20]},
    "taint_first": {0: [0, 0, 0, 0], 35: [30, 0, 5, 0], 61: [30, 1, 10, 20], 120: [30, 60, 10, 20]},
    "by_status": {0: [0, 0, 0, 0], 59: [0, 59, 0, 0], 95: [30, 60, 5, 0], 120: [30, 60, 10, 20]},
    "tiho": {0: [0, 0, 0, 0], 59: [0, 59, 0, 0], 61: [30, 1, 10, 20], 120: [30, 60, 10, 20]},
    "poison": {0: [0, 0, 0, 0], 29: [29, 0, 0, 0], 95: [30, 60, 5, 0], 120: [30, 60, 10, 20]},
}


@pytest.mark.parametrize(("rule", "amount"), [(rule, amount) for rule, debits in BY_HAND.items() for amount in debits])
def test_a_debit_takes_what_it_takes_by_hand(rule, amount):
    leaves, stays = catalogue()[rule]().take(HELD, amount)
    assert [lot.amount for lot in leaves] == BY_HAND[rule][amount]
    assert [lot.amount + left.amount for lot, left in zip(stays, leaves, strict=True)] == [30, 60, 10, 20]
    assert [lot.owner for lot in leaves] == [lot.owner for lot in stays] == [1, OTHER, 1, 2]


def test_in_proportion_every_owner_gives_his_part_and_the_largest_remainders_the_rest():
    held = [Lot(1, 30), Lot(2, 20), Lot(OTHER, 60)]
    assert [lot.amount for lot in catalogue()["pro_rata"]().take(held, 11)[0]] == [3, 2, 6]
    assert in_proportion(held, 10) == [3, 2, 5]  # 2.73, 1.82, 5.45
    assert in_proportion(held, 1) == [0, 0, 1]
    assert in_proportion([Lot(2, 1), Lot(1, 1), Lot(OTHER, 1)], 2) == [0, 1, 1]  # a tie: other money, the earlier claim
    assert in_proportion([Lot(1, 0), Lot(OTHER, 0)], 0) == [0, 0]
    assert in_proportion([], 0) == []


def test_payment_by_payment_the_oldest_leaves_and_the_last_gives_in_proportion():
    held = [Lot(1, 30, 1), Lot(OTHER, 10, 1), Lot(1, 5, 2), Lot(2, 15, 3), Lot(OTHER, 5, 3)]
    rule = catalogue()["fifo_composite"]()
    assert [lot.amount for lot in rule.take(held, 20)[0]] == [15, 5, 0, 0, 0]
    assert [lot.amount for lot in rule.take(held, 43)[0]] == [30, 10, 3, 0, 0]
    leaves, stays = rule.take(held, 49)
    assert leaves == [Lot(1, 30, 1), Lot(OTHER, 10, 1), Lot(1, 5, 2), Lot(2, 3, 3), Lot(OTHER, 1, 3)]
    assert stays == [Lot(1, 0, 1), Lot(OTHER, 0, 1), Lot(1, 0, 2), Lot(2, 12, 3), Lot(OTHER, 4, 3)]


@pytest.mark.parametrize(
    ("ours", "other", "amount", "later", "claimed"),
    [
        (3, 7, 4, (3, 3), 3),  # the largest of the instant carries all of it
        (3, 7, 3, (4, 3), 0),  # it goes with the 4
        (5, 5, 3, (4, 3), 1),  # and what that cannot carry with the next
        (3, 7, 3, (3, 1), 3),  # of equals the earlier
        (3, 7, 5, (), 3),  # what stays comes last among equals
        (3, 7, 4, (), 0),  # a larger rest keeps it
        (8, 2, 4, (), 2),  # until it is full
        (9, 1, 1, (3, 3, 3), 0),
        (10, 2, 5, (20,), 3),  # larger ones follow, but there is no other money to leave instead
    ],
)
def test_claim_money_fills_the_largest_output_first(ours, other, amount, later, claimed):
    leaves, stays = Tiho(later).take([Lot(OTHER, other), Lot(1, ours)], amount)
    assert leaves == [Lot(OTHER, amount - claimed), Lot(1, claimed)]
    assert stays == [Lot(OTHER, other - amount + claimed), Lot(1, ours - claimed)]


def test_a_debt_is_paid_off_by_itself_whatever_is_paid_beside_it():
    assert Tiho().at(0, later=(4, 3)) == Tiho((4, 3))
    assert Tiho().at(0, debt=True, later=(4, 3)) == Tiho()


@pytest.mark.parametrize(
    ("amount", "chosen", "claimed"), [(20, 0, 5), (20, 5, 5), (20, 7, 7), (20, 20, 20), (20, 22, 20), (30, 60, 25)]
)
def test_a_choice_is_kept_within_what_is_there(amount, chosen, claimed):
    held = [Lot(1, 10), Lot(OTHER, 15), Lot(1, 15)]
    leaves, _ = Elected(np.zeros(1, np.int64), np.zeros(1, np.int64), chosen).take(held, amount)
    assert sum(lot.amount for lot in leaves if lot.owner == 1) == claimed
    assert sum(lot.amount for lot in leaves) == amount
    assert leaves[0].amount == min(claimed, 10)  # the oldest first


def test_a_choice_is_looked_up_by_transaction_for_debits_and_debts():
    rule = Elected(np.array([1, 2]), np.array([3, 4]))
    assert [rule.at(0).chosen, rule.at(1).chosen] == [1, 2]
    assert [rule.at(0, debt=True).chosen, rule.at(1, debt=True).chosen] == [3, 4]
    assert [rule.at(0).at(1).chosen, rule.at(0).at(1, debt=True).chosen] == [2, 4]


def test_lots_leave_in_turn_and_nothing_is_made_or_lost():
    held = [Lot(1, 5, 7), Lot(OTHER, 5, 8)]
    assert in_turn(held, 6) == [5, 1]
    assert split(held, [5, 1]) == ([Lot(1, 5, 7), Lot(OTHER, 1, 8)], [Lot(1, 0, 7), Lot(OTHER, 4, 8)])
    with pytest.raises(ValueError, match="shorter"):
        split(held, [5])
    assert oldest([*held, Lot(2, 5), Lot(OTHER, 5)], claimed=7, other=6)[0] == [
        Lot(1, 5, 7), Lot(OTHER, 5, 8), Lot(2, 2), Lot(OTHER, 1)
    ]  # fmt: skip


def test_one_drop_of_claim_money_makes_all_of_it_the_first_claimants():
    rule = catalogue()["poison"]()
    assert rule.mixed([Lot(OTHER, 3), Lot(2, 4), Lot(1, 5)]) == [Lot(1, 12)]
    assert rule.mixed([Lot(OTHER, 3)]) == [Lot(OTHER, 3)]
    assert rule.mixed([]) == []
