"""Interest follows the money that earned it: when it was credited, or day by day over the period it was earned for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion

EARNED = """
2024-01-01 ? -> A 900.00 #c
2024-01-02 ? -> A 100.00 #d
2024-01-03 ? -> A 10.00 #i
"""


def interest(since=None, *about):
    day = date(2024, 5, 1)
    return Assertion("interest", about or ("i",), "Booked as interest.", "A. Analyst", day, since=since)


def traced(text, since=None, claim="c", rule="pro_rata"):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, assertions=[interest(since)])


def held(its):
    return dict(its.holders().select("account", "claim").iter_rows())


@pytest.mark.parametrize("rule", ["fifo", "lowest_balance", "pro_rata", "taint_first"])
def test_over_a_period_every_night_counts(rule):
    assert held(traced(EARNED, rule=rule)) == {"A": 90_900}
    # two nights of 900 and one of 100: 1,000 × 1,800 / 1,900 = 947.37
    assert held(traced(EARNED, date(2024, 1, 1), rule=rule)) == {"A": 90_947}
    assert held(traced(EARNED, date(2024, 1, 2), rule=rule)) == {"A": 90_900}
    assert held(traced(EARNED, date(2024, 1, 3), rule=rule)) == {"A": 90_900}
    assert traced(EARNED, date(2024, 1, 1), rule=rule).reconciliation()["difference"].to_list() == [0]


def test_money_that_left_before_the_crediting_earned_its_part():
    text = EARNED.replace("2024-01-03 ?", "2024-01-02T12:00 A -> B 1000.00\n2024-01-03 ?")
    assert held(traced(text)) == {"B": 90_000}
    # the only night with money in the account was the first, and then it was all claim money
    assert held(traced(text, date(2024, 1, 1))) == {"A": 1_000, "B": 90_000}


def test_a_stated_opening_balance_earns_from_the_first_day_of_the_period():
    text = "balance A 2023-12-01 900.00 opening\n" + EARNED
    # nights of 31 December to 2 January: claim 0, 900, 900; other 900, 900, 1,000
    assert held(traced(text, date(2023, 12, 31))) == {"A": 90_000 + round(1_000 * 1_800 / 4_600)}


def test_two_claimants_earn_apart():
    its = traced(EARNED, date(2024, 1, 1), {"Ana": ["c"], "Ben": ["d"]})
    row = its.holders().row(0, named=True)
    assert (row["claim_Ana"], row["claim_Ben"]) == (90_947, 10_053)


def test_only_interest_has_a_first_day_and_it_comes_before_the_crediting():
    with pytest.raises(SettingsError, match="no assertion of the kind fee"):
        Assertion("fee", ("i",), "A charge.", "A. Analyst", date(2024, 5, 1), since=date(2024, 1, 1))
    with pytest.raises(SettingsError, match="credited before 2024-01-04"):
        traced(EARNED, date(2024, 1, 4))
    assert traced(EARNED, date(2024, 1, 1)).assertions["since"].to_list() == [date(2024, 1, 1)]


@given(
    moves=st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["in", "out", "claim"]), st.integers(1, 500))),
    since=st.integers(1, 9),
)
def test_the_nights_are_those_a_plain_count_finds(moves, since):
    lines, ours, other = ["2024-01-01 ? -> A 0.07 #c"], [7] * 9, [0] * 9
    for number, (day, what, amount) in enumerate(sorted(moves, key=lambda move: move[0])):
        money, name = f"{amount / 100:.2f}", f"m{number}"
        lines.append(f"2024-01-0{day}T10:00 {'A -> ?' if what == 'out' else '? -> A'} {money} #{name} seq={number}")
        claim = amount if what == "claim" else 0
        free = amount if what == "in" else 0
        gone = (min(other[day - 1], amount), 0) if what == "out" else (0, 0)
        gone = (gone[0], min(ours[day - 1], amount - gone[0])) if what == "out" else gone
        for night in range(day - 1, 9):
            ours[night] += claim - gone[1]
            other[night] += free - gone[0]
    claims = ["c", *(f"m{n}" for n, move in enumerate(sorted(moves, key=lambda m: m[0])) if move[1] == "claim")]
    its = traced("\n".join([*lines, "2024-01-10 ? -> A 10.00 #i"]), date(2024, 1, since), claims, "lowest_balance")
    weights = sum(ours[since - 1 :]), sum(other[since - 1 :])
    exact = 1_000 * weights[0] / sum(weights) if sum(weights) else 0
    assert abs(int(its.outcome.accrued.sum()) - exact) <= 0.5
