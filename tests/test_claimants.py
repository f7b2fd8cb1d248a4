"""Several claimants: each claim is kept apart, and reconciles by itself."""

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.tracing import Draw, catalogue

TWO = """
2024-01-01 ? -> F 100.00 #a
2024-01-02 F -> ? 50.00
2024-01-03 ? -> F 100.00 #b
2024-01-04 F -> ? 60.00
"""


def trace(text, claim, rule="lowest_balance"):
    return fm.trace(fm.FlowGraph(fm.sketch(text)), claim, rule)


@pytest.mark.parametrize(
    ("rule", "parts"),
    [("fifo", (0, 9_000)), ("lifo", (5_000, 4_000)), ("pro_rata", (3_000, 6_000)), ("pari_passu", (4_500, 4_500)),
     ("libr_cap", (3_214, 5_786))],
)  # fmt: skip
def test_each_claimant_has_a_column_of_his_own(rule, parts):
    its = trace(TWO, {"Ana": ["a"], "Ben": "b"}, rule)
    row = its.holders().row(0, named=True)
    assert (row["claim"], row["claim_Ana"], row["claim_Ben"]) == (9_000, *parts)
    assert its.claimed == {"EUR": 20_000}
    assert (its.of("Ana").claimed, its.of("Ana").claim) == ({"EUR": 10_000}, ("a",))
    table = its.reconciliation()
    assert table["claimant"].to_list() == ["Ana", "Ben"]
    assert table["held"].to_list() == list(parts)
    assert table["difference"].to_list() == [0, 0]


def test_money_of_one_claimant_in_the_payment_of_another_stays_the_first_ones():
    text = "2024-01-01 ? -> A 30.00 #a\n2024-01-02 ? -> A 10.00\n2024-01-03 A -> B 40.00 #b"
    its = trace(text, {"Ana": "a", "Ben": "b"})
    row = its.holders().row(0, named=True)
    assert (row["account"], row["claim_Ana"], row["claim_Ben"]) == ("B", 3_000, 1_000)
    assert its.of("Ben").claimed == {"EUR": 1_000}


def test_one_claimant_in_a_mapping_is_as_one_claim():
    one, other = trace(TWO, {"Ana": ["a"]}), trace(TWO, ["a"])
    assert one.holders().equals(other.holders())
    assert one.reconciliation().equals(other.reconciliation())


def test_wrong_claimants_are_named():
    with pytest.raises(SettingsError, match="claimed by both 'Ana' and 'Ben'"):
        trace(TWO, {"Ana": "a", "Ben": ["b", "a"]})
    with pytest.raises(SettingsError, match="'Ben' has no transaction"):
        trace(TWO, {"Ana": "a", "Ben": []})
    with pytest.raises(SettingsError, match="Did you mean 'Ana'"):
        trace(TWO, {"Ana": "a", "Ben": "b"}).of("Anna")


@examples(15)
@given(ledger=drawn(), data=st.data())
def test_claimants_together_hold_what_one_claim_would(ledger, data):
    """Age and claim decide these rules, not whose claim it is."""
    half = data.draw(st.integers(0, len(ledger.claim)))
    parts = {"Ana": ledger.claim[:half], "Ben": ledger.claim[half:]}
    claim = {name: ids for name, ids in parts.items() if ids}
    graph = fm.FlowGraph(fm.sketch(ledger.text()))
    for rule in ("fifo", "lifo", "lowest_balance", "taint_first", "tiho"):
        together, one = fm.trace(graph, claim, rule), fm.trace(graph, list(ledger.claim), rule)
        if "=" not in ledger.text().replace("reverses=", ""):  # conversions round owner by owner
            keys = ["account", "currency", "balance", "claim"]
            assert together.holders().select(keys).equals(one.holders().select(keys))
            assert together.moved.tolist() == one.moved.tolist()


@examples(15)
@given(ledger=drawn(), data=st.data())
def test_every_claimant_reconciles_under_every_rule(ledger, data):
    half = data.draw(st.integers(0, len(ledger.claim)))
    parts = {"Ana": ledger.claim[:half], "Ben": ledger.claim[half:]}
    claim = {name: ids for name, ids in parts.items() if ids}
    graph = fm.FlowGraph(fm.sketch(ledger.text()))
    for rule, made in catalogue().items():
        its = fm.trace(graph, claim, rule)
        table = its.reconciliation()
        assert table["difference"].to_list() == [0] * len(table)
        if made.conserving and issubclass(made, Draw):
            whole = its.holders().select(pl.col("^claim_.*$")).sum_horizontal() if len(claim) > 1 else None
            assert whole is None or whole.to_list() == its.holders()["claim"].to_list()
