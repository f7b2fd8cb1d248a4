"""Which rules are compared where none is named."""

import pytest

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._comparison import usual

TEXT = """
2024-01-01 ? -> F 100.00 #a
2024-01-02 F -> ? 50.00
2024-01-03 ? -> F 100.00 #b
"""
ELECTIONS = {"oatway_election", "pick_defence"}


def left_out(monkeypatch, claim, rule="fifo", **limits):
    trace = fm.trace(fm.FlowGraph(fm.sketch(TEXT)), claim, rule)
    for name, transactions in limits.items():
        monkeypatch.setattr(f"followmoney.tracing._comparison.{name}", transactions)
    return set(catalogue()) - set(usual(trace)), " ".join(trace.notes)


def test_all_of_them_on_a_short_ledger(monkeypatch):
    away, notes = left_out(monkeypatch, ["a", "b"])
    assert not away
    assert "this long" not in notes


def test_all_of_them_on_a_long_ledger_too(monkeypatch):
    away, notes = left_out(monkeypatch, ["a", "b"], LONG=1)
    assert not away
    assert "sensitivity() leaves out" in notes
    assert "only where named" not in notes


def test_no_election_on_a_very_long_one_unless_it_was_chosen(monkeypatch):
    away, notes = left_out(monkeypatch, ["a", "b"], LONG=1, LONG_CHOICE=1)
    assert away == ELECTIONS
    assert "compared only where named: oatway_election, pick_defence." in notes
    assert left_out(monkeypatch, ["a", "b"], "pick_defence")[0] == {"oatway_election"}


@pytest.mark.parametrize("rule", ["poison", "tiho"])
def test_not_those_that_take_several_claimants_slowly(monkeypatch, rule):
    away, notes = left_out(monkeypatch, {"Ana": ["a"], "Ben": ["b"]}, LONG=1)
    assert rule in away
    assert away >= ELECTIONS
    assert not away & {"pro_rata", "fifo", "libr_cap"}
    assert rule in notes
