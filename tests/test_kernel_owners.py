"""Many claimants in one compiled pass equal the reference, claimant by claimant."""

from dataclasses import replace

import numpy as np
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tape as made
from test_apart import same, shared

from followmoney.tracing import _run_shares, catalogue
from followmoney.tracing._kernel_apportion import CAME, PARTS, apportion
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._tape import added
from followmoney.tracing.rule import OTHER, Lot, in_proportion

RULE = catalogue()["pro_rata"]()


def equal(tape):
    assert _run_shares.possible(RULE, tape)
    found, wanted = _run_shares.run(RULE, tape), reference(tape, RULE)
    for one, other in zip([added(found), *found], [added(wanted), *wanted], strict=True):
        one.claim[tape.outside] = other.claim[tape.outside]
        one.balance[tape.outside] = other.balance[tape.outside]
        same(one, other)


@examples(150)
@given(tape=shared())
def test_every_claimant_as_in_the_reference(tape):
    equal(tape)


@examples(50)
@given(tape=shared(largest=2**57, purses=3, length=60))
def test_in_amounts_beyond_double_precision(tape):
    equal(tape)


@given(money=st.lists(st.integers(1, 9), min_size=1, max_size=12), other=st.integers(0, 9), data=st.data())
def test_units_left_over_go_where_the_rule_says(money, other, data):
    balance = sum(money) + other
    amount = data.draw(st.integers(0, balance))
    due = np.zeros((6, len(money) + 1), np.int64)
    due[CAME, :-1] = money
    assert apportion(len(money), amount, balance, sum(money), due) == due[PARTS, :-1].sum()
    lots = [Lot(OTHER, other)] if other else []
    lots += [Lot(owner, part) for owner, part in enumerate(money, 1)]
    assert due[PARTS, :-1].tolist() == in_proportion(lots, amount)[-len(money) :]


def test_forty_claimants_in_a_busy_ledger():
    chance = np.random.default_rng(3)
    size, purses = 800, 9
    ends = chance.integers(0, purses, (size, 2))
    rows = [(*pair, chance.integers(1, 5_000), None, at % 20 == 0, False, None) for at, pair in enumerate(ends)]
    tape = made([(*row[:3], row[2], *row[4:]) for row in rows], [9_000] * purses, [False] * purses)
    equal(replace(tape, owner=np.arange(len(tape.claims)) % 40 + 1, claimants=40))
