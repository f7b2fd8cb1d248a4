"""What an analyst asserts: interest, fees, links, where claims end; recorded, switchable, with and without."""

from datetime import date
from fractions import Fraction

import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion
from followmoney.tracing.foskett import foskett, substitute
from followmoney.tracing.usc984 import a_year_before

RULES = ("fifo", "lowest_balance", "pro_rata", "oatway_election", "libr_cap")


def asserted(kind, *about, on=True):
    return Assertion(kind, about, why="Seen in the statement.", who="A. Analyst", when=date(2024, 5, 1), on=on)


def trace(text, *assertions, claim="c", rule="lowest_balance"):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, assertions=assertions)


def held(its):
    return {row["account"]: row["claim"] for row in its.holders().iter_rows(named=True)}


def gone(its):
    return {(row["kind"], row["to"]): row["claim"] for row in its.exits().iter_rows(named=True)}


EARNED = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 ? -> A 10.00 #o\n2024-01-03 ? -> A 1.00 #i\n2024-01-04 A -> ? 0.50 #f"


@pytest.mark.parametrize("rule", RULES)
def test_interest_follows_the_money_that_earned_it(rule):
    its = trace(EARNED, asserted("interest", "i"), asserted("fee", "f"), rule=rule)
    table = its.reconciliation().row(0, named=True)
    assert (table["claimed"], table["accrued"], table["difference"]) == (9_000, 90, 0)
    assert its.without().reconciliation()["accrued"].to_list() == [0]


def test_claim_money_in_a_fee_is_gone_to_whom_it_was_paid():
    text = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 A -> Bank 5.00 #f\n2024-01-03 Bank -> B 5.00"
    assert gone(trace(text, asserted("fee", "f"))) == {("fee", "Bank"): 500}
    assert held(trace(text)) == {"A": 8_500, "B": 500}


@pytest.mark.parametrize("kind", ["good_faith", "pooled"])
def test_the_claim_ends_at_accounts_asserted_to_stop_it(kind):
    text = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 A -> Shop 50.00\n2024-01-03 Shop -> B 50.00"
    its = trace(text, asserted(kind, "Shop"))
    assert held(its) == {"A": 4_000}
    assert gone(its) == {(kind, "Shop"): 5_000}
    assert held(its.without(kind)) == held(trace(text)) == {"A": 4_000, "B": 5_000}
    assert its.reconciliation()["difference"].to_list() == [0]


CASH = "2024-01-01 ? -> A 90.00 #c\n2024-01-02 A -> cash 50.00 #out\n2024-01-05 cash -> B 40.00 #in"


@pytest.mark.parametrize("rule", RULES)
def test_cash_is_followed_only_where_a_link_is_asserted(rule):
    assert held(trace(CASH, rule=rule)) == {"A": 4_000}
    its = trace(CASH, asserted("link", "out", "in"), rule=rule)
    assert held(its) == {"A": 4_000, "B": 4_000}
    assert gone(its) == {("cash", "(cash EUR)"): 1_000}
    assert its.reconciliation().select("held", "left").row(0) == (8_000, 1_000)
    assert repr(its).endswith(": 2 accounts hold some)")
    assert its.reconciliation()["difference"].to_list() == [0]
    assert held(trace(CASH, asserted("link", "out", "in", on=False), rule=rule)) == {"A": 4_000}


def test_what_cannot_be_linked_is_refused():
    with pytest.raises(SettingsError, match="cannot be linked"):
        trace(CASH, asserted("link", "in", "out"))
    with pytest.raises(SettingsError, match="two identifiers"):
        asserted("link", "out")
    with pytest.raises(SettingsError, match="needs a reason"):
        Assertion("fee", ("f",), why=" ", who="A", when=date(2024, 1, 1))
    with pytest.raises(SettingsError, match="Did you mean 'pooled'"):
        asserted("poled", "A")


DEBT = """
balance A 2024-01-01 -5.00 EUR opening
2024-01-02 A -> Dealer 20.00 #buy
asset V1 vehicle by=buy
2024-01-03 ? -> A 50.00 #c
"""


def test_a_backward_link_moves_money_out_of_the_debt_once():
    assert gone(trace(DEBT)) == {("debt", "A"): 2_500}
    its = trace(DEBT, asserted("backward", "buy", "c"))
    assert gone(its) == {("asset", "V1"): 2_000, ("debt", "A"): 500}
    table = its.reconciliation().row(0, named=True)
    assert (table["left"], table["discharged"], table["difference"]) == (2_000, 500, 0)
    twice = trace(DEBT, asserted("backward", "buy", "c"), asserted("backward", "V1", "c"))
    assert gone(twice) == {("asset", "V1"): 2_500}


def test_assertions_are_recorded_with_who_when_and_why_and_are_noted():
    its = trace(CASH, asserted("link", "out", "in"), asserted("innocent", "B"))
    row = ("link", ["out", "in"], "Seen in the statement.", "A. Analyst", date(2024, 5, 1), True, None)
    assert its.assertions.row(0) == row
    assert any("1 assertion of an analyst (link) shaped these figures" in note for note in its.notes)
    assert any("innocent volunteer" in note for note in its.notes)


def test_a_substitute_asset_is_worth_the_share_or_the_charge_and_between_innocents_the_share():
    assert substitute(2_044_000, 5_110_000, 100_058_904).election == Fraction(2, 5) * 100_058_904
    fell = substitute(2_044_000, 5_110_000, 3_000_000)
    assert (fell.proportionate, fell.election) == (1_200_000, 2_044_000)
    assert substitute(2_044_000, 5_110_000, 3_000_000, wrongdoer=False).election == 1_200_000


def test_every_asset_of_a_trace_is_valued():
    text = (
        "2024-01-01 ? -> A 40.00 #c\n2024-01-02 ? -> A 60.00\n2024-01-03 A -> S 100.00 #buy\n"
        'asset V1 vehicle "Car" holder=P1 150.00 EUR by=buy\nparty P1 person "Ana Example" ES'
    )
    row = foskett(trace(text)).row(0, named=True)
    assert row == {
        "asset": "V1", "currency": "EUR", "cost": 10_000, "claim": 4_000, "share": 0.4, "value": 15_000,
        "proportionate": 6_000, "lien": 4_000, "election": 6_000, "status": None,
    }  # fmt: skip


def test_a_year_before_a_leap_day_is_the_last_of_february():
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_selftest_says_how_many_answers_agree(capsys):
    from followmoney.cli import main

    assert main(["selftest", "--format", "table"]) == 0
    said = capsys.readouterr().out.rstrip().rsplit("\n", 1)[1]
    agree, _, whole = said.split()[0].partition("/")
    assert agree == whole
