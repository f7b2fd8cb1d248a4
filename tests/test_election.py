"""The claimant's and the holder's best choice: nobody can choose better, debit by debit."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_tapes import tape as made

import followmoney as fm
from followmoney.tracing import catalogue
from followmoney.tracing._record import record
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import CLAIM, STOP
from followmoney.tracing._worth import worth


@st.composite
def small(draw):
    """A few payments of a few units between three purses and an outside one; some pay for assets, some are claims."""
    rows = [(3, draw(st.integers(0, 2)), draw(st.integers(1, 3)), None, True, False, None)]
    for _ in range(draw(st.integers(1, 5))):
        ends = draw(st.integers(0, 2)), draw(st.integers(0, 3))
        kind = draw(st.sampled_from(["plain", "plain", "asset", "claim"]))
        rows.append((*ends, draw(st.integers(1, 3)), None, kind == "claim", kind == "asset", None))
    rows = [(*row[:3], row[2], *row[4:]) for row in rows]
    opening = draw(st.lists(st.integers(-2, 3), min_size=3, max_size=3))
    return made(rows, [*opening, 0], [False, False, False, True])


def every_outcome(tape):
    """Claim money in (every asset, accounts) for every way to choose the claim part of every debit and debt."""
    balance, standing = tape.opening.tolist(), {((0,) * 4, ())}  # claim money of every purse, and in the assets so far
    for at, mark in enumerate(tape.mark):
        payer, payee, amount = int(tape.paid[at]), int(tape.got[at]), int(tape.amount[at])
        before = max(0, balance[payer])
        known = min(amount, before)
        balance[payer] = balance[payer] - amount if balance[payer] < 0 else max(0, balance[payer] - amount)
        owed = min(amount, max(0, -balance[payee]))
        balance[payee] += amount
        after = set()
        for claim, assets in standing:
            for debit in range(max(0, known - (before - claim[payer])), min(known, claim[payer]) + 1):
                held = list(claim)
                held[payer] -= debit
                part = amount if mark & CLAIM else debit
                asset = part if mark & STOP and payee != 3 else 0
                part = 0 if mark & STOP else part
                for debt in range(max(0, owed - (amount - part)), min(owed, part) + 1):
                    now = held.copy()
                    now[payee] += part - debt
                    now[3] += debit if mark & CLAIM else 0  # counted with the new claim, so it counts as held
                    after.add((tuple(now), (*assets, asset)))
        standing = after
    return {(assets, sum(claim)) for claim, assets in standing}


def bought(tape):
    """Positions of transactions that paid for an asset."""
    return np.flatnonzero((tape.mark & STOP > 0) & ~tape.outside[tape.got]).tolist()


def reached(tape, rule):
    """Claim money in (every asset, accounts) under a rule."""
    outcome = sweep(tape, catalogue()[rule]())
    there = bought(tape)
    return tuple(int(outcome.arrived[at]) if at in there else 0 for at in range(len(tape))), int(
        outcome.claim[:3].sum() + outcome.carried[:, 0].sum()
    )


@examples(40)
@given(tape=small())
def test_no_choice_serves_the_claimant_or_the_holder_better(tape):
    tape = replace(tape, assets={at: at for at in bought(tape)})
    found = {(sum(assets), accounts) for assets, accounts in every_outcome(tape)}
    best, worst = (
        (sum(assets), accounts) for assets, accounts in (reached(tape, r) for r in ("oatway_election", "pick_defence"))
    )
    assert best == max(found)
    assert worst == min(found, key=lambda it: (sum(it), it[0]))


@examples(60)
@given(tape=small(), data=st.data())
def test_what_assets_are_worth_now_decides(tape, data):
    worths = {at: data.draw(st.sampled_from([0, Fraction(1, 2), 1, Fraction(4, 3), 2])) for at in bought(tape)}
    known = {at: Fraction(worth) for at, worth in worths.items() if worth != 1}  # not known: at cost
    tape = replace(tape, assets={at: at for at in worths}, worth=known)

    def value(outcome):
        return sum(worths.get(at, 0) * money for at, money in enumerate(outcome[0])) + outcome[1]

    values = [value(outcome) for outcome in every_outcome(tape)]
    assert value(reached(tape, "oatway_election")) == max(values)
    assert value(reached(tape, "pick_defence")) == min(values)


TWO = """
2024-01-01 ? -> A 10.00 #c
2024-01-02 ? -> A 10.00
2024-01-03 A -> V 10.00 #p
asset H real_estate "House" holder=X {value} by=p
"""


def placed(value, rule):
    trace = fm.trace(fm.FlowGraph(fm.sketch(TWO.format(value=value))), "c", rule)
    exits = trace.exits()
    return sum(exits["claim"]), sum(trace.holders()["claim"])


@pytest.mark.parametrize(
    ("value", "claimant", "holder"),
    [("20.00 EUR", (1_000, 0), (0, 1_000)), ("10.00 EUR", (1_000, 0), (0, 1_000)), ("9.99 EUR", (0, 1_000), (1_000, 0)),
     ("9.99 GBP", (1_000, 0), (0, 1_000))],
    ids=["rose", "at cost", "fell", "worth is not known"],
)  # fmt: skip
def test_a_claimant_leaves_an_asset_that_fell_below_its_cost(value, claimant, holder):
    assert placed(value, "oatway_election") == claimant
    assert placed(value, "pick_defence") == holder


def test_worth_is_known_where_value_and_cost_are():
    text = """
    2024-01-01 ? -> A 90.00 EUR #c
    2024-01-02 A -> V 10.00 EUR #p
    2024-01-03 A -> V 20.00 EUR #q
    2024-01-04 A -> V 5.00 EUR #r
    2024-01-05 A -> V 5.00 EUR #s
    2024-01-06 A -> V 5.00 EUR #u
    asset H real_estate "House" holder=X 20.00 EUR by=p,q
    asset I vehicle "Car" holder=X 20.00 GBP by=r
    asset J vehicle "Van" holder=X 20.00 EUR by=s
    asset K vehicle "Bus" holder=X 20.00 EUR by=s
    asset L vehicle "Tram" holder=X by=u
    asset M vehicle "Bike" holder=X 20.00 EUR
    """
    graph = fm.FlowGraph(fm.sketch(text))
    assert worth(graph) == {"H": Fraction(2, 3)}
    its = record(graph, ["c"], len(graph))
    numbers = {name: its.tape.assets[at] for at, name in its.assets.items()}
    assert its.tape.worth == {numbers["H"]: Fraction(2, 3)}
