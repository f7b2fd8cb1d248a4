"""The best choice looked at alone: how its network is numbered, in which unit it counts, and without a claim."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from random_tapes import tape

from followmoney.tracing import catalogue
from followmoney.tracing._election import _by_appearance, elect
from followmoney.tracing._sweep import sweep


def payments(*rows, opening):
    """A tape of (paid, got, amount, received, claim) rows between inside purses."""
    return tape([(*row, False, None) for row in rows], opening, [False] * len(opening))


@pytest.mark.parametrize("best", [True, False])
def test_without_a_claim_nothing_is_chosen(best):
    for made in (payments((0, 1, 5, 5, False), opening=[3, 0]), payments(opening=[0])):
        debits, debts = elect(made, best=best)
        assert debits.tolist() == debts.tolist() == [0] * len(made)
        assert debits.dtype == debts.dtype == np.int64


FAR = 2**55 + 1  # beyond what floating point tells apart


@pytest.mark.parametrize("best", [True, False])
@pytest.mark.parametrize(
    ("rows", "opening", "debits", "debts"),
    [
        ([(1, 0, 7, 7, True)], [-9, 0], [0], [7]),  # all of the claim paid off a debt
        ([(1, 0, FAR, FAR, True)], [-3, 0], [0], [3]),
        ([(2, 0, 7, 7, True), (0, 1, 7, 7, False)], [0, -9, 0], [0, 7], [0, 7]),
        ([(2, 0, 7, 7, True), (0, 1, 5, 5, False)], [0, -3, 0], [0, 5], [0, 3]),
        (
            [(2, 0, FAR, FAR, True), (0, 1, FAR - 2, FAR - 2, False), (1, 0, 1, 1, False)],
            [0, 4 - FAR, 0],
            [0, FAR - 2, 1],
            [0, FAR - 4, 0],
        ),
    ],
)
def test_where_there_is_no_choice_all_of_it_leaves_and_debts_are_paid_off_first(rows, opening, debits, debts, best):
    found = elect(payments(*rows, opening=opening), best=best)
    assert [money.tolist() for money in found] == [debits, debts]
    assert [money.dtype for money in found] == [np.int64, np.int64]


@pytest.mark.parametrize("rule", ["oatway_election", "pick_defence"])
def test_money_counts_in_common_units_where_it_was_converted(rule):
    made = payments((0, 1, 1, 2, False), (1, 1, 1, 1, True), opening=[0, 1])
    made = replace(made, currency=np.array([0, 1], np.uint8))
    claimed = payments((0, 0, 1, 1, True), (0, 1, 1, 2, False), (1, 1, 1, 1, True), opening=[0, 1])
    claimed = replace(claimed, currency=made.currency)
    assert sweep(made, catalogue()[rule]()).claim.tolist() == [0, 1]
    # one unit becomes two; the claim transaction then carries the one that was there, so that all three are claim money
    assert sweep(claimed, catalogue()[rule]()).claim.tolist() == [0, 3]


def test_purses_and_assets_are_numbered_as_they_appear():
    made = payments((3, 1, 5, 5, True), (1, 4, 4, 4, False), (3, 0, 2, 2, False), opening=[10, 11, 12, 13, 14])
    outside = np.array([True, False, False, False, True])
    its = _by_appearance(replace(
        made, outside=outside, currency=np.array([5, 6, 7, 8, 9], np.uint8), assets={2: 7, 1: 4},
        worth={7: Fraction(2), 4: Fraction(3), 9: Fraction(5)},
    ))  # fmt: skip
    assert (its.paid.tolist(), its.got.tolist()) == ([0, 1, 0], [1, 2, 3])
    assert (its.opening.tolist(), its.outside.tolist()) == ([13, 11, 14, 10], [False, False, True, True])
    assert its.currency is not None
    assert its.currency.tolist() == [8, 6, 9, 5]
    assert (its.assets, its.worth) == ({1: 0, 2: 1}, {0: Fraction(3), 1: Fraction(2)})
    assert (its.paid.dtype, its.currency.dtype) == (np.uint32, np.uint8)
    assert _by_appearance(made).currency is None


def test_a_claim_paid_into_a_debt_carries_no_more_of_the_payers_claim_money_than_was_chosen():
    made = tape(
        [(2, 0, 5, 5, True, False, None), (0, 1, 5, 5, True, False, None), (0, 2, 5, 5, False, True, None)],
        [5, -3, 0], [False] * 3,
    )  # fmt: skip
    made = replace(made, assets={2: 0}, worth={0: Fraction(2)})
    debits, debts = elect(made, best=True)
    assert (debits.tolist(), debts.tolist()) == ([0, 0, 5], [0, 3, 0])  # other money with the claim, so that 5 buy


@pytest.mark.parametrize("unit", [0, 1])
@pytest.mark.parametrize(("worths", "chosen"), [((3, 2, 5), [0, 0, 0, 5]), ((2, 5, 3), [0, 0, 5, 0])])
def test_the_asset_worth_more_is_filled_first_whatever_it_was_paid_in(unit, worths, chosen):
    rows = [(1, 0, 5, 5, True, False, None)] + [(0, 1, 5, 5, False, True, None)] * 3
    worth = {at: Fraction(its) for at, its in enumerate(worths)}
    made = replace(
        tape(rows, [10, 0], [False] * 2), currency=np.full(2, unit, np.uint8), assets={1: 0, 2: 1, 3: 2}, worth=worth
    )
    assert elect(made, best=True)[0].tolist() == chosen


def test_the_payee_appears_before_the_payer_of_what_follows():
    its = _by_appearance(payments((1, 0, 5, 5, True), (2, 0, 4, 4, False), opening=[0, 0, 0]))
    assert (its.paid.tolist(), its.got.tolist()) == ([0, 2], [1, 1])


@pytest.mark.parametrize(("rule", "kept"), [("oatway_election", 5), ("pick_defence", 0)])
def test_what_pays_off_a_debt_is_chosen_by_itself(rule, kept):
    made = payments((2, 0, 5, 5, True), (0, 1, 10, 10, False), opening=[5, -5, 0])
    found = sweep(made, catalogue()[rule]())
    assert (found.moved.tolist(), found.claim.tolist()) == ([5, 5], [0, kept, 0])
    assert found.discharged.sum() == 5 - kept
