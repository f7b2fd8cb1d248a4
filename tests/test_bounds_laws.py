"""The law of bounds: nothing any rule says lies outside them, and every end is reached."""

from itertools import product

import naive_bounds
import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tapes

from followmoney.graph.adapter import maximum_flow
from followmoney.tracing import _push, catalogue
from followmoney.tracing._cone import cone
from followmoney.tracing._expanded import HOLDING, LOST, OUT, PAID_OFF, TWICE, expand
from followmoney.tracing._push import Pusher, arrived
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import STOP, UNDO

KINDS = {HOLDING: "held", OUT: "out", PAID_OFF: "debt", TWICE: "twice"}


def network(tape, **options):
    return expand(tape, np.zeros(len(tape.opening), np.uint8), **options)


def names(made):
    pairs = zip(made.kind.tolist(), made.key.tolist(), strict=True)
    return [("twice",) if kind in (TWICE, LOST) else (KINDS[kind], purse) for kind, purse in pairs]


def between(pusher, wanted):
    flows = [pusher.extreme(wanted, most=most) for most in (False, True)]
    return tuple(int(arrived(pusher.network, flow)[wanted].sum()) for flow in flows)


def masks(made):
    """Every place alone, all that is held, and every second place."""
    size = len(made.kind)
    singles = [np.arange(size) == at for at in range(size)]
    return [*singles, made.kind == HOLDING, np.arange(size) % 2 == 0]


def where(tape, outcome):
    """What a rule says ends where."""
    found = {("held", p): int(c) for p, c in enumerate(outcome.claim)}
    for at in np.flatnonzero(tape.mark & STOP).tolist():
        place = ("out", int(tape.got[at]))
        found[place] = found.get(place, 0) + int(outcome.arrived[at])
    back = np.flatnonzero(tape.mark & UNDO)[outcome.unwound]
    for first in tape.undoes[outcome.unwound].tolist():
        if tape.mark[first] & STOP:
            found["out", int(tape.got[first])] -= int(outcome.arrived[first])
    for at, money in enumerate(outcome.discharged.tolist()):
        place = ("debt", int(tape.got[at]))
        found[place] = found.get(place, 0) + money
    found["twice",] = int(outcome.carried[:, 0].sum())
    assert len(back) == int(outcome.unwound.sum())
    return found


@examples(120)
@given(tape=tapes(largest=4, purses=3, length=6))
def test_bounds_hold_and_are_reached_where_nothing_is_converted_or_spent_before_it_returns(tape):
    made = network(tape)
    ends = naive_bounds.every_attribution(tape)
    pusher = Pusher(made)
    for wanted in masks(made):
        places = {name for name, w in zip(names(made), wanted, strict=True) if w}
        if made.converted:
            continue
        least, most = between(pusher, wanted)
        true = naive_bounds.between(ends, places)
        assert least <= true[0]
        assert true[1] <= most
        if not len(tape.undoes):
            assert (least, most) == true
    reached = {place for end in ends for place in end}
    assert made.converted or reached <= set(names(made))


@examples(120)
@given(tape=tapes(largest=3, purses=4, length=12, plain=True))
def test_bounds_are_exactly_what_some_attribution_reaches(tape):
    made = network(tape)
    ends = naive_bounds.every_attribution(tape)
    pusher = Pusher(made)
    for wanted in masks(made):
        places = {name for name, w in zip(names(made), wanted, strict=True) if w}
        assert between(pusher, wanted) == naive_bounds.between(ends, places)


@pytest.mark.parametrize("rule", sorted(name for name, rule in catalogue().items() if rule.conserving))
@examples(75)
@given(tape=tapes(purses=4, length=16, interest=True))
def test_every_rule_lies_inside_whatever_happens_on_the_ledger(rule, tape):
    made = network(tape, earning=True)
    pusher = Pusher(made)
    unit = max(made.unit.values())
    found = where(tape, sweep(tape, catalogue()[rule](), "reference"))
    for wanted in masks(made):
        places = {name for name, w, k in zip(names(made), wanted, made.kind, strict=True) if w and k != LOST}
        if wanted[made.kind == LOST].any() or (made.converted and ("twice",) in places):
            continue
        least, most = between(pusher, wanted)
        said = sum(found.get(place, 0) for place in places) * unit
        assert least <= said <= most
    reached = {place for place, money in found.items() if money}
    assert reached <= set(names(made))


@examples(60)
@given(tape=tapes(purses=5, length=25, interest=True))
def test_every_flow_sends_every_claim_to_an_end_and_conserves_it(tape):
    made = network(tape, earning=True)
    pusher = Pusher(made)
    for wanted in masks(made)[:4]:
        for most in (False, True):
            cap = pusher.extreme(wanted, most=most)
            assert (cap >= 0).all()
            assert (cap[::2] + cap[1::2] == made.cap).all()
            balance = np.zeros(made.size, np.int64)
            np.add.at(balance, made.head, cap[1::2])
            np.subtract.at(balance, made.tail, cap[1::2])
            assert (balance[: made.source] == 0).all()
            assert balance[made.source] == -made.claimed
            assert made.claimed - made.total <= balance[made.gained] <= 0


@examples(60)
@given(tape=tapes(purses=5, length=25), data=st.data())
def test_the_most_in_a_set_is_at_most_the_sum_and_the_least_at_least(tape, data):
    made = network(tape)
    pusher = Pusher(made)
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(made.kind), max_size=len(made.kind))), bool)
    least, most = between(pusher, wanted)
    alone = [between(pusher, np.arange(len(wanted)) == at) for at in np.flatnonzero(wanted)]
    assert sum(low for low, _ in alone) <= least <= most <= sum(high for _, high in alone)
    if not made.converted:
        rest = between(pusher, ~wanted)
        assert (made.claimed - rest[1], made.claimed - rest[0]) == (least, most)


@examples(60)
@given(tape=tapes(purses=5, length=25, interest=True), earning=st.booleans(), shared=st.booleans())
def test_the_compiled_pass_equals_the_plain_one(tape, earning, shared):
    from followmoney.tracing import _cone

    currency = np.zeros(len(tape.opening), np.uint8)
    plain, kept = cone(tape, currency, earning=earning, shared=shared), _cone._WORTH_COMPILING
    _cone._WORTH_COMPILING = 0
    try:
        compiled = cone(tape, currency, earning=earning, shared=shared)
    finally:
        _cone._WORTH_COMPILING = kept
    for name in ("tail", "head", "cap", "row", "purse", "exchange"):
        assert (getattr(plain, name) == getattr(compiled, name)).all()


@examples(40)
@given(tape=tapes(purses=5, length=25))
def test_every_way_to_the_most_agrees(tape):
    made = network(tape)
    with pytest.MonkeyPatch.context() as patch:
        for wanted in masks(made)[-2:]:
            found = set()
            for compiling, many, patience in product((0, 10**9), (0, 10**9), (0, 1, 10**6)):
                patch.setattr(_push, "_WORTH_COMPILING", compiling)
                patch.setattr(_push, "_MANY", many)
                patch.setattr(_push, "_PATIENCE", patience)
                found.add(between(Pusher(made), wanted))
            assert len(found) == 1
            if made.claimed and not made.converted:
                least, most = found.pop()
                assert most == by_igraph(made, wanted)
                assert least == made.claimed - by_igraph(made, ~wanted)


def by_igraph(made, wanted):
    """The most that can come to some places, by a solver of others."""
    ends = np.flatnonzero(wanted) + made.place
    value, _, _ = maximum_flow(
        made.size + 1, np.concatenate([made.tail, ends]), np.concatenate([made.head, np.full(len(ends), made.size)]),
        np.concatenate([made.cap, np.full(len(ends), made.claimed)]), made.source, made.size,
    )  # fmt: skip
    return value


@examples(60)
@given(tape=tapes(purses=5, length=25))
def test_moving_from_either_end_moves_as_much(tape):
    made = network(tape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_push, "_MANY", -1)
        for wanted in masks(made)[:3]:
            found = set()
            for less in (0, 10**15):
                patch.setattr(_push, "_FAR_LESS", less)
                found.add(between(Pusher(made), wanted))
            assert len(found) == 1
