"""What came into every purse: claim money, and all money."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._flows import flows
from followmoney.tracing._tape import Outcome, Tape

Money = NDArray[np.int64]


def brought(tape: Tape, outcome: Outcome, since: int | None = None) -> Money:
    """By purse: all claim money that ever joined it (from the instant `since` on), less what a claim brought twice."""
    moves = flows(tape, outcome)
    given = (
        moves.given if since is None or tape.time is None else np.where(tape.time[moves.at] >= since, moves.given, 0)
    )
    sums = np.zeros(len(tape.opening), np.int64)
    np.add.at(sums, tape.got[moves.at], given)
    return sums


def came(tape: Tape, purses: NDArray[np.int64]) -> Money:
    """By purse, for these: its opening balance and all that was ever credited, less what paid off a debt; else 0."""
    asked = np.zeros(len(tape.opening), np.bool_)
    asked[purses] = True
    sums = np.where(asked, tape.opening, 0)
    asked &= ~tape.outside
    at = np.flatnonzero(asked[tape.got])
    np.add.at(sums, tape.got[at], tape.received[at])
    return np.maximum(sums, 0)
