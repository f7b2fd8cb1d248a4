"""Every engine gives the same figures: the reference, the compiled sweeps, and an independent one that moves coins."""

from dataclasses import replace

import naive_tracing
import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.tracing import catalogue
from followmoney.tracing._sweep import each, shared_sweeps, sweep
from followmoney.tracing.rule import Settlement

COMPILED = ["fifo", "lifo", "lowest_balance", "pro_rata", "taint_first"]


def figures(outcome, tape):
    inside = ~tape.outside
    return {
        "moved": outcome.moved.tolist(), "arrived": outcome.arrived.tolist(), "carried": outcome.carried.tolist(),
        "discharged": outcome.discharged.tolist(), "unwound": outcome.unwound.tolist(),
        "balance": outcome.balance[inside].tolist(), "claim": outcome.claim[inside].tolist(),
    }  # fmt: skip


def test_every_rule_here_has_been_compiled_and_has_a_naive_twin():
    assert set(COMPILED) <= set(naive_tracing.RULES) <= set(catalogue())


@pytest.mark.parametrize("rule", naive_tracing.RULES)
@examples(80)
@given(tape=tapes())
def test_the_reference_moves_the_same_coins(rule, tape):
    outcome = sweep(tape, catalogue()[rule](), "reference")
    moved, arrived, balances, claims, discharged = naive_tracing.trace(tape, rule)
    assert outcome.moved.tolist() == moved
    assert outcome.arrived.tolist() == arrived
    assert outcome.claim.tolist() == claims
    inside = np.flatnonzero(~tape.outside)
    assert outcome.balance[inside].tolist() == [balances[p] for p in inside]
    assert (outcome.discharged.tolist() or [0] * len(tape)) == discharged


@pytest.mark.parametrize("rule", COMPILED)
@examples(100)
@given(tape=tapes())
def test_the_compiled_sweep_equals_the_reference(rule, tape):
    made = catalogue()[rule]()
    assert figures(sweep(tape, made, "compiled"), tape) == figures(sweep(tape, made, "reference"), tape)


@pytest.mark.parametrize("rule", COMPILED)
@examples(30)
@given(tape=tapes(largest=2**57))
def test_amounts_beyond_double_precision_stay_exact(rule, tape):
    made = catalogue()[rule]()
    assert figures(sweep(tape, made, "compiled"), tape) == figures(sweep(tape, made, "reference"), tape)


@examples(40)
@given(tape=tapes(), data=st.data())
def test_sweeps_that_settlements_share_change_no_figure(tape, data):
    owner = [data.draw(st.integers(1, 3)) for _ in tape.claims]
    tape = replace(tape, owner=np.array(owner, np.int64), claimants=3) if data.draw(st.booleans()) else tape
    rules = [rule() for rule in catalogue().values() if issubclass(rule, Settlement)]
    kept = shared_sweeps(rules)
    for rule in [*rules, *kept]:
        alone, together = each(tape, rule, "reference"), each(tape, rule, "reference", kept)
        assert [figures(one, tape) for one in alone] == [figures(one, tape) for one in together]
    assert all(kept.values())
