"""The claim part of every movement, as it touches purses: what left one, what joined another, what stopped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._tape import STOP, UNDO, Outcome, Tape

Money = NDArray[np.int64]

_PIECE = 1 << 16


@dataclass(frozen=True, eq=False)
class Flows:
    """Movements of claim money, in order."""

    at: Money
    """Positions of the transactions that carry claim money; the next three have an entry for each."""
    taken: Money
    """Claim money that left the purse debited."""
    given: Money
    """Claim money that joined the purse credited."""
    discharged: Money
    """Claim money that paid off a debt of the purse credited."""
    left_at: Money
    """Positions of transactions by which claim money went to cash, an unknown end or an asset."""
    left: Money
    """How much went; negative where it was returned later."""


def flows(tape: Tape, outcome: Outcome) -> Flows:
    """Look at every movement of claim money from both its ends."""
    at = _carrying(outcome)
    taken, arrived = outcome.moved[at], outcome.arrived[at]
    claims, found = slots(at, tape.claims)
    taken[claims[found]] = outcome.carried[found, 0]  # of another claimant's claims it may be none
    back = np.flatnonzero(tape.mark & UNDO)[outcome.unwound] if len(tape.undoes) else np.zeros(0, np.intp)
    first = tape.undoes[outcome.unwound]
    from_stop = (tape.mark[first] & STOP > 0) & (outcome.arrived[first] > 0)
    returned, found = slots(at, back[from_stop])
    taken[returned[found]] = 0
    stop = tape.mark[at] & STOP > 0
    discharged = outcome.discharged[at] if len(outcome.discharged) else np.zeros(len(at), np.int64)
    return Flows(
        at, taken, np.where(stop, 0, arrived - discharged), discharged,
        np.concatenate([at[stop], first[from_stop]]),
        np.concatenate([arrived[stop], -outcome.arrived[first[from_stop]]]),
    )  # fmt: skip


def _carrying(outcome: Outcome) -> Money:
    """Positions of the transactions that carry claim money; looked at piece by piece, to spare a column."""
    moved, arrived = outcome.moved, outcome.arrived
    if arrived is moved:
        return np.flatnonzero(moved)
    pieces = [slice(begin, begin + _PIECE) for begin in range(0, max(1, len(moved)), _PIECE)]
    return np.concatenate([np.flatnonzero(moved[piece] | arrived[piece]) + piece.start for piece in pieces])


def slots(at: Money, positions: Money) -> tuple[Money, NDArray[np.bool_]]:
    """Where positions stand among those in order `at`, and which of them do."""
    if not len(at):
        return np.zeros(len(positions), np.int64), np.zeros(len(positions), np.bool_)
    slot = np.minimum(np.searchsorted(at, positions), len(at) - 1)
    return slot, at[slot] == positions
