"""What can be recovered: no total counts money twice, and a small case comes out as worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from random_ledgers import drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import catalogue

CASE = """
party P1 person "Ana Example" ES
party C1 company "Costa Norte S.L." ES
party P2 person "Bo Sample" MT
owns P1 C1 60%
owns P2 C1 20%
account A holder=P1 IBAN ES
account B holder=C1 IBAN ES
account C holder=P2 IBAN MT
account D holder=P2 IBAN MT
asset V1 vehicle "Car" holder=C1 500.00 EUR by=t4
asset V2 real_estate "Flat" holder=P1 9,000.00 EUR
2024-01-02 cash -> A 1,000.00 cash #t1
2024-01-03 A -> B 900.00 #t2
2024-01-04 A -> cash 60.00 cash #t3
2024-01-05 B -> N 300.00 #t4
2024-02-06 B -> C 500.00 #t5
2024-02-07 X -> D 70.00 #t6
"""

LOAN = """
asset L1 receivable "Loan to Ana" holder=P2 30.00 EUR by=t8
2024-02-08 D -> A 30.00 #t8
"""


def case(text=CASE, claim="t1", rule="fifo", **more):
    graph = fm.FlowGraph(fm.sketch(text))
    return fm.Case("x", trace=fm.trace(graph, claim=claim, rule=rule, **more))


def test_the_small_case_comes_out_as_worked_out_by_hand():
    found = case().recoverable()
    places = {i: (c, low, high) for i, c, low, high in found.places.select("id", "claim", "least", "most").iter_rows()}
    # All money in the accounts is claim money, so nothing is open: 1,000 = 40 + 100 + 500 + 300 + 60 in cash.
    assert places == {"A": (4_000,) * 3, "B": (10_000,) * 3, "C": (50_000,) * 3, "V1": (30_000,) * 3}
    total = found.totals.row(0, named=True)
    assert (total["places"], total["claim"], total["least"], total["most"]) == (4, 94_000, 94_000, 94_000)
    assert total["untoc_cap"] <= 100_000
    assert dict(found.parties.select("party", "claim").iter_rows()) == {"P2": 50_000, "C1": 40_000, "P1": 4_000}
    assert dict(found.countries.select("country", "most").iter_rows())["MT"] == 50_000


def test_how_much_makes_a_beneficial_owner_is_what_the_case_was_told():
    owners = [
        (found.places.filter(id="B")["beneficial_owners"].to_list()[0], [n for n in found.notes if "enough" in n])
        for made in (case(), replace(case(), threshold=0.2), replace(case(), lower={"64": 0.1}))
        for found in (made.recoverable(),)
    ]
    both = ["Ana Example (60 %)", "Bo Sample (20 %)"]
    assert [said for said, _ in owners] == [both[:1], both, both[:1]]
    assert owners[2][1] == ["Where the NACE code of the company begins with 64, 10 % is enough."]
    sector = CASE.replace('"Costa Norte S.L." ES', '"Costa Norte S.L." ES sector=64.2')
    found = replace(case(sector), lower={"64": 0.1}).recoverable()
    assert found.places.filter(id="B")["beneficial_owners"].to_list() == [both]
    assert "Beneficial owners are natural persons who own 25 % or more in the end, by shares." in found.notes
    with pytest.raises(SettingsError, match="give a share above 0"):
        fm.Case("x", threshold=25)


def test_a_row_says_who_owns_it_in_the_end_which_measures_may_apply_and_which_clocks_run():
    rows = {row["id"]: row for row in case().recoverable().places.iter_rows(named=True)}
    assert rows["B"]["beneficial_owners"] == ["Ana Example (60 %)"]
    assert rows["C"]["beneficial_owners"] == ["Bo Sample"]
    articles = {
        name: [said.split("art. ")[1].split(" may")[0] for said in row["measures"]] for name, row in rows.items()
    }
    assert articles["A"] == ["12", "12 (value)"]
    assert articles["C"] == ["12", "13"]
    assert articles["V1"] == ["12", "13"]  # paid for at 300.00, worth 500.00
    assert all("may be considered where" in m for row in rows.values() for m in row["measures"])
    assert ["48 hours" in clock for clock in rows["C"]["clocks"]] == [True, True]


def test_a_holder_who_is_asserted_to_be_a_wrongdoer_is_no_third_party():
    said = fm.Assertion("wrongdoer", ["P2"], "He pleaded so.", "A. Analyst", "2024-06-01")
    rows = case(assertions=[said]).recoverable().places.filter(id="C")["measures"].to_list()[0]
    assert not any("art. 13" in measure for measure in rows)


@examples(5)
@given(drawn())
def test_totals_never_count_money_twice(some):
    made = case(some.text(), some.claim)
    found = made.recoverable()
    rules = ["claim", *(c for c in found.places.columns if c in catalogue() and catalogue()[c].conserving)]
    sums = found.places.group_by("currency").agg(pl.col(rules).sum()).sort("currency")
    for table in (found.parties, found.countries, found.totals):
        assert table.group_by("currency").agg(pl.col(rules).sum()).sort("currency").equals(sums)
    for row in found.totals.iter_rows(named=True):
        inside = found.places.filter(currency=row["currency"])
        assert inside["least"].max() <= row["least"] <= row["claim"] <= row["most"]
        for rule in rules:
            assert row["least"] <= row[rule] <= row["most"] or rule != "claim"
        if len(made.trace.graph.currencies) == 1:
            assert row["most"] <= sum(made.trace.claimed.values())
    for table in (found.parties, found.countries):
        for row in table.iter_rows(named=True):
            assert row["least"] <= row["claim"] <= row["most"]


@examples(5)
@given(drawn(most=10))
def test_other_rules_and_other_questions_answer_as_well(some):
    made = case(some.text(), some.claim, "untoc_cap")
    assert made.recoverable().totals["claim"].sum() == made.assets()["claim"].sum()
    for ask in (made.exits, made.out_by_month, made.third_parties, made.shortfall, made.untainted, made.sale):
        ask()


def test_the_last_account_before_a_border_and_before_cash():
    rows = case().exits().select("kind", "account", "to", "claim").rows()
    assert rows == [("border", "B", "MT", 50_000), ("cash", "A", "cash", 6_000)]


def test_a_payment_into_a_wallet_is_an_exit_to_crypto():
    text = "account A IBAN ES\naccount W wallet\n2024-01-01 cash -> A 10.00 cash #t1\n2024-01-02 A -> W 10.00 #t2\n"
    assert case(text).exits().select("kind", "account", "claim").rows() == [("crypto", "A", 1_000)]


def test_how_much_is_out_stands_at_the_end_of_each_month():
    rows = case().out_by_month().select("month", "kind", "to", "claim", "least", "most").rows()
    shown = [(month.isoformat(), kind, *amounts) for month, kind, _, *amounts in rows]
    assert shown == [
        ("2024-01-31", "cash", 6_000, 6_000, 6_000),
        ("2024-02-07", "cash", 6_000, 6_000, 6_000),
        ("2024-02-07", "country", 50_000, 50_000, 50_000),
    ]


def test_in_a_long_ledger_the_least_and_the_most_stand_at_the_last_month_only(monkeypatch):
    whole = case().out_by_month()
    monkeypatch.setattr("followmoney.case.exits._SHORT", 0)
    short = case().out_by_month()
    before = pl.col("month") < whole["month"].max()
    assert short.drop("least", "most").equals(whole.drop("least", "most"))
    assert short.filter(~before).equals(whole.filter(~before))
    assert short.filter(before)["least"].is_null().all()


def test_what_was_paid_stands_beside_what_it_is_worth():
    row = case().third_parties().row(0, named=True)
    assert (row["id"], row["paid"], row["value"], row["ratio"], row["others_paid"]) == (
        "V1",
        30_000,
        50_000,
        0.6,
        False,
    )


def test_a_thing_that_somebody_else_paid_for_says_how_the_records_relate_them():
    row = case(CASE.replace('"Car" holder=C1', '"Car" holder=P1')).third_parties().row(0, named=True)
    assert (row["others_paid"], row["payers"], row["relation"]) == (True, ["C1"], ["P1 has an interest in C1"])


def test_the_shortfall_is_what_left_and_untainted_things_are_listed_first_recipient_first():
    row = case().shortfall().row(0)
    assert row == ("EUR", 100_000, 94_000, 6_000, 6_000, 6_000)
    other = case().untainted().select("id", "untainted", "why").rows()
    assert other == [("V2", 900_000, "received the claim first"), ("D", 7_000, "holds claim money now")]


def test_who_only_holds_claim_money_is_sorted_by_what_came_to_them_and_a_loan_names_its_borrower():
    made = case().untainted()
    assert made.filter(pl.col("why") == "holds claim money now")["got"].min() > 0
    lent = case(CASE + LOAN).untainted().filter(pl.col("id") == "L1")
    assert lent["owed_by"].to_list() == ["P1"]


def test_the_order_says_which_things_it_does_not_rank():
    assert any(note.startswith("Only accounts are ranked. Things bought") for note in case().freeze_first().notes)
    assert case().day is not None


def test_a_car_loses_value_and_a_flat_does_not():
    row = case().sale().row(0, named=True)
    assert len(case().sale()) == 1
    assert (row["kind"], row["lost_in_a_year"], row["percent_a_year"]) == ("vehicle", 10_000, 20)


def test_without_a_trace_nothing_can_be_recovered():
    with pytest.raises(SettingsError, match="no trace"):
        fm.Case("x").recoverable()


def test_a_claim_that_is_all_gone_leaves_nothing_and_says_so():
    found = case("2024-01-01 cash -> A 10.00 cash #t1\n2024-01-02 A -> cash 10.00 cash #t2\n")
    assert found.recoverable().sentence == "No account and no asset holds claim money."
    assert found.freeze_first().sentence == "No account holds claim money, so no order is needed."
    assert found.shortfall()["shortfall"].to_list() == [1_000]


def test_things_bought_with_one_payment_are_one_row_here_too():
    text = CASE.replace("asset V2", 'asset V3 vessel "Boat" holder=C1 100.00 EUR by=t4\nasset V2')
    found = case(text).recoverable()
    assert found.places.filter(kind="asset")["id"].to_list() == ["V1 + V3"]
    assert found.totals["claim"].to_list() == [94_000]
