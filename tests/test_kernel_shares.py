"""Compiled sweeps with two figures a purse equal the reference on tapes of every kind of event."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.tracing import _run_shares, catalogue
from followmoney.tracing._elected import Elected
from followmoney.tracing._instants import outputs
from followmoney.tracing._later import later
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._tape import CLAIM, INTEREST, Tape
from followmoney.tracing.rule import Draw

ONE_CLAIM = ["lowest_balance", "poison", "pro_rata", "taint_first", "tiho"]


@st.composite
def every_kind(draw, **how):
    """A random tape with interest and with payments at one instant."""
    tape = draw(tapes(**how))
    time = np.cumsum([draw(st.integers(0, 1)) for _ in range(len(tape))]).astype(np.int64)
    mark = tape.mark.copy()
    for at in range(len(tape)):
        if not mark[at] & CLAIM and draw(st.integers(0, 5)) == 0:
            mark[at] |= INTEREST
    return replace(tape, time=time, mark=mark)


def same(rule, tape):
    assert _run_shares.possible(rule, tape)
    for one, other in zip(_run_shares.run(rule, tape), reference(tape, rule), strict=True):
        for name, column in vars(one).items():
            inside = ~tape.outside if name in ("balance", "claim", "followed") else slice(None)
            assert column[inside].tolist() == getattr(other, name)[inside].tolist(), name


@pytest.mark.parametrize("rule", ONE_CLAIM)
@settings(max_examples=150)
@given(tape=every_kind())
def test_one_claim_as_the_reference(rule, tape):
    same(catalogue()[rule](), tape)


@pytest.mark.parametrize("rule", ONE_CLAIM)
@settings(max_examples=40)
@given(tape=every_kind(largest=2**57))
def test_one_claim_in_amounts_beyond_double_precision(rule, tape):
    same(catalogue()[rule](), tape)


@settings(max_examples=150)
@given(tape=every_kind(), data=st.data())
def test_what_was_elected_is_replayed(tape, data):
    chosen = st.lists(st.integers(0, 60), min_size=len(tape), max_size=len(tape)).map(np.array)
    same(Elected(data.draw(chosen), data.draw(chosen)), tape)


@dataclass(frozen=True, eq=False)
class ByPurse(Draw):
    """A rule a purse: of the payer for a debit, of the payee for a debt."""

    tape: Tape
    by_purse: np.ndarray
    name: ClassVar[str] = "by_purse"
    ordered: ClassVar[bool] = False

    def take(self, held, amount):  # noqa: ARG002 - never asked: `at` gives the rule of the purse
        raise AssertionError

    def at(self, position, *, debt=False, later=()):  # noqa: ARG002
        purse = (self.tape.got if debt else self.tape.paid)[position]
        return catalogue()[("pro_rata", "lowest_balance", "taint_first")[self.by_purse[purse]]]()


@settings(max_examples=150)
@given(tape=every_kind(), data=st.data())
def test_every_purse_pays_in_its_own_way(tape, data):
    size = len(tape.opening)
    ways = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    same(ByPurse(tape, np.array(ways, np.uint8)), tape)


@settings(max_examples=150)
@given(tape=every_kind(purses=3, length=40))
def test_what_is_paid_later_at_an_instant_adds_up(tape):
    found = {}
    for at, (amounts, count) in outputs(tape).items():
        found[at] = sum(amounts[:count]), sum(a for a in amounts[:count] if a > tape.amount[at])
    positions, total, larger = later(tape)
    assert found == dict(zip(positions.tolist(), zip(total.tolist(), larger.tolist(), strict=True), strict=True))
