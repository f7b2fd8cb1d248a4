"""Peers for the sweeps: what one writes first, a loop in plain Python; and sparse matrices, a day at a time."""

from __future__ import annotations

from typing import Any

_DAY = 86_400_000_000


def columns(world: Any) -> Any:
    """Columns as lists, openings, the positions of the claim, and which purses are cash or unknown."""
    tape = world.tape()
    rows = (tape.paid, tape.got, tape.amount)
    return *(part.tolist() for part in rows), tape.opening.tolist(), set(tape.claims.tolist()), tape.outside.tolist()


def loop(given: Any) -> Any:
    """Balances and the claim's share of them in lists, in proportion, in order of time; cash is not followed."""
    paid, got, amounts, opening, claimed, outside = given
    balance, claim = list(opening), [0] * len(opening)
    for at, (payer, payee, amount) in enumerate(zip(paid, got, amounts, strict=True)):
        held = balance[payer]
        moved = min(claim[payer], claim[payer] * amount // held) if held > 0 else 0
        claim[payer] -= moved
        balance[payer] = max(0, held - amount)
        balance[payee] += amount
        if not outside[payee]:
            claim[payee] += amount if at in claimed else moved
    return claim


def daily(tape: Any) -> Any:
    """In proportion to what was there in the morning, one sparse product a day. Another model, and a wrong one.

    It forgets the order within a day: money that passes through two accounts on one day stays in the first, and what
    came in at noon dilutes what left in the morning. It stands here because it is what one writes next.
    """
    import numpy as np
    from scipy.sparse import csr_array

    size = len(tape.opening)
    claimed = np.zeros(len(tape))
    claimed[tape.claims] = tape.received[tape.claims]
    balance, claim = np.maximum(tape.opening, 0).astype(float), np.zeros(size)
    day = tape.time // _DAY
    ends = np.append(np.flatnonzero(np.diff(day)) + 1, len(day))
    start = 0
    for end in ends.tolist():
        rows = slice(start, end)
        paid, got, amount = tape.paid[rows], tape.got[rows], tape.amount[rows].astype(float)
        came = np.bincount(got, weights=amount, minlength=size)
        left = np.bincount(paid, weights=amount, minlength=size)
        share = np.divide(claim, np.maximum(balance + came, left), out=np.zeros(size), where=claim > 0)
        flows = csr_array((np.where(claimed[rows] > 0, 0, amount), (got, paid)), shape=(size, size))
        claim += flows @ share - share * left + np.bincount(got, weights=claimed[rows], minlength=size)
        balance = np.maximum(0, balance + came - left)
        start = end
    return claim
