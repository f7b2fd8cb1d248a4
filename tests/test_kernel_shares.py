"""Compiled sweeps with two figures a purse equal the reference on tapes of every kind of event."""

from dataclasses import replace

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.tracing import _run_shares, catalogue
from followmoney.tracing._elected import Elected
from followmoney.tracing._instants import outputs
from followmoney.tracing._later import later
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._tape import CLAIM, INTEREST
from followmoney.tracing.by_status import ByStatus
from followmoney.tracing.statuses import STATUSES

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
@examples(80)
@given(tape=every_kind())
def test_one_claim_as_the_reference(rule, tape):
    same(catalogue()[rule](), tape)


@pytest.mark.parametrize("rule", ONE_CLAIM)
@examples(40)
@given(tape=every_kind(largest=2**57))
def test_one_claim_in_amounts_beyond_double_precision(rule, tape):
    same(catalogue()[rule](), tape)


@examples(80)
@given(tape=every_kind(), data=st.data())
def test_what_was_elected_is_replayed(tape, data):
    chosen = st.lists(st.integers(0, 60), min_size=len(tape), max_size=len(tape)).map(np.array)
    same(Elected(data.draw(chosen), data.draw(chosen)), tape)


@pytest.mark.parametrize("question", ["left", "bought"])
@examples(60)
@given(tape=every_kind(), data=st.data())
def test_every_purse_pays_as_the_status_of_its_holder_says(question, tape, data):
    size = len(tape.opening)
    status = data.draw(st.lists(st.integers(0, len(STATUSES) - 1), min_size=size, max_size=size))
    tape = replace(tape, status=np.array(status, np.uint8))
    same(ByStatus(question).on(tape), tape)


@pytest.mark.parametrize("few", [0, 3, 32])
@examples(40)
@given(tape=every_kind(purses=3, length=40))
def test_what_is_paid_later_at_an_instant_adds_up(few, tape):
    found = {}
    for at, (amounts, count) in outputs(tape).items():
        found[at] = sum(amounts[:count]), sum(a for a in amounts[:count] if a > tape.amount[at])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("followmoney.tracing._later._FEW", few)
        positions, total, larger = later(tape)
    assert found == dict(zip(positions.tolist(), zip(total.tolist(), larger.tolist(), strict=True), strict=True))
