"""Figures of finished accounts looked at alone: which year counts, and what assets are worth."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from random_tapes import tape

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.ledger.when import micros
from followmoney.tracing import Assertion
from followmoney.tracing.foskett import foskett, substitute
from followmoney.tracing.usc984 import Usc984, recoverable


def at(*moments):
    """A tape with a payment at each of these moments."""
    rows = [(0, 1, 5, 5, False, False, None)] * len(moments)
    times = np.array([micros(datetime.fromisoformat(moment + "Z")) for moment in moments], np.int64)
    return replace(tape(rows, [0, 0], [False, False]), time=times)


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "Pacific/Niue"])
def zone(request, monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be set here")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("last", "since"),
    [
        ("2024-03-05T00:00:00", "2023-03-05"),
        ("2024-03-05T00:00:01", "2023-03-05"),
        ("2024-03-05T23:59:59.999999", "2023-03-05"),
        ("9999-12-31T23:59:59.999999", "9998-12-31"),  # beyond what floating point tells apart
    ],
)
@pytest.mark.usefixtures("zone")
def test_the_year_ends_on_the_day_of_the_last_transaction_in_utc_wherever_it_is_counted(last, since):
    start = micros(datetime.fromisoformat(since + "T00:00:00Z"))
    assert Usc984()._since(at("2024-01-01T00:00:00", last)) == start
    assert Usc984(date(2024, 7, 1))._since(at(last)) == micros(datetime(2023, 7, 1, tzinfo=UTC))


def test_without_times_or_transactions_no_year_is_counted():
    assert Usc984()._since(at()) is None
    assert Usc984()._since(replace(at("2024-01-01T00:00:00"), time=None)) is None
    with pytest.raises(SettingsError, match=r"got '2024-06-30'"):
        Usc984("2024-06-30")


@pytest.mark.parametrize(
    ("offence", "balance", "traced", "committed", "figure"),
    [
        (500, 700, 100, date(2023, 6, 30), 500), (500, 300, 100, date(2023, 6, 30), 300),
        (500, 300, 400, date(2023, 6, 30), 400), (500, 700, 100, date(2023, 6, 29), 100),
    ],
)  # fmt: skip
def test_within_a_year_the_balance_counts_and_after_it_what_is_traced(offence, balance, traced, committed, figure):
    assert recoverable(offence, balance, traced, committed=committed, action=date(2024, 6, 30)) == figure


BOUGHT = """
2024-01-01 ? -> A 45.00 #c
2024-01-01 ? -> A 45.00
2024-01-02 A -> S 30.00 #one
2024-01-03 A -> S 20.00 #two
2024-01-04 A -> S 10.00 #three
asset V1 vehicle by=one
asset V2 vehicle 99.00 GBP by=two
asset V3 vehicle 60.00 EUR by=three
"""


def test_where_no_value_in_the_currency_of_the_cost_is_stated_there_is_only_a_share():
    frame = foskett(fm.trace(fm.FlowGraph(fm.sketch(BOUGHT)), "c", "pro_rata"))
    assert frame.rows() == [
        ("V1", "EUR", 3_000, 1_500, 0.5, None, None, None, None, None),
        ("V2", "EUR", 2_000, 1_000, 0.5, None, None, None, None, None),
        ("V3", "EUR", 1_000, 500, 0.5, 6_000, 3_000, 500, 3_000, None),
    ]


def test_several_assets_bought_with_one_payment_have_one_cost_and_no_value_between_them():
    text = """
    2024-01-01 ? -> A 45.00 #c
    2024-01-02 A -> S 30.00 #both
    asset V1 vehicle 20.00 EUR by=both
    asset V2 vessel 40.00 EUR by=both
    """
    assert foskett(fm.trace(fm.FlowGraph(fm.sketch(text)), "c")).rows() == [
        ("V1 + V2", "EUR", 3_000, 3_000, 1.0, None, None, None, None, None)
    ]


def test_an_asset_bought_in_another_currency_than_the_claim_cost_what_the_claim_paid_off():
    text = """
    balance A 2024-01-01 -50.00 EUR opening
    2024-01-02 A -> Dealer 20.00 EUR = 17.00 GBP #buy
    asset V1 vehicle 30.00 EUR by=buy
    2024-01-03 ? -> A 40.00 EUR #c
    """
    link = Assertion("backward", ("buy", "c"), "One plan.", "A. Analyst", date(2024, 5, 1))
    (row,) = foskett(fm.trace(fm.FlowGraph(fm.sketch(text)), "c", "fifo", assertions=[link])).to_dicts()
    found = [row[name] for name in ("currency", "cost", "claim", "share", "election")]
    assert found == ["EUR", 2_000, 2_000, 1, 3_000]


def test_what_cost_nothing_gives_no_share_and_only_the_charge():
    its = substitute(100, 0, 50)
    assert (its.share, its.proportionate, its.lien, its.election) == (0, 0, 50, 50)
