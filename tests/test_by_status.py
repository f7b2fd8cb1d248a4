"""The status of the holder and the question choose the rule, account by account; the choice is recorded, not silent."""

from datetime import date

import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Assertion
from followmoney.tracing.by_status import ByStatus
from followmoney.tracing.foskett import foskett


def asserted(kind, *about, on=True):
    return Assertion(kind, about, why="Seen in the register.", who="A. Analyst", when=date(2024, 5, 1), on=on)


def trace(text, *assertions, claim="c", rule=None, question=None):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule, assertions=assertions, question=question)


def held(its):
    return {row["account"]: row["claim"] for row in its.holders().iter_rows(named=True)}


MIXED = """
party P1 person "Ana Example" ES
account A holder=P1 IBAN ES
2024-01-01 ? -> A 60.00 #o
2024-01-02 ? -> A 40.00 #c
2024-01-03 A -> B 50.00 #out
"""


@pytest.mark.parametrize(
    ("status", "question", "stays", "rule"),
    [
        (None, "left", 4_000, "lowest_balance"), (None, "bought", 0, "taint_first"),
        ("wrongdoer", "left", 4_000, "lowest_balance"), ("wrongdoer", "bought", 0, "taint_first"),
        ("innocent", "left", 2_000, "pro_rata"), ("innocent", "bought", 2_000, "pro_rata"),
        ("fiduciary", "left", 2_000, "pro_rata"), ("fiduciary", "bought", 2_000, "pro_rata"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("about", ["A", "P1"])
def test_status_and_question_decide_in_the_account(status, question, stays, rule, about):
    said = [asserted(status, about)] if status else []
    its = trace(MIXED, *said, question=question)
    assert held(its) == {name: money for name, money in (("A", stays), ("B", 4_000 - stays)) if money}
    choice = its.choices().row(0, named=True)
    assert (choice["account"], choice["name"], choice["status"], choice["rule"]) == ("A", "Ana Example", status, rule)
    assert its.reconciliation()["difference"].to_list() == [0]


def test_at_a_purchaser_in_good_faith_the_claim_ends():
    its = trace(MIXED, asserted("good_faith", "B"), question="bought")
    assert (held(its), its.exits().select("kind", "to", "claim").rows()) == ({}, [("good_faith", "B", 4_000)])
    choice = its.choices().filter(account="B").row(0, named=True)
    assert choice == {
        "account": "B", "name": None, "status": "good_faith", "rule": None,
        "reason": "asserted purchaser in good faith by A. Analyst on 2024-05-01: Seen in the register; "
                  "the claim ends there.",
    }  # fmt: skip
    assert trace(MIXED, asserted("good_faith", "B")).choices()["account"].to_list() == ["A"]


CHAIN = (
    MIXED
    + """
balance B 2024-01-01 50.00 EUR opening
2024-01-04 B -> C 50.00
2024-01-05 ? -> C 30.00
2024-01-06 C -> D 40.00
"""
)


def test_every_account_of_a_chain_follows_its_own_status():
    its = trace(CHAIN, asserted("wrongdoer", "A"), asserted("innocent", "B"), question="bought")
    assert held(its) == {"B": 2_000, "D": 2_000}
    assert its.choices().select("account", "rule").rows() == [
        ("A", "taint_first"), ("B", "pro_rata"), ("C", "taint_first"), ("D", "taint_first")
    ]  # fmt: skip
    assert held(its.without()) == {"D": 4_000}


def test_victims_share_in_the_fund_of_a_fiduciary_and_rank_in_order_in_the_wrongdoers():
    text = "2024-01-01 ? -> A 10.00 #v\n2024-01-02 ? -> A 30.00 #w\n2024-01-03 A -> ? 20.00"
    claims = {"Vera": "v", "Wim": "w"}
    for status, parts in (("fiduciary", (500, 1_500)), ("wrongdoer", (0, 2_000))):
        its = trace(text, asserted(status, "A"), claim=claims)
        assert its.holders().select("claim_Vera", "claim_Wim").row(0) == parts


def test_a_debt_follows_the_status_of_whoever_owes_it():
    text = """
    balance B 2024-01-01 -50.00 EUR opening
    2024-01-01 ? -> A 60.00
    2024-01-02 ? -> A 40.00 #c
    2024-01-03 A -> B 100.00
    """
    assert held(trace(text)) == {"B": 4_000}
    assert held(trace(text, asserted("innocent", "B"))) == {"B": 2_000}
    assert held(trace(text, asserted("innocent", "A"))) == {"B": 4_000}


def test_two_statuses_of_one_account_are_refused_unless_one_is_off():
    one, other = asserted("innocent", "P1"), asserted("wrongdoer", "A")
    with pytest.raises(SettingsError, match=r"'A': asserted innocent volunteer by .*; and asserted wrongdoer by"):
        trace(MIXED, one, other)
    assert held(trace(MIXED, one, asserted("wrongdoer", "A", on=False))) == {"A": 2_000, "B": 2_000}
    assert held(trace(MIXED, one, asserted("innocent", "A"))) == {"A": 2_000, "B": 2_000}


def test_a_party_is_named_for_all_its_accounts_and_an_unknown_one_is_refused():
    its = trace(MIXED, asserted("pooled", "P1"), rule="fifo")
    assert its.exits().select("kind", "to", "claim").rows() == [("pooled", "A", 4_000)]
    with pytest.raises(SettingsError, match=r"Unknown account or party 'P2'\. Did you mean 'P1'"):
        trace(MIXED, asserted("innocent", "P2"))


def test_why_this_rule_is_always_said():
    assert trace(MIXED).reason.startswith("by_status is followed because no rule was named")
    assert trace(MIXED, rule="by_status", question="bought").reason.endswith("what the claim money bought decide.")
    assert trace(MIXED, rule="lowest_balance").reason.startswith("lowest_balance was named")
    assert trace(MIXED, rule="fifo").reason.startswith("fifo was named")
    for rule in (None, "lowest_balance", "fifo"):
        its = trace(MIXED, asserted("innocent", "A"), rule=rule)
        assert f"Why this rule: {its.reason}" in its.explain()
        assert its.choices()["reason"].str.contains("asserted innocent volunteer by A. Analyst").to_list()[0]
    assert "No status is asserted for 1 account of these (A)" in trace(MIXED).explain()


def test_the_question_is_recorded_and_kept_in_every_comparison():
    its = trace(MIXED, rule="fifo", question="bought")
    assert (its.question, trace(MIXED).question, trace(MIXED, rule="fifo").question) == ("bought", "left", None)
    table = its.compare(["by_status", "taint_first", "lowest_balance"]).filter(id="A").row(0, named=True)
    assert (table["by_status"], table["taint_first"], table["lowest_balance"]) == (0, 0, 4_000)
    assert trace(MIXED, rule=ByStatus("bought")).question == "bought"


def test_a_question_that_contradicts_the_rule_or_that_nobody_knows_is_refused():
    with pytest.raises(SettingsError, match="asks what is bought"):
        trace(MIXED, rule=ByStatus("bought"), question="left")
    with pytest.raises(SettingsError, match="Unknown tracing rule ''"):
        trace(MIXED, rule="")
    with pytest.raises(SettingsError, match=r"^Unknown question 'bougth'\. Did you mean 'bought'"):
        trace(MIXED, rule="fifo", question="bougth")


ASSET = """
party P1 person "Ana Example" ES
account B holder=P1 IBAN ES
asset V1 vehicle "Car" holder=P1 50.00 EUR by=buy
2024-01-01 ? -> A 40.00 #c
2024-01-02 ? -> A 60.00
2024-01-03 A -> S 100.00 #buy
"""


@pytest.mark.parametrize(
    ("status", "election"),
    [(None, 4_000), ("wrongdoer", 4_000), ("fiduciary", 4_000), ("innocent", 2_000), ("good_faith", 0)],
)
@pytest.mark.parametrize("about", ["P1", "B"])
def test_an_innocent_holder_of_an_asset_owes_the_share_and_no_charge(status, election, about):
    row = foskett(trace(ASSET, *([asserted(status, about)] if status else []))).row(0, named=True)
    assert (row["proportionate"], row["lien"], row["election"], row["status"]) == (2_000, 4_000, election, status)
    said = foskett(trace(ASSET, asserted("innocent", "P1")), wrongdoer=True).row(0, named=True)
    assert said["election"] == 4_000
