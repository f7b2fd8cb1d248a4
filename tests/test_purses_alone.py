"""Purses looked at alone: how they are numbered, debited, credited, and given back to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tape

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._kernel_purses import alone, numbered
from followmoney.tracing._purses import purses
from followmoney.tracing._reference import Book, Purses, sweep
from followmoney.tracing._tape import INTEREST
from followmoney.tracing.rule import OTHER, Lot

TWO = """
2024-01-01 ? -> A 30.00 EUR #c
2024-01-02 A -> B 15.00 EUR = 7.00 GBP
2024-01-03 B -> A 2.00 GBP
2024-01-04 C -> B 2.00 USD
"""


def named(graph, found):
    """Every purse as account and currency."""
    names = graph.vertices["id"].to_list()
    return [
        (names[account], graph.currencies[unit]) for account, unit in zip(found.account, found.currency, strict=True)
    ]


def test_a_purse_is_what_one_account_holds_in_one_currency():
    graph = fm.FlowGraph(fm.sketch(TWO))
    found = purses(graph, 3)
    which = named(graph, found)
    assert len(which) == len(set(which))
    ours = {one for one in which if not one[0].startswith("(")}
    assert ours == {("A", "EUR"), ("A", "GBP"), ("B", "GBP")}
    assert [(which[paid], which[got]) for paid, got in zip(found.paid[1:], found.got[1:], strict=True)] == [
        (("A", "EUR"), ("B", "GBP")), (("B", "GBP"), ("A", "GBP"))
    ]  # fmt: skip
    for at, (account, _) in enumerate(which):
        assert at in found.of(graph.vertices["id"].to_list().index(account))
    assert [array.dtype for array in (found.paid, found.got, found.account, found.currency)] == [
        np.uint32, np.uint32, np.uint32, np.uint8
    ]  # fmt: skip


@pytest.mark.parametrize("size", [0, 1])
def test_where_there_is_one_currency_purses_are_accounts(size):
    graph = fm.FlowGraph(fm.sketch(TWO))
    found = purses(graph, size)
    assert found.account.tolist() == list(range(len(graph.vertices)))
    assert (len(found.paid), len(found.got)) == (size, size)
    assert {unit for _, unit in named(graph, found)} == {"EUR"}
    assert (found.account.dtype, found.currency.dtype) == (np.uint32, np.uint8)


@pytest.mark.parametrize("unit", ["EUR", "GBP", "USD"])
def test_the_one_currency_so_far_is_known_whichever_follow(unit):
    later = [f"2024-01-02 ? -> {name} 1.00 {name}" for name in ("EUR", "GBP", "USD")]
    graph = fm.FlowGraph(fm.sketch("\n".join([f"2024-01-01 ? -> A 1.00 {unit}", *later])))
    found = purses(graph, 1)
    assert [name for name, _ in named(graph, found)] == graph.vertices["id"].to_list()
    assert {name for _, name in named(graph, found)} == {unit}


def test_where_each_account_has_one_currency_purses_are_accounts():
    graph = fm.FlowGraph(fm.sketch("""
    2024-01-01 A -> B 5.00 GBP
    2024-01-02 C -> D 3.00 EUR
    2024-01-03 B -> D 3.00 GBP = 4.00 EUR
    2024-01-04 A -> D 3.00 GBP
    """))  # fmt: skip
    found = purses(graph, 3)
    assert found.paid.base is graph.originator
    assert named(graph, found) == [("A", "GBP"), ("B", "GBP"), ("C", "EUR"), ("D", "EUR")]
    assert len(purses(graph, 4).account) == 5


@pytest.mark.parametrize("currencies", [1, 2, 256])
@given(st.data())
def test_the_compiled_numbering_equals_a_dictionary(currencies, data):
    ends = st.lists(st.integers(0, 3), min_size=9, max_size=9)
    codes = st.lists(st.integers(256 - currencies, 255), min_size=9, max_size=9)
    paid, got = (np.array(data.draw(ends), np.uint32) for _ in range(2))
    debit, credit = (np.array(data.draw(codes), np.uint8) for _ in range(2))
    known = sorted({*zip(paid, debit, strict=True), *zip(got, credit, strict=True)})
    pays, gets, account, currency = numbered(paid, got, debit, credit, 4)
    assert list(zip(account, currency, strict=True)) == known
    assert [known[at] for at in pays] == list(zip(paid, debit, strict=True))
    assert [known[at] for at in gets] == list(zip(got, credit, strict=True))
    its, single = alone(paid, got, debit, credit, 4)
    assert single == (len(dict(known)) == len(known))
    assert not single or all(its[account] == code for account, code in known)


def held(rule="fifo"):
    """Three purses: 5 of other money, a debt of 3, and an outside end."""
    made = tape([(0, 1, 1, 1, False, False, None)], [5, -3, 0], [False, False, True])
    return Purses(made, catalogue()[rule]())


def test_beyond_what_is_held_other_money_leaves_and_a_debt_deepens():
    its = held()
    assert (its.lots, its.debt) == ([[Lot(OTHER, 5)], [], []], [0, 3, 0])
    assert its.pay(0, 4, its.rule) == [Lot(OTHER, 4)]
    its.lots[0] = [Lot(1, 6)]
    assert its.pay(0, 8, its.rule) == [Lot(1, 6), Lot(OTHER, 2)]
    assert (its.lots[0], its.debt) == ([], [0, 3, 0])
    assert its.pay(1, 4, its.rule) == [Lot(OTHER, 4)]
    assert its.debt == [0, 7, 0]


def test_a_credit_pays_off_the_debt_first():
    its = held()
    assert its.accept(1, [Lot(1, 2)], its.rule) == [Lot(1, 2)]
    assert (its.lots[1], its.debt[1]) == ([], 1)
    assert its.accept(1, [Lot(1, 4), Lot(OTHER, 2)], its.rule) == [Lot(1, 1), Lot(OTHER, 0)]
    assert (its.lots[1], its.debt[1]) == ([Lot(1, 3), Lot(OTHER, 2)], 0)
    assert its.accept(1, [Lot(1, 4)], its.rule) == []
    assert its.lots[1] == [Lot(1, 3), Lot(OTHER, 2), Lot(1, 4)]


def test_a_returned_payment_goes_back_to_where_it_was_taken_from():
    for rule, lots in (("fifo", [Lot(1, 2), Lot(OTHER, 5)]), ("lifo", [Lot(OTHER, 5), Lot(1, 2)])):
        its = held(rule)
        assert its.accept(0, [Lot(1, 2)], its.rule, returned=True) == []
        assert its.lots[0] == lots


def test_each_credit_is_a_payment_of_its_own_where_payments_are_kept_apart():
    its = held("fifo_composite")
    its.accept(2, [Lot(OTHER, 2), Lot(1, 2), Lot(OTHER, 1)], its.rule)
    its.accept(2, [Lot(1, 4)], its.rule)
    assert its.lots[2] == [Lot(1, 2, 1), Lot(OTHER, 3, 1), Lot(1, 4, 2)]


def test_money_is_given_back_only_while_it_is_there():
    its = held()
    its.lots[0] = [Lot(OTHER, 2), Lot(1, 5), Lot(OTHER, 3)]
    assert not its.give_back(0, [Lot(1, 6)], stopped=False)
    assert not its.give_back(0, [Lot(1, 6)], stopped=True)
    assert its.lots[0] == [Lot(OTHER, 2), Lot(1, 5), Lot(OTHER, 3)]
    assert its.give_back(0, [Lot(1, 4)], stopped=False)
    assert its.lots[0] == [Lot(OTHER, 2), Lot(1, 1), Lot(OTHER, 3)]
    assert its.give_back(0, [Lot(1, 4)], stopped=True)  # what went into an asset came out of other money here
    assert its.lots[0] == [Lot(OTHER, 1), Lot(1, 1)]
    assert its.give_back(2, [Lot(1, 99)], stopped=False)  # an outside end always has it
    assert its.lots[2] == []


def test_the_book_has_a_figure_a_claimant_and_a_column_a_question():
    made = tape([(0, 1, 5, 4, True, False, None)] + [(1, 0, 4, 4, True, False, None)] * 2, [-1, 0], [False, False])
    book = Book(replace(made, claimants=2))
    ours, hers = book.outcomes
    book.carried([Lot(1, 3), Lot(2, 1)], [Lot(1, 2)])
    book.carried([Lot(2, 4)], [Lot(2, 3)])
    book.carried([Lot(1, 1)], [Lot(2, 2)])
    assert (ours.carried.tolist(), hers.carried.tolist()) == ([[3, 2], [0, 0], [1, 0]], [[1, 0], [4, 3], [0, 2]])
    book.moved(0, [Lot(OTHER, 9)], [Lot(1, 2)])
    book.moved(1, [Lot(2, 4)], [Lot(OTHER, 3)])
    assert (ours.moved.tolist(), ours.arrived.tolist()) == ([0, 0, 0], [2, 0, 0])
    assert (hers.moved.tolist(), hers.arrived.tolist()) == ([0, 4, 0], [0, 0, 0])
    book.discharged(1, [Lot(2, 4), Lot(OTHER, 1), Lot(2, 1)])
    assert (ours.discharged.tolist(), hers.discharged.tolist()) == ([0, 0, 0], [0, 5, 0])
    its = Purses(made, catalogue()["fifo"]())
    its.lots[1] = [Lot(1, 3), Lot(OTHER, 2), Lot(2, 4)]
    book.close(its)
    assert ours.balance.tolist() == hers.balance.tolist() == [-1, 9]
    assert (ours.claim.tolist(), hers.claim.tolist()) == ([0, 3], [0, 4])


def test_the_book_says_of_every_return_whether_it_was_undone_and_what_interest_brought():
    rows = [(0, 1, 5, 5, False, False, None)] * 3 + [(1, 0, 5, 5, False, False, undone) for undone in range(3)]
    made = tape(rows, [9, 0], [False, False])
    made.mark[2] |= INTEREST
    book = Book(made)
    for found in (False, True, False):
        book.unwound(found=found)
    assert book.outcomes[0].unwound.tolist() == [False, True, False]
    book.accrued(2, [Lot(1, 2), Lot(OTHER, 3)], [Lot(1, 4), Lot(OTHER, 1)])
    assert book.outcomes[0].accrued.tolist() == [0, 0, 2, 0, 0, 0]


@pytest.mark.parametrize(("rule", "accrued"), [("fifo", 0), ("fifo_composite", 1)])
def test_interest_is_divided_lot_by_lot_or_as_one_credit_where_payments_are_kept_apart(rule, accrued):
    rows = [(2, 0, 1, 1, claim, False, None) for claim in (False, True, False)]
    rows += [(2, 1, 3, 3, True, False, None), (0, 1, 3, 3, False, False, None)]
    made = tape(rows, [0, 3, 0], [False] * 3)
    made.mark[4] |= INTEREST
    (found,) = sweep(made, catalogue()[rule]())
    assert found.accrued.tolist() == [0, 0, 0, 0, accrued]  # of two single units, or of two units, half is claim money


def test_what_was_returned_is_the_first_to_leave_again():
    rows = [(2, 0, 1, 1, True, False, None), (2, 0, 5, 5, False, False, None), (0, 1, 1, 1, False, False, None)]
    rows += [(1, 0, 1, 1, False, False, 2), (0, 1, 1, 1, False, False, None)]
    (found,) = sweep(tape(rows, [0, 0, 0], [False] * 3), catalogue()["fifo"]())
    assert (found.unwound.tolist(), found.moved.tolist()) == ([True], [1, 0, 1, 1, 1])


def test_what_a_claim_carries_is_claim_money_where_it_leaves_and_where_it_comes():
    (found,) = sweep(tape([(0, 1, 5, 4, True, False, None)], [5, 0], [False] * 2), catalogue()["fifo"]())
    assert (found.moved.tolist(), found.arrived.tolist()) == ([5], [4])


def test_an_asset_given_back_brings_its_price_back_out_of_the_sellers_other_money():
    rows = [(2, 0, 5, 5, True, False, None), (0, 1, 5, 5, False, True, None), (1, 0, 5, 5, False, False, 1)]
    (found,) = sweep(tape(rows, [0, 0, 0], [False] * 3), catalogue()["fifo"]())
    assert (found.unwound.tolist(), found.claim.tolist()) == ([True], [5, 0, 0])
