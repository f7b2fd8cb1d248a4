"""Many claimants in one compiled pass, in proportion."""

from __future__ import annotations

import numpy as np

from followmoney.tracing._apart import Apart, Carried, Held, Movements
from followmoney.tracing._tape import Tape, blank

Rows = np.ndarray[tuple[int, int], np.dtype[np.int64]]

_SIZES = 64  # kinds of blocks in the pool, by logarithm


def run(tape: Tape) -> Apart:
    """The outcome of every claimant. Cost: one pass; memory where claim money is, 32 bytes a movement and claimant."""
    from followmoney.tracing._kernel_owners import CARRIES, ENTRIES, OWNERS, POSITION, sweep
    from followmoney.tracing._kernel_shares import Tracks, Written

    whole, room = blank(tape), tape.claimants + 1
    state, block = np.zeros((len(tape.opening), 2), np.int64), np.zeros((len(tape.opening), 3), np.int64)
    state[:, 0] = tape.opening
    slots = np.argsort(np.argsort(tape.undoes)).astype(np.int64)
    spans, free = np.zeros((len(slots), 2), np.int64), np.full(_SIZES, -1, np.int64)
    tracks = Tracks(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside)
    written = Written(whole.moved, whole.arrived, whole.carried, whole.discharged, whole.unwound, whole.accrued)
    due, seen = np.zeros((6, room), np.int64), np.zeros(6, np.int64)
    log, carried, pool = (np.zeros((size * room, width), np.int64) for size, width in ((2, 4), (1, 3), (4, 2)))
    pool[0, 0] = 1
    while True:
        sweep(tracks, tape.owner, slots, spans, state, block, pool, free, written, due, seen, log, carried)  # pyright: ignore[reportArgumentType]
        used, carries = int(seen[ENTRIES]), int(seen[CARRIES])
        if seen[POSITION] == len(tape):
            break
        log = _larger(log, used + room)
        carried = _larger(carried, carries + room)
        pool = _larger(pool, int(pool[0, 0]) + 4 * room)
    whole.balance[:], whole.claim[:] = state[:, 0], state[:, 1]
    log, carried = log[:used], carried[:carries]
    moves = Movements(
        log[:, 0] // OWNERS, log[:, 0] % OWNERS, log[:, 1], log[:, 2], log[:, 3] if len(whole.discharged) else None
    )
    early = Carried(carried[:, 0] // OWNERS, carried[:, 0] % OWNERS, carried[:, 1], carried[:, 2])
    return Apart.of(tape, whole, moves, early, _held(block, pool))


def _larger(rows: Rows, needed: int) -> Rows:
    """The same rows with space for more, where so many are needed."""
    if needed <= len(rows):
        return rows
    more = np.empty((2 * needed, rows.shape[1]), np.int64)
    more[: len(rows)] = rows
    return more


def _held(block: Rows, pool: Rows) -> Held:
    """What every purse holds of every owner."""
    purse = np.flatnonzero(block[:, 1])
    count = block[purse, 1]
    at = np.repeat(block[purse, 0] - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    return Held(pool[at, 0], np.repeat(purse, count), pool[at, 1])
