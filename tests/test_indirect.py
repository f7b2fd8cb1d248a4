"""Indirect methods: the figures of the worked examples, and what has to hold between the methods."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.case.bank_deposits import bank_deposits
from followmoney.case.disproportion import disproportion
from followmoney.case.expenditure import expenditure
from followmoney.case.net_worth import net_worth
from followmoney.case.recoverable_amount import recoverable_amount
from followmoney.case.unexplained import Unexplained
from followmoney.errors import InputError, SettingsError

START, END = date(2019, 12, 31), date(2020, 12, 31)
YEAR = "2020-01-01..2020-12-31"
PROFILE = f"""
    finance P1 asset 2019-12-31 80,000.00 "flat"
    finance P1 debt 2019-12-31 30,000.00 "mortgage"
    finance P1 asset 2020-12-31 180,000.00 "flat"
    finance P1 asset 2020-12-31 80,000.00 "car"
    finance P1 debt 2020-12-31 50,000.00 "mortgage"
    finance P1 living_cost {YEAR} 60,000.00
    finance P1 income {YEAR} 80,000.00 "salary"
    2020-01-01 A -> B 1
"""


def adds_up(found: Unexplained) -> None:
    sums = [0, 0]
    for sign, least, most in found.lines.select("sign", "least", "most").iter_rows():
        sums[0] += least if sign > 0 else -most
        sums[1] += most if sign > 0 else -least
    assert (found.least, found.most) == tuple(sums)


def test_net_worth_and_expenditure_give_the_figure_of_the_worked_example() -> None:
    ledger = fm.sketch(PROFILE)
    for method in (net_worth, expenditure):
        found = method(ledger, "P1", START, END)
        assert (found.least, found.most) == (14_000_000, 14_000_000)
        assert "EUR 140,000.00 is not explained" in found.sentence
        assert "No cash at hand is stated" in found.notes[0]
        adds_up(found)
    assert net_worth(ledger, "P1", START, END).lines["rows"].to_list()[0] == ["sketch row 5", "sketch row 4"]


def test_cash_kept_at_home_is_a_range() -> None:
    found = net_worth(fm.sketch(PROFILE), "P1", START, END, opening_cash=(1_000_000, 15_000_000))
    assert (found.least, found.most, found.notes) == (-1_000_000, 13_000_000, ())
    stated = fm.sketch(PROFILE + "finance P1 cash_on_hand 2019-12-31 5,000.00")
    assert net_worth(stated, "P1", START, END).most == 13_500_000


AMOUNTS = st.integers(0, 10**6)
THINGS = st.lists(st.tuples(st.sampled_from(["asset", "debt"]), st.sampled_from("abc"), AMOUNTS, AMOUNTS), max_size=5)


@given(THINGS, AMOUNTS, AMOUNTS, AMOUNTS, st.tuples(AMOUNTS, AMOUNTS))
def test_net_worth_equals_expenditure_whatever_the_profile(
    things: list[tuple[str, str, int, int]], cost: int, income: int, gift: int, cash: tuple[int, int]
) -> None:
    lines = ["2020-01-01 A -> B 1", "finance P1 asset 2019-12-31 0.00", "finance P1 asset 2020-12-31 0.00"]
    for kind, name, before, after in things:
        lines += [f'finance P1 {kind} {day} {n / 100:.2f} "{name}"' for day, n in ((START, before), (END, after))]
    for kind, n in (("living_cost", cost), ("income", income), ("receipt", gift)):
        lines.append(f"finance P1 {kind} {YEAR} {n / 100:.2f}")
    ledger = fm.sketch("\n".join(lines))
    low, high = sorted(cash)
    a, b = (method(ledger, "P1", START, END, opening_cash=(low, high)) for method in (net_worth, expenditure))
    assert (a.least, a.most) == (b.least, b.most)
    assert a.most - a.least == high - low
    adds_up(b)


DEPOSITS = f"""
    account A1 holder=P1
    account A2 holder=P1
    account B1 holder=P2
    2020-02-01 ? -> A1 145,000.00 EUR wire #pay
    2020-02-02 B1 -> A1 20,000.00 EUR wire #loan
    2020-02-03 A2 -> A1 30,000.00 EUR wire #own
    2020-03-01 A1 -> cash 5,000.00 EUR cash #out
    2020-04-01 cash -> A1 5,000.00 EUR cash #in
    finance P1 receipt {YEAR} 20,000.00 "loan of P2"
    finance P1 cash_spent {YEAR} 25,000.00
    finance P1 income {YEAR} 90,000.00
"""


def test_bank_deposits_give_the_figure_of_the_worked_example() -> None:
    found = bank_deposits(fm.sketch(DEPOSITS), "P1", START, END)
    steps = dict(found.lines.select("step", "most").iter_rows())
    assert (steps["Paid into the accounts"], steps["Own transfers"]) == (20_000_000, 3_000_000)
    assert steps["Cash paid in again, or kept from before"] == 500_000
    assert (found.least, found.most) == (8_000_000, 8_500_000)
    adds_up(found)


def test_cash_can_only_be_paid_in_again_after_it_was_drawn() -> None:
    text = DEPOSITS.replace("2020-03-01 A1", "2020-05-01 A1")
    found = bank_deposits(fm.sketch(text), "P1", START, END)
    assert found.least == found.most == 8_500_000
    at_home = bank_deposits(fm.sketch(text), "P1", START, END, opening_cash=(0, 200_000))
    assert at_home.least == 8_300_000


def test_transfers_from_a_company_counted_with_the_party_are_its_own() -> None:
    found = bank_deposits(fm.sketch(DEPOSITS), "P1", START, END, also=["P2"])
    assert dict(found.lines.select("step", "most").iter_rows())["Own transfers"] == 5_000_000


def test_what_was_given_back_is_no_income() -> None:
    text = DEPOSITS + "2020-06-01 A1 -> B1 70.00 EUR wire #x\n2020-06-02 B1 -> A1 70.00 EUR wire reverses=x"
    assert bank_deposits(fm.sketch(text), "P1", START, END).most == 8_500_000


YEARS = """
    2020-01-01 A -> B 1
    finance P1 income 2018-01-01..2018-12-31 30,000.00
    finance P1 living_cost 2018-01-01..2018-12-31 20,000.00
    finance P1 income 2019-01-01..2019-12-31 32,000.00
    finance P1 living_cost 2019-01-01..2019-12-31 21,000.00
    finance P1 outlay 2019-05-01..2019-05-01 40,000.00 "house, less mortgage"
    finance P1 income 2020-01-01..2020-12-31 28,000.00
    finance P1 living_cost 2020-01-01..2020-12-31 22,000.00
    finance P1 outlay 2020-05-01..2020-05-01 2,000.00 "motorcycle"
"""


def test_disproportion_gives_the_figures_of_the_worked_example() -> None:
    found = disproportion(fm.sketch(YEARS), "P1", date(2018, 1, 1), END)
    assert (found.least, found.most) == (1_900_000, 1_900_000)
    assert found.lines["most"].to_list() == [1_900_000, 0]
    saved = disproportion(fm.sketch(YEARS), "P1", date(2018, 1, 1), END, opening_cash=(0, 2_500_000))
    assert (saved.least, saved.most) == (0, 1_900_000)


def test_the_recoverable_amount_is_what_there_is_where_that_is_less() -> None:
    found = recoverable_amount(50_000_000, [(30_000_000, 12_000_000), (2_000_000, 0), (1_500_000, 0)], gifts=6_000_000)
    assert (found.available, found.recoverable, found.shortfall) == (27_500_000, 27_500_000, 22_500_000)
    assert recoverable_amount(5, [(1, 9), (9, 0)]).recoverable == 5


def test_lines_that_run_beyond_the_days_are_left_out_and_said() -> None:
    found = net_worth(fm.sketch(PROFILE + "finance P1 income 2020-07-01..2021-06-30 9.00"), "P1", START, END)
    assert found.most == 14_000_000
    assert "1 lines run beyond the days" in found.notes[-1]


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"party": "P9"}, InputError, "finances.parquet"),
        ({"currency": "USD"}, InputError, "currency"),
        ({"start": date(2018, 12, 31)}, InputError, "days that are known: 2019-12-31, 2020-12-31"),
        ({"start": END, "end": START}, SettingsError, "is after the last"),
        ({"opening_cash": (2, 1)}, SettingsError, "least first"),
    ],
)
def test_a_question_that_has_no_answer_says_why(wrong: dict[str, object], error: type[Exception], says: str) -> None:
    asked = {"party": "P1", "start": START, "end": END} | wrong
    with pytest.raises(error, match=says):
        net_worth(fm.sketch(PROFILE), **asked)  # type: ignore[arg-type]
