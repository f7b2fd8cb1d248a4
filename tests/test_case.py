"""A case says what can be frozen, and its figures add up."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import ReconcileError, SettingsError

SKETCH = """
party P1 person "Ana Example" ES
party C1 company "Costa Norte S.L." ES
account A holder=P1 IBAN ES
account B holder=C1 IBAN ES
balance B 2024-01-01 500.00 EUR opening
asset V1 real_estate "Villa" holder=C1 4,000.00 EUR by=t4,t5
asset V2 vehicle "Boat" 900.00 USD by=t5
owns P1 C1 60%
2024-01-02 cash -> A 1,000.00 EUR cash
2024-01-03 A -> B 900.00
2024-01-04 A -> cash 60.00 EUR cash
2024-01-05 B -> N 700.00
2024-01-06 B -> N 300.00
"""


def traced(rule: str = "lowest_balance") -> fm.Case:
    graph = fm.FlowGraph(fm.sketch(SKETCH))
    return fm.Case("HARBOUR", trace=fm.trace(graph, claim="t1", rule=rule))


def test_assets_are_the_accounts_and_things_that_hold_claim_money() -> None:
    assets = traced().assets()
    places = {(k, i): c for k, i, c in assets.select("kind", "id", "claim").iter_rows()}
    trace = traced().trace
    assert trace is not None
    held = {("account", a): c for a, c in trace.holders().select("account", "claim").iter_rows()}
    bought = {("asset", t): c for t, c in trace.exits().filter(kind="asset").select("to", "claim").iter_rows()}
    assert places == held | bought
    assert assets["claim"].to_list() == sorted(assets["claim"], reverse=True)


def test_an_asset_says_what_it_is_who_holds_it_and_what_paid_for_it() -> None:
    villa = traced().assets().filter(id="V1").row(0, named=True)
    assert (villa["description"], villa["holder_name"], villa["value"]) == ("Villa", "Costa Norte S.L.", 400_000)
    assert villa["paid_by"] == ["t4"]


def test_assets_bought_together_are_one_row_without_a_value_where_currencies_differ() -> None:
    both = traced().assets().filter(id="V1 + V2").row(0, named=True)
    assert (both["description"], both["value"], both["currency"]) == ("Villa + Boat", None, "EUR")


def test_there_is_a_column_for_each_rule_and_the_chosen_one_is_the_claim() -> None:
    assets = traced("pro_rata").assets()
    assert {"fifo", "lowest_balance", "pro_rata"} <= set(assets.columns)
    assert assets["pro_rata"].to_list() == assets["claim"].to_list()


def test_a_balance_is_of_the_last_day_looked_at() -> None:
    graph = fm.FlowGraph(fm.sketch(SKETCH))
    case = fm.Case("x", trace=fm.trace(graph, claim="t1", until="2024-01-03"))
    account = case.assets().filter(id="B").row(0, named=True)
    assert (account["valued_at"].isoformat(), account["value"], account["claim"]) == ("2024-01-03", 140_000, 90_000)


@pytest.mark.parametrize("rule", ["lowest_balance", "fifo", "pro_rata"])
def test_the_sentence_adds_up_to_the_claim(rule: str) -> None:
    case = traced(rule)
    said = case.sentence()
    assert said.startswith(f"Of EUR 1,000.00 claimed in 1 transaction (rule {rule}), EUR ")
    amounts = [
        int(w.strip(".,)").replace(",", "").replace(".", "")) for w in said.split() if w[0].isdigit() and "." in w[:-1]
    ]
    assert amounts[0] == sum(amounts[1:]) == 100_000
    assert "left as cash" in said


@pytest.mark.parametrize("rule", ["pro_rata", "fifo", "lowest_balance"])
def test_the_sentence_of_several_claimants_adds_up_over_all_of_them(rule: str) -> None:
    graph = fm.FlowGraph(fm.sketch(SKETCH + "2024-01-02 D -> A 400.00 #d\n2024-01-07 A -> N 10.00 EUR = 12.00 USD"))
    case = fm.Case("HARBOUR", trace=fm.trace(graph, {"Ana": ["t1"], "Ben": ["d"]}, rule=rule))
    assert "Of EUR 1,400.00 claimed in 2 transactions" in case.sentence()
    assert case.sentence().count("conversion") <= 2


def test_a_sentence_that_does_not_add_up_is_refused() -> None:
    case = traced()
    object.__setattr__(case, "_assets", case.assets().with_columns(claim=pl.col("claim") + 1))
    with pytest.raises(ReconcileError, match="in accounts"):
        case.sentence()


def test_a_sentence_names_both_currencies_of_converted_money() -> None:
    ledger = fm.sketch("2024-01-02 cash -> A 1,000.00 EUR cash\n2024-01-03 A -> G 400.00 = 300.00 GBP")
    said = fm.Case("x", trace=fm.trace(fm.FlowGraph(ledger), claim="t1")).sentence()
    assert "EUR 600.00 and GBP 300.00 is still held in 2 accounts" in said
    assert "EUR 400.00 of it went into conversion" in said


def test_a_case_never_changes() -> None:
    case = traced()
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.name = "other"  # type: ignore[misc]


def test_an_empty_case_says_so() -> None:
    case = fm.Case("nothing")
    assert (len(case.assets()), case.ledger) == (0, None)
    assert case.sentence() == "No money was traced, so nothing can be said of where it is."
    with pytest.raises(SettingsError, match="no ledger"):
        case.ownership("P1")


def test_ownership_is_drawn_for_a_party_by_its_name() -> None:
    ax = traced().ownership("Costa Norte S.L.")
    assert {"Costa Norte S.L.", "60%"} <= {t.get_text() for t in ax.texts}


def test_a_notebook_sees_names_as_text() -> None:
    assert "<b>Case(&#x27;&lt;i&gt;&#x27;)" in fm.Case("<i>")._repr_html_()


def test_assets_bought_together_keep_their_value_whatever_they_are_called() -> None:
    ledger = fm.sketch("""
        2024-01-01 ? -> A 100.00 #c
        2024-01-02 A -> B 100.00 #t
        asset v1 real_estate "House" holder=P 500.00 by=t
        asset "x + y" vehicle "Boat" holder=P 700.00 by=t
        balance A 2024-01-01 0.00 opening
    """)
    (row,) = fm.Case("X", trace=fm.trace(fm.FlowGraph(ledger), ["c"])).assets().iter_rows(named=True)
    assert (row["id"], row["value"], row["claim"]) == ("v1 + x + y", 120_000, 10_000)
