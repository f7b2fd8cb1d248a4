"""The laws of the rule by status: it is the rules it follows, it conserves, and it lies inside the bounds."""

from dataclasses import replace

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_tracing import trace as naive
from random_tapes import tapes
from test_bounds_laws import masks, names, network, where

from followmoney.tracing import catalogue
from followmoney.tracing._expanded import LOST
from followmoney.tracing._push import Pusher, arrived
from followmoney.tracing._sweep import each, sweep
from followmoney.tracing.by_status import ByStatus
from followmoney.tracing.statuses import STATUSES

WAYS = ("pro_rata", "lowest_balance", "taint_first")
questions = st.sampled_from(["left", "bought"])


@st.composite
def stated(draw, **size):
    """A random tape with a random status for every purse; often of several claimants."""
    its = draw(tapes(**size))
    status = draw(st.lists(st.integers(0, len(STATUSES) - 1), min_size=len(its.opening), max_size=len(its.opening)))
    owners = np.array([draw(st.integers(1, 3)) for _ in its.claims], np.int64)
    several = {"owner": owners, "claimants": 3} if draw(st.booleans()) else {}
    return replace(its, status=np.array(status, np.uint8), **several)


def same(one, other):
    for field in ("moved", "arrived", "carried", "discharged", "unwound", "balance", "claim"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()


@pytest.mark.parametrize(("question", "rule"), [("left", "lowest_balance"), ("bought", "taint_first")])
@examples(60)
@given(tape=stated())
def test_where_no_status_is_asserted_it_is_the_rule_against_a_wrongdoer(tape, question, rule):
    for bare in (replace(tape, status=None), replace(tape, status=np.ones_like(tape.status))):
        for one, other in zip(each(bare, ByStatus(question)), each(bare, catalogue()[rule]()), strict=True):
            same(one, other)


@examples(60)
@given(tape=stated(), question=questions, kind=st.sampled_from(["innocent", "fiduciary"]))
def test_where_all_are_innocent_or_the_fund_is_of_victims_it_is_the_rule_in_proportion(tape, question, kind):
    all_alike = replace(tape, status=np.full_like(tape.status, list(STATUSES).index(kind)))
    for one, other in zip(each(all_alike, ByStatus(question)), each(all_alike, catalogue()["pro_rata"]()), strict=True):
        same(one, other)


@examples(80)
@given(tape=stated(), question=questions)
def test_each_purse_follows_the_rule_of_its_number(tape, question):
    tape = replace(tape, owner=None, claimants=1)
    bound = ByStatus(question).on(tape)
    assert bound.by_purse is not None
    chosen = [WAYS[number] for number in bound.by_purse.tolist()]
    outcome = sweep(tape, ByStatus(question))
    moved, arrived_, balances, claims, discharged = naive(tape, chosen)
    assert (outcome.moved.tolist(), outcome.arrived.tolist()) == (moved, arrived_)
    inside = ~tape.outside
    assert (outcome.claim[inside].tolist(), outcome.balance[inside].tolist()) == (
        np.array(claims)[inside].tolist(), np.array(balances)[inside].tolist()
    )  # fmt: skip
    assert outcome.discharged.tolist() == (discharged if len(outcome.discharged) else [])


@examples(80)
@given(tape=stated(purses=4, length=16), question=questions)
def test_whatever_the_statuses_it_lies_inside_the_bounds(tape, question):
    made = network(tape)
    pusher, unit = Pusher(made), max(made.unit.values())
    found = where(tape, sweep(tape, ByStatus(question)))
    for wanted in masks(made):
        places = {name for name, w, k in zip(names(made), wanted, made.kind, strict=True) if w and k != LOST}
        if wanted[made.kind == LOST].any() or (made.converted and ("twice",) in places):
            continue
        least, most = (int(arrived(made, pusher.extreme(wanted, most=end))[wanted].sum()) for end in (False, True))
        assert least <= sum(found.get(place, 0) for place in places) * unit <= most


@examples(80)
@given(tape=stated(plain=True), question=questions)
def test_no_claim_money_is_made_or_lost_whatever_the_statuses(tape, question):
    outcomes = each(tape, ByStatus(question))
    twice = sum(int(outcome.carried[:, 0].sum()) for outcome in outcomes)
    assert sum(int(outcome.claim.sum()) for outcome in outcomes) == int(tape.amount[tape.claims].sum()) - twice
    for owner, outcome in enumerate(outcomes, 1):
        mine = tape.claims if tape.owner is None else tape.claims[tape.owner == owner]
        assert int(outcome.claim.sum()) <= int(tape.amount[mine].sum())


@examples(60)
@given(tape=stated(), question=questions)
def test_every_engine_gives_the_same(tape, question):
    engines = (each(tape, ByStatus(question), engine) for engine in ("reference", "compiled"))
    for one, other in zip(*engines, strict=True):
        same(one, other)
