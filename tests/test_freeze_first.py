"""Whom to freeze first: survival equals its plain twin, and the order can be worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_stays import naive_stays, naive_survival
from random_ledgers import drawn

import followmoney as fm
from followmoney.case._stays import end, stays
from followmoney.case.clocks import clocks
from followmoney.case.survival import Stay, survival
from followmoney.errors import SettingsError

DAY = 86_400_000_000
STAYS = st.lists(st.builds(Stay, st.integers(0, 9), st.integers(0, 50), st.booleans()), max_size=12)
CASE = """
account A IBAN ES
account B IBAN ES
account C IBAN MA
2024-01-01 cash -> A 100.00 cash #c1
2024-01-03 A -> B 60.00
2024-01-04 A -> C 40.00
2024-01-05 ? -> B 40.00
2024-01-07 B -> ? 25.00
"""


def case(text=CASE, claim="c1", rule="fifo"):
    graph = fm.FlowGraph(fm.sketch(text))
    return fm.Case("x", trace=fm.trace(graph, claim=claim, rule=rule))


@examples(60)
@given(STAYS, st.integers(0, 10))
def test_survival_is_the_product_over_all_times_at_which_money_left(some, when):
    assert survival(some).at(when) == naive_survival(some, when)


@examples(30)
@given(STAYS, st.integers(0, 10))
def test_where_everything_left_it_is_the_share_that_stayed_longer(some, when):
    known = [stay._replace(left=True) for stay in some if stay.amount]
    total = sum(stay.amount for stay in known)
    longer = sum(stay.amount for stay in known if stay.microseconds > when)
    assert survival(known).at(when) == (Fraction(longer, total) if total else 1)


@examples(20)
@given(drawn())
def test_stays_are_those_of_every_unit_oldest_first(some):
    graph = fm.FlowGraph(fm.sketch(some.text()))
    trace = fm.trace(graph, claim=some.claim, rule="fifo")
    tape = trace.record.tape
    purses = np.flatnonzero(~tape.outside).tolist()
    found = stays(trace, purses)
    for purse in purses:
        moves = []
        for at in range(len(tape)):
            if tape.paid[at] != tape.got[at]:
                moves += [(int(graph.time[at]), -int(tape.amount[at]))] * int(tape.paid[at] == purse)
                moves += [(int(graph.time[at]), int(tape.received[at]))] * int(tape.got[at] == purse)
        units = sorted((s.microseconds, s.left) for s in found[purse] for _ in range(s.amount))
        assert units == naive_stays(moves, int(tape.opening[purse]), end(trace))


def test_the_order_of_a_small_case_is_the_one_worked_out_by_hand():
    # Stays in A: 60 for 2 days, 40 for 3; in B: 25 of the first 60 for 4, 35 for 4 so far and 40 for 2 so far; in C: 40
    # for 3 so far. All are IBAN accounts with few stays: of those, 60 of 240 leave after 2 days, 40 of 140 after 3 (the
    # 40 in B are not at risk any more), 25 of 60 after 4 (nor are the 40 in C).
    still = (1 - Fraction(60, 240)) * (1 - Fraction(40, 140)) * (1 - Fraction(25, 60))
    first = case().freeze_first({"ES": 4, "other": 2})
    rows = {row["account"]: row for row in first.frame.iter_rows(named=True)}
    assert list(rows) == ["B", "C"]
    b, c = rows["B"], rows["C"]  # 35.00 x 11/16 comes before 40.00 x 1/4
    assert (b["claim"], b["least"], b["most"], b["days"], b["stays"]) == (3_500, 3_500, 6_000, 4, 3)
    assert b["still_there"] == round(float(still), 6)
    assert (c["claim"], c["least"], c["still_there"], c["days"]) == (4_000, 4_000, 0.75, 2)
    assert c["avoidable"] == 1_000
    assert b["avoidable"] == int(b["least_more"] * (1 - still))


@examples(8)
@given(drawn(most=10))
def test_least_more_adds_up_to_the_least_in_all_that_are_frozen(some):
    made = case(some.text(), some.claim)
    frame = made.freeze_first(3).frame
    for currency in frame["currency"].unique().to_list():
        rows = frame.filter(currency=currency)
        if len(rows) <= 12:
            for step in range(1, len(rows) + 1):
                both = made.trace.bounds(rows["account"].head(step).to_list(), currency).least
                assert both == rows["least_more"].head(step).sum()
        assert (rows["avoidable"] <= rows["least_more"]).all()
        assert (rows["avoidable_claim"] <= rows["claim"]).all()


def test_an_order_that_takes_no_time_avoids_no_loss():
    assert case().freeze_first(0).frame["avoidable"].to_list() == [0, 0]


def test_two_accounts_can_be_certain_together_where_neither_is_alone():
    text = "2024-01-01 cash -> A 100.00 cash #c1\n2024-01-01 X -> A 100.00\n2024-01-02 A -> B 100.00\n"
    frame = case(text).freeze_first(1).frame
    assert frame["least"].sum() == 0
    both = case("account A IBAN\naccount B IBAN\n" + text).trace.bounds(["A", "B"]).least
    assert (both, frame["least_more"].sum()) == (10_000, 10_000 if len(frame) > 1 else 0)


@pytest.mark.parametrize("days", [{"es": 1}, {"ES": -1}, {"ES": 1.5}, {"ES": True}])
def test_days_that_are_none_are_refused(days):
    with pytest.raises(SettingsError, match="whole days"):
        case().freeze_first(days)


def test_without_a_trace_there_is_nothing_to_freeze():
    with pytest.raises(SettingsError, match="no trace"):
        fm.Case("x").freeze_first()


def test_every_clock_says_where_it_was_read_and_since_when():
    assert all(clock.source.startswith("https://") and (clock.hours or clock.working_days) for clock in clocks())
    running = [c for c in clocks() if c.runs("asset", "ES", date(2024, 1, 1))]
    assert [c.hours for c in running] == [48, 48]
    assert not any(c.runs("account", country, date(2025, 1, 1)) for c in clocks() for country in ("US", None))
    assert {c.instrument for c in clocks() if c.runs("account", "IE", date(2025, 1, 1))} == {"Directive (EU) 2024/1640"}
