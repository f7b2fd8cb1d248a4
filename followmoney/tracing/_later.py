"""What payers go on to pay at the same instant, in sums: the compiled twin of `_instants`, for long tapes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._tape import Tape

Column = NDArray[np.int64]

_FEW = 32  # payments that follow; so many are looked at one by one
_SEEN = 1 << 14  # a power of two; so many columns stay in the processor


def later(tape: Tape) -> tuple[Column, Column, Column]:
    """Positions of transactions whose payer goes on to pay at that instant before anything comes in, in order.

    And, for each, all that it goes on to pay, and what it goes on to pay in amounts larger than this one. Cost: one
    pass, and n log n for the payments that are at one instant with others of their account; some 70 bytes for each.
    """
    none = np.zeros(0, np.int64)
    if tape.time is None:
        return none, none, none
    from followmoney.tracing._kernel_later import follows, grouped, larger

    first, then = np.empty(len(tape), np.int64), np.empty(len(tape), np.int64)  # only what is written takes memory
    latest, seen = np.full(len(tape.opening), -1, np.int64), np.zeros(_SEEN, np.int64)
    pairs = follows(tape.paid, tape.got, tape.time, latest, seen, first, then)
    member = np.zeros(len(tape), np.bool_)
    member[first[:pairs]] = member[then[:pairs]] = True
    at = np.flatnonzero(member)
    after = np.full(len(at), -1, np.int64)
    after[np.searchsorted(at, first[:pairs])] = np.searchsorted(at, then[:pairs])
    amount = tape.amount[at]
    goes_on = after >= 0
    group, depth, total, above = (np.zeros(len(at), np.int64) for _ in range(4))
    grouped(after, amount, group, depth, total, above, _FEW)
    many = np.zeros(len(at), np.bool_)
    many[group[depth > _FEW]] = True
    some = np.flatnonzero(many[group])
    larger(some[np.lexsort((-amount[some], group[some]))], group, depth, amount, above)
    return at[goes_on], total[goes_on], above[goes_on]
