"""Companies that own each other: what comes into the loop from outside, after all rounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DENSE = 1_500  # companies in one loop; above, sparse steps instead of a dense solution
_STEPS = 100_000
_SMALL = 1e-15
_EXPLODES = 1e9  # a loop that multiplies shares by more has, to the precision of its entries, no outside owner

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


def around(given: Floats, source: Numbers, target: Numbers, share: Floats, *, upper: bool) -> tuple[Floats, bool]:
    """What persons have of each company of a loop, and whether that is a solution.

    `given` (persons × companies) is what they have from outside the loop; `source`, `target` and `share` are the
    holdings inside. Solved densely up to 1,500 companies, by sparse steps to 1e-15 above. Where a loop holds all of
    itself or more there is no solution: then a lower bound follows every holding at most once around, and an upper
    bound is 1.
    """
    dense = given.shape[1] <= DENSE
    solved = _dense(given, source, target, share) if dense else _steps(given, source, target, share)
    if solved is not None:
        return solved, True
    if upper:
        return np.ones_like(given), False
    once = _rounds(given, source, target, share, given.shape[1])
    return np.minimum(once, np.maximum(given, 1.0)), False


def _dense(given: Floats, source: Numbers, target: Numbers, share: Floats) -> Floats | None:
    size = given.shape[1]
    system = np.eye(size)
    np.subtract.at(system, (target, source), share)
    try:
        solved = np.linalg.solve(system, np.column_stack([given.T, np.ones(size)])).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    rounds = solved[:, -1]  # how often one unit given to every company goes around: finite and ≥ 1, or no solution
    return solved[:, :-1].T if rounds.min() > 1 - 1e-9 and rounds.max() < _EXPLODES else None


def _steps(given: Floats, source: Numbers, target: Numbers, share: Floats) -> Floats | None:
    now = given
    for _ in range(_STEPS):
        after = given + _step(now, source, target, share)
        if np.abs(after - now).max() <= _SMALL:
            return after
        if after.max() > _EXPLODES:
            return None
        now = after
    return None


def _rounds(given: Floats, source: Numbers, target: Numbers, share: Floats, n: int) -> Floats:
    total = moving = given
    for _ in range(n - 1):
        moving = _step(moving, source, target, share)
        total = total + moving
    return total


def _step(now: Floats, source: Numbers, target: Numbers, share: Floats) -> Floats:
    after = np.zeros_like(now)
    for row, into in zip(now, after, strict=True):
        into[:] = np.bincount(target, weights=row[source] * share, minlength=len(into))
    return after
