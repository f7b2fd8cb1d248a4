"""Compiled sweeps where the order of money matters equal the reference, claimant by claimant, on all kinds of event."""

from dataclasses import replace

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tape as taped
from random_tapes import tapes

from followmoney.tracing import _run_lots, catalogue
from followmoney.tracing._apart import Apart
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._sweep import alone
from followmoney.tracing._tape import CLAIM, INTEREST, added

RULES = ["fifo", "fifo_composite", "lifo", "lowest_balance", "taint_first"]


@st.composite
def claimed(draw, claimants, **how):
    """A random tape with so many claimants, and with interest."""
    tape = draw(tapes(**how))
    mark = tape.mark.copy()
    for at in range(len(tape)):
        if not mark[at] & CLAIM and draw(st.integers(0, 5)) == 0:
            mark[at] |= INTEREST
    if claimants == 1:
        return replace(tape, mark=mark)
    count = len(tape.claims)
    owner = draw(st.lists(st.integers(1, claimants), min_size=count, max_size=count))
    return replace(tape, mark=mark, owner=np.array(owner, np.int64), claimants=claimants)


def equal(one, other, tape):
    for name, column in vars(one).items():
        inside = ~tape.outside if name in ("balance", "claim", "followed") else slice(None)
        assert column[inside].tolist() == getattr(other, name)[inside].tolist(), name


def same(rule, tape):
    made = catalogue()[rule]()
    assert _run_lots.possible(made, tape)
    found, wanted = _run_lots.run(made, tape), reference(tape, made)
    for one, other in zip(found, wanted, strict=True):
        equal(one, other, tape)
    equal(added(found), added(wanted), tape)


def busy(size, claims, claimants, largest=10_000, seed=7, *, plain=True):
    """Many payments among few purses; where plain, claims come from a purse that is never paid and nothing is odd."""
    rng = np.random.default_rng(seed)
    first = set(rng.choice(size * 3 // 4, claims, replace=False).tolist())
    rows = []
    for at, amount in enumerate(rng.integers(1, largest, size).tolist()):
        odd, claim = 1 if plain else rng.random(), at in first
        if odd < 0.15 and rows and not claim:
            back = int(rng.integers(max(0, at - 6), at))
            rows.append((rows[back][1], rows[back][0], rows[back][2], rows[back][2], False, False, back))
            continue
        payer = 0 if claim and plain else int(rng.integers(1, 7))
        received = int(rng.integers(1, largest)) if odd > 0.97 and not plain else amount
        rows.append((payer, int(rng.integers(1, 7)), amount, received, claim, False, None))
    tape = taped(rows, [0, largest // 2, 0, 9 * largest, 0, 0, 0], [False] * 7)
    return replace(tape, owner=rng.integers(1, claimants + 1, len(tape.claims)), claimants=claimants)


@pytest.mark.parametrize("claimants", [1, 3])
@pytest.mark.parametrize("rule", RULES)
@examples(60)
@given(data=st.data())
def test_every_claimant_as_in_the_reference(rule, claimants, data):
    same(rule, data.draw(claimed(claimants)))


@pytest.mark.parametrize("rule", RULES)
@examples(20)
@given(tape=claimed(2, largest=2**57))
def test_amounts_beyond_double_precision_stay_exact(rule, tape):
    same(rule, tape)


@pytest.mark.parametrize("rule", RULES)
@examples(15)
@given(seed=st.integers(0, 2**32))
def test_long_chains_of_small_sums_with_returns_and_exchanges(rule, seed):
    same(rule, busy(150, 40, 4, largest=12, seed=seed, plain=False))


@pytest.mark.parametrize("rule", RULES)
def test_sixty_four_claimants_in_one_pass_as_in_the_reference(rule):
    same(rule, busy(400, 200, 64))


@pytest.mark.parametrize("rule", RULES)
def test_running_out_of_rows_changes_nothing(rule, monkeypatch):
    tape, made = busy(300, 150, 9), catalogue()[rule]()
    wanted = _run_lots.run(made, tape)
    monkeypatch.setattr(_run_lots, "ROWS", 1)
    for one, other in zip(_run_lots.run(made, tape), wanted, strict=True):
        equal(one, other, tape)


@pytest.mark.parametrize("rule", ["fifo", "lifo"])
def test_one_pass_equals_a_pass_for_each_claimant_where_age_alone_decides(rule):
    tape, made = busy(3_000, 300, 64), catalogue()[rule]()
    for one, other in zip(_run_lots.run(made, tape), alone(tape, made, "compiled"), strict=True):
        equal(one, other, tape)


def test_what_is_written_of_many_claimants_grows_with_what_moves():
    tape = busy(3_000, 64, 64)
    found = _run_lots.run(catalogue()["lowest_balance"](), tape)
    assert isinstance(found, Apart)
    assert len(found.movements.at) == sum(int((outcome.moved > 0).sum()) for outcome in found) < len(tape)


def test_a_rule_of_another_name_is_not_known():
    assert not _run_lots.known(catalogue()["pro_rata"]())
