"""Outcomes kept sparsely are the dense ones, claimant by claimant."""

from dataclasses import replace

import numpy as np
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.tracing import catalogue
from followmoney.tracing._apart import Apart, Carried, Held, Movements, claim_of
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import added


@st.composite
def shared(draw, **how):
    """A random tape of several claimants."""
    tape = draw(tapes(**how))
    owner = [draw(st.integers(1, 4)) for _ in tape.claims]
    return replace(tape, owner=np.array(owner, np.int64), claimants=4)


def sparse(tape, outcomes):
    """The same outcomes, in entries, in an order that means nothing."""
    entries = [
        (owner, at, its.moved[at], its.arrived[at], its.discharged[at] if len(its.discharged) else 0)
        for owner, its in enumerate(outcomes, 1)
        for at in np.flatnonzero((its.moved > 0) | (its.arrived > 0))
    ]
    carried = [
        (owner, number, *its.carried[number])
        for owner, its in enumerate(outcomes, 1)
        for number in range(len(tape.claims))
    ]
    held = [(owner, purse, claim) for owner, its in enumerate(outcomes, 1) for purse, claim in enumerate(its.claim)]
    return Apart.of(
        tape, added(outcomes), Movements(*np.array(entries[::-1], np.int64).reshape(-1, 5).T),
        Carried(*np.array(carried, np.int64).reshape(-1, 4).T), Held(*np.array(held[::-1], np.int64).T),
    )  # fmt: skip


def same(one, other):
    for name, column in vars(one).items():
        assert column.tolist() == getattr(other, name).tolist(), name


@examples(60)
@given(tape=shared())
def test_every_claimant_has_his_outcome_again(tape):
    dense = reference(tape, catalogue()["pro_rata"]())
    kept = sparse(tape, dense)
    assert len(kept) == 4
    for number, (one, other) in enumerate(zip(kept, dense, strict=True), 1):
        same(one, other)
        assert claim_of(kept, number).tolist() == claim_of(dense, number).tolist() == other.claim.tolist()
    same(added(kept), sweep(tape, catalogue()["pro_rata"](), "reference"))


@examples(20)
@given(tape=shared())
def test_settled_claims_stand_beside_what_was_followed(tape):
    dense = reference(tape, catalogue()["pro_rata"]())
    claims = [its.claim // 2 for its in dense]
    for its, claim, before in zip(sparse(tape, dense).settled(claims), claims, dense, strict=True):
        assert (its.claim.tolist(), its.followed.tolist()) == (claim.tolist(), before.claim.tolist())


@examples(60)
@given(tape=shared())
def test_outcomes_seen_one_at_a_time_are_kept_whole(tape):
    rule = catalogue()["pro_rata"]()
    dense = [
        replace(its, unwound=its.unwound ^ (number % 2 > 0)) for number, its in enumerate(reference(tape, rule))
    ]  # each claimant alone may find other returns undone
    kept = Apart.gathered(tape, iter(dense))
    for one, other in zip(kept, dense, strict=True):
        same(one, other)
    same(added(kept), added(dense))
    for one, before in zip(kept.settled([its.claim // 2 for its in dense]), dense, strict=True):
        assert one.unwound.tolist() == before.unwound.tolist()
