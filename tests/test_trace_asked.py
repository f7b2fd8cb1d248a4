"""What a trace is asked with: arguments of the wrong kind, the rule that nobody named, assertions that do nothing."""

from datetime import date
from typing import Any

import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.settings import Settings
from followmoney.tracing.usc984 import Usc984

LEDGER = fm.sketch("""
2024-03-04 ? -> A 100.00 EUR #t1
2024-03-05 A -> cash 50.00 EUR #t2
2024-03-08 cash -> B 50.00 EUR #t3
""")
GRAPH = fm.FlowGraph(LEDGER)


def said(kind: Any, *about: str) -> fm.Assertion:
    return fm.Assertion(kind, about, "seen", "Ana", date(2024, 4, 1))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Usc984(action="2024-06-30"), r"like date\(2024, 6, 30\); got '2024-06-30'"),
        (lambda: fm.trace(GRAPH, "t1", until=5), "5 is not a day or a time"),
        (lambda: fm.trace(GRAPH, "t1", assertions=["x"]), "given as a list.*got 'x'"),
        (lambda: fm.trace(GRAPH, "t1", assertions=said("fee", "t2")), "given as a list.*got Assertion"),
        (lambda: fm.trace(GRAPH, "t1", assertions=None), "given as a list.*got None"),
        (lambda: fm.trace(GRAPH, "t1", rule=Usc984), r"a rule like Usc984\(\)"),
        (lambda: fm.trace(LEDGER, "t1"), r"takes a flow graph: fm\.FlowGraph\(ledger\)"),
    ],
)
def test_an_argument_of_another_kind_is_one_clear_sentence(wrong: Any, words: str):
    with pytest.raises(SettingsError, match=words):
        wrong()


def test_the_default_rule_says_so_and_a_named_one_too():
    assert "default" in fm.trace(GRAPH, "t1").reason
    assert "was named" in fm.trace(GRAPH, "t1", "lowest_balance").reason
    assert "no rule was named" in fm.trace(GRAPH, "t1", rule=None).reason
    for settings, words in ((Settings(), "default"), (Settings.of({"trace": {"rule": "lowest_balance"}}), "was named")):
        assert words in fm.trace(GRAPH, "t1", settings.trace.rule).reason


def notes(*assertions: fm.Assertion, until: str | None = None, rule: str = "fifo") -> str:
    its = fm.trace(GRAPH, "t1", rule, until, assertions)
    return " ".join((*its.notes, *its.rule_free_notes))


def test_an_assertion_about_later_transactions_shaped_nothing():
    assert "1 assertion of an analyst (link) shaped these figures." in notes(said("link", "t2", "t3"))
    early = notes(said("link", "t2", "t3"), until="2024-03-06")
    assert "shaped" not in early
    assert "1 assertion of an analyst (link) changed nothing: what it is about is not there before the end" in early


def test_a_status_shapes_the_figures_of_one_rule_alone():
    assert "(innocent) shaped these figures" in notes(said("innocent", "A"), rule="by_status")
    assert "(innocent) changed nothing: the rule fifo does not look" in notes(said("innocent", "A"))
    assert "(good_faith) shaped these figures" in notes(said("good_faith", "B"))


def test_sums_in_two_currencies_are():
    text = "2024-03-04 ? -> A 100.00 EUR #t1\n2024-03-05 ? -> A 50.00 GBP #t2"
    words = fm.trace(fm.FlowGraph(fm.sketch(text)), ["t1", "t2"]).explain()
    assert words.startswith("EUR 100.00 and GBP 50.00 are claimed")
    assert "EUR 100.00 and GBP 50.00 are now in" in words
