"""Many claimants in one compiled pass, in proportion."""

from __future__ import annotations

import numpy as np

from followmoney.tracing._apart import Apart, Carried, Held, Movements
from followmoney.tracing._tape import Tape, blank

Rows = np.ndarray[tuple[int, int], np.dtype[np.int64]]


def run(tape: Tape) -> Apart:
    """The outcome of every claimant. Cost: one pass; memory where claim money is, 28 bytes a movement and claimant."""
    from followmoney.tracing._kernel_apportion import Due
    from followmoney.tracing._kernel_owners import Log, sweep
    from followmoney.tracing._kernel_shares import Tracks, Written

    whole = blank(tape)
    assert tape.owner is not None
    state, block = np.zeros((len(tape.opening), 2), np.int64), np.zeros((len(tape.opening), 3), np.int64)
    state[:, 0] = tape.opening
    most = tape.claimants + 1
    due = Due(*(np.zeros(most, np.int64) for _ in Due._fields))
    size = len(tape) // 16 + most
    debts = len(whole.discharged)
    log = Log(
        np.empty(size, np.int32), np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64),
        np.zeros(size if debts else 0, np.int64),
    )  # fmt: skip
    tracks = Tracks(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside)
    written = Written(whole.moved, whole.arrived, whole.carried, whole.discharged, whole.unwound, whole.accrued)
    slots = np.argsort(np.argsort(tape.undoes)).astype(np.int64)
    log, used, carried, pool = sweep(tracks, tape.owner, slots, state, block, written, due, log)
    whole.balance[:], whole.claim[:] = state[:, 0], state[:, 1]
    number, owner, debited, credited = carried.T.copy()
    moves = Movements(
        log.owner[:used], log.at[:used], log.moved[:used], log.arrived[:used],
        log.discharged[:used] if debts else None,
    )  # fmt: skip
    return Apart.of(tape, whole, moves, Carried(owner, number, debited, credited), _held(block, pool))


def _held(block: Rows, pool: Rows) -> Held:
    """What every purse holds of every owner."""
    purse = np.flatnonzero(block[:, 1])
    count = block[purse, 1]
    at = np.repeat(block[purse, 0] - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    return Held(pool[at, 0], np.repeat(purse, count), pool[at, 1])
