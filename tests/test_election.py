"""The claimant's and the holder's best choice: nobody can choose better, debit by debit."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tapes import tape as made

from followmoney.tracing import catalogue
from followmoney.tracing._sweep import sweep
from followmoney.tracing._tape import CLAIM, STOP


@st.composite
def small(draw):
    """A few payments of a few units between three purses and an outside one; some pay for assets."""
    rows = [(3, draw(st.integers(0, 2)), draw(st.integers(1, 3)), None, True, False, None)]
    for _ in range(draw(st.integers(1, 5))):
        ends = draw(st.integers(0, 2)), draw(st.integers(0, 3))
        rows.append((*ends, draw(st.integers(1, 3)), None, False, draw(st.integers(0, 3)) == 0, None))
    rows = [(*row[:3], row[2], *row[4:]) for row in rows]
    opening = draw(st.lists(st.integers(-2, 3), min_size=3, max_size=3))
    return made(rows, [*opening, 0], [False, False, False, True])


def every_outcome(tape):
    """Claim money in (assets, accounts) for every way to choose the claim part of every debit and debt."""
    found = set()
    choices = [range(int(amount) + 1) for amount in tape.amount]
    for parts in product(*choices, *choices):
        claim, balance, assets = [0] * 4, tape.opening.tolist(), 0
        for at, (debit, debt) in enumerate(zip(parts[: len(tape)], parts[len(tape) :], strict=True)):
            payer, payee, amount = int(tape.paid[at]), int(tape.got[at]), int(tape.amount[at])
            known = min(amount, max(0, balance[payer]))
            other = max(0, balance[payer]) - claim[payer]
            if not max(0, known - other) <= debit <= min(known, claim[payer]):
                break
            claim[payer] -= debit
            balance[payer] = balance[payer] - amount if balance[payer] < 0 else max(0, balance[payer] - amount)
            part = amount if tape.mark[at] & CLAIM else debit
            if tape.mark[at] & STOP:
                assets += part if payee != 3 else 0
                part = 0
            owed = min(amount, max(0, -balance[payee]))
            if not max(0, owed - (amount - part)) <= debt <= min(owed, part):
                break
            balance[payee] += amount
            claim[payee] += part - debt
        else:
            found.add((assets, sum(claim[:3])))
    return found


def reached(tape, rule):
    outcome = sweep(tape, catalogue()[rule]())
    bought = (tape.mark & STOP > 0) & ~tape.outside[tape.got]
    return int(outcome.arrived[bought].sum()), int(outcome.claim[:3].sum())


@settings(max_examples=40, deadline=None)
@given(tape=small())
def test_no_choice_serves_the_claimant_or_the_holder_better(tape):
    tape = tape.__class__(**{**vars(tape), "assets": {
        int(at): int(at) for at in np.flatnonzero((tape.mark & STOP > 0) & ~tape.outside[tape.got])
    }})  # fmt: skip
    if np.prod(tape.amount + 1.0) > 2000:
        return
    found = every_outcome(tape)
    assert reached(tape, "oatway_election") == max(found)
    assert reached(tape, "pick_defence") == min(found, key=lambda it: (sum(it), it[0]))
