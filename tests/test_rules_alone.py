"""Rules looked at alone: what one debit takes, how the year of 18 USC 984 is counted, what instalments cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tape

import followmoney as fm
from followmoney.tracing._equally import Equally
from followmoney.tracing.by_status import ByStatus, Question
from followmoney.tracing.foskett import foskett
from followmoney.tracing.pari_passu import rate
from followmoney.tracing.pro_rata import ProRata
from followmoney.tracing.rule import OTHER, Lot
from followmoney.tracing.statuses import STATUSES
from followmoney.tracing.usc984 import Usc984, a_year_before


def test_owners_give_in_proportion_and_their_oldest_money_first() -> None:
    held = [Lot(1, 20), Lot(OTHER, 60), Lot(1, 20), Lot(2, 20)]
    leaves, stays = Equally().take(held, 60)
    assert [lot.amount for lot in leaves] == [20, 30, 0, 10]
    assert [lot.amount for lot in stays] == [0, 30, 20, 10]
    assert [lot.owner for lot in leaves] == [lot.owner for lot in stays] == [1, OTHER, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=8), st.data())
def test_the_order_of_lots_does_not_change_what_each_owner_gives(
    lots: list[tuple[int, int]], data: st.DataObject
) -> None:
    held = [Lot(owner, amount) for owner, amount in lots]
    whole = sum(lot.amount for lot in held)
    debit = data.draw(st.integers(0, whole))
    owners = sorted({lot.owner for lot in held})
    one_each = [Lot(owner, sum(lot.amount for lot in held if lot.owner == owner)) for owner in owners]
    leaves, stays = Equally().take(held, debit)
    alone, _ = ProRata().take(one_each, debit)
    given_by = {owner: sum(lot.amount for lot in leaves if lot.owner == owner) for owner in owners}
    assert given_by == {lot.owner: lot.amount for lot in alone}
    assert [a.amount + b.amount for a, b in zip(leaves, stays, strict=True)] == [lot.amount for lot in held]


YEAR = """
2023-03-10 ? -> A 400.00 #early
2024-03-01 ? -> A 300.00 #late
2024-03-02 A -> ? 700.00
2024-03-05 ? -> A 500.00
"""


@pytest.mark.parametrize(
    ("action", "held"),
    [
        (None, 50_000),  # from 2024-03-05: both came in during the year, the balance is the limit
        (date(2024, 3, 10), 50_000),  # the day itself a year ago still counts
        (date(2024, 3, 11), 30_000),  # a day later it does not
        (date(2025, 3, 2), 0),  # nor, a year on, does the other
    ],
)
def test_money_of_the_year_before_the_action_counts_up_to_the_balance(action: date | None, held: int) -> None:
    trace = fm.trace(fm.FlowGraph(fm.sketch(YEAR)), ["early", "late"], Usc984(action=action))
    assert sum(trace.holders()["claim"]) == held


def test_a_year_before_the_leap_day_is_the_last_of_february() -> None:
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert a_year_before(date(2024, 3, 1)) == date(2023, 3, 1)


def test_an_asset_paid_for_in_instalments_costs_their_sum() -> None:
    ledger = fm.sketch("""
        asset V1 real_estate "Villa" 2,000.00 EUR by=first,second
        2024-01-01 ? -> A 300.00 #c
        2024-01-02 A -> X 300.00 #first
        2024-01-03 ? -> A 700.00
        2024-01-04 A -> X 700.00 #second
    """)
    (row,) = foskett(fm.trace(fm.FlowGraph(ledger), ["c"])).to_dicts()
    assert (row["cost"], row["claim"], row["proportionate"], row["lien"]) == (100_000, 30_000, 60_000, 30_000)


@pytest.mark.parametrize(
    ("paid_in", "spent", "shares"),
    [
        ({"v1": 1}, 0, {"v1": 1}),
        ({"v1": 2}, 2, {"v1": 0}),  # nothing is left
        ({"v1": 1, "v2": 2}, 1, {"v1": 1, "v2": 1}),  # 0.67 and 1.33 of two cents: the larger remainder first
        ({"v1": 1, "v2": 1}, 1, {"v1": 1, "v2": 0}),  # an exact tie: to who is named first
        ({"v1": 1, "v2": 1, "": 1}, 2, {"v1": 0, "v2": 0}),  # and to other money before
    ],
)
def test_a_fund_is_shared_once_to_the_cent(paid_in: dict[str, int], spent: int, shares: dict[str, int]) -> None:
    lines = [f"2024-01-01 ? -> A 0.{cents:02} #{name or 'other'}" for name, cents in paid_in.items()]
    lines += [f"2024-01-02 A -> ? 0.{spent:02}"] if spent else []
    graph = fm.FlowGraph(fm.sketch("\n".join(lines)))
    holders = fm.trace(graph, {name: [name] for name in shares}, "pari_passu").holders()
    found = {name: sum(holders[f"claim_{name}" if len(shares) > 1 else "claim"]) for name in shares}
    assert found == shares


@pytest.mark.parametrize(("question", "presumed"), [("left", 1), ("bought", 2)])
def test_every_purse_gets_the_number_of_the_rule_of_its_status(question: Question, presumed: int) -> None:
    status = np.arange(len(STATUSES), dtype=np.uint8)
    made = replace(tape([(0, 1, 5, 5, False, False, None)], [0] * len(status), [False] * len(status)), status=status)
    rule = ByStatus(question).on(made)
    assert rule.by_purse is not None
    assert rule.by_purse.dtype == np.uint8  # a byte a purse
    shares = ("innocent", "fiduciary")
    assert rule.by_purse.tolist() == [0 if status in shares else presumed for status in STATUSES]


def test_nobody_gets_more_than_is_owed() -> None:
    assert rate(Fraction(150), Fraction(100)) == 1
    assert rate(Fraction(50), Fraction(100)) == Fraction(1, 2)
