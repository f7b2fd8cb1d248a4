"""How exact the figures are: splitting a payment changes nothing, and whole units stay near the exact fractions."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.tracing import catalogue
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import CLAIM, STOP

UNCHANGED_BY_SPLITTING = ("fifo", "lowest_balance", "taint_first", "poison")


def halved(tape, at, first):
    """The same tape with one payment made in two parts, one right after the other."""
    twice = np.insert(np.arange(len(tape)), at, at)
    amount = tape.amount[twice]
    amount[at], amount[at + 1] = first, tape.amount[at] - first
    mark = tape.mark[twice]
    return replace(
        tape, paid=tape.paid[twice], got=tape.got[twice], amount=amount, received=amount, mark=mark,
        claims=np.flatnonzero(mark & CLAIM),
    )  # fmt: skip


@pytest.mark.parametrize("rule", UNCHANGED_BY_SPLITTING)
@given(tape=tapes(plain=True), data=st.data())
def test_a_payment_made_in_two_parts_at_once_changes_nothing(rule, tape, data):
    large = [at for at in range(len(tape)) if tape.amount[at] > 1 and tape.paid[at] != tape.got[at]]
    if large:
        at = data.draw(st.sampled_from(large))
        parts = halved(tape, at, data.draw(st.integers(1, int(tape.amount[at]) - 1)))
        whole, split = (sweep(some, catalogue()[rule]()) for some in (tape, parts))
        assert split.claim.tolist() == whole.claim.tolist()
        assert split.balance.tolist() == whole.balance.tolist()
        assert int(split.moved[at : at + 2].sum()) == int(whole.moved[at])


def in_fractions(tape):
    """In proportion at every debit, in exact fractions; the claim by purse, and how many debits left a fraction."""
    balance = [Fraction(max(0, int(stated))) for stated in tape.opening]
    claim = [Fraction(0)] * len(balance)
    rounded = 0
    columns = (tape.paid, tape.got, tape.amount, tape.mark)
    for paid, got, amount, mark in zip(*(column.tolist() for column in columns), strict=True):
        known = min(Fraction(amount), balance[paid])
        part = claim[paid] * known / balance[paid] if known else Fraction(0)
        rounded += bool(claim[paid] and known < balance[paid])
        balance[paid] -= known
        claim[paid] -= part
        balance[got] += amount
        claim[got] += amount if mark & CLAIM else 0 if mark & STOP else part
    return claim, rounded


@given(tape=tapes(plain=True, length=60))
def test_no_figure_is_further_from_the_exact_fraction_than_half_a_unit_a_debit_from_mixed_money(tape):
    exact, rounded = in_fractions(tape)
    outcome = sweep(tape, catalogue()["pro_rata"]())
    for found, claim in zip(outcome.claim.tolist(), exact, strict=True):
        assert abs(found - claim) <= Fraction(rounded, 2)


def test_the_difference_to_the_exact_fraction_is_stated_where_the_rule_is_explained():
    assert "half a minor unit" in (catalogue()["pro_rata"].__doc__ or "")
