"""Opening balances find their purse, however accounts are named and ordered."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.tracing import _opening
from followmoney.tracing._opening import numbers
from followmoney.tracing._record import record

NAMES = st.lists(st.text("abc", max_size=3), unique=True, max_size=12)


@pytest.mark.parametrize("several", [False, True], ids=["a key a name", "one key for several names"])
@given(known=NAMES, asked=st.lists(st.text("abc", max_size=3), max_size=12))
def test_every_name_gets_its_number(several, known, asked):
    with pytest.MonkeyPatch.context() as patch:
        if several:
            patch.setattr(_opening, "_keys", lambda names: np.array([len(name) for name in names], np.uint64))
        found = numbers(pl.Series(known, dtype=pl.String), pl.Series(asked, dtype=pl.String))
    assert found.tolist() == [known.index(name) if name in known else -1 for name in asked]


def opened(text):
    graph = fm.FlowGraph(fm.sketch(text))
    its = record(graph, ["c"], len(graph))
    names = zip(graph.vertices["id"].gather(its.purses.account), its.purses.currency, strict=True)
    return {
        (name, graph.currencies[code]): int(its.tape.opening[at])
        for at, (name, code) in enumerate(names)
        if its.tape.opening[at]
    }


def test_an_opening_goes_to_the_purse_of_its_currency():
    text = """
    2024-01-05 A -> B 10.00 EUR #c
    2024-01-06 A -> B 10.00 GBP
    2024-01-07 C -> A 10.00 USD
    balance A 2024-01-01 7.00 GBP opening
    balance A 2024-01-01 5.00 EUR opening
    balance B 2024-01-01 -3.00 GBP opening
    balance C 2024-01-01 9.00 EUR opening
    balance D 2024-01-01 9.00 EUR opening
    """
    assert opened(text) == {("A", "EUR"): 500, ("A", "GBP"): 700, ("B", "GBP"): -300}


def test_the_latest_opening_before_the_first_payment_counts_and_of_two_the_lower():
    text = """
    2024-01-05 A -> B 10.00 #c
    balance A 2024-01-01 7.00 EUR opening
    balance A 2024-01-03 6.00 EUR opening
    balance A 2024-01-03 4.00 EUR opening
    balance A 2024-01-05 1.00 EUR closing
    balance A 2024-01-09 9.00 EUR opening
    """
    assert opened(text) == {("A", "EUR"): 400}


def test_what_is_stated_is_read_once_a_graph_and_the_same_whatever_the_question_looks_at(monkeypatch):
    text = """
    2024-01-05 A -> B 10.00 #c
    2024-01-09 C -> B 10.00
    balance A 2024-01-01 7.00 EUR opening
    balance C 2024-01-08 6.00 EUR closing
    balance C 2024-01-10 2.00 EUR closing
    balance D 2024-01-01 9.00 EUR opening
    """
    graph, asked = fm.FlowGraph(fm.sketch(text)), []
    monkeypatch.setattr(_opening, "numbers", lambda *names: asked.append(names) or numbers(*names))
    for size in (1, 2):
        its = record(graph, ["c"], size)
        assert sorted(its.tape.opening.tolist())[-2:] == [600, 700]
    assert len(asked) == 1
