"""Many claimants in one compiled pass, in proportion."""

from __future__ import annotations

import numpy as np

from followmoney.tracing._apart import Apart, Carried, Held, Movements
from followmoney.tracing._tape import Outcome, Tape, blank

Rows = np.ndarray[tuple[int, int], np.dtype[np.int64]]

_SIZES = 64  # kinds of blocks in the pool, by logarithm
_SOME = 8  # transactions for every row of the log that is made ready; memory nobody wrote to is not in use yet


def run(tape: Tape) -> Apart:
    """The outcome of every claimant. Cost: one pass; memory where claim money is, 56 bytes a movement and claimant."""
    from followmoney.tracing._kernel_owned import BALANCE
    from followmoney.tracing._kernel_owners import CARRIES, ENTRIES, POSITION, sweep
    from followmoney.tracing._kernel_shares import Tracks, Written

    whole, room = blank(tape, spreads=True), tape.claimants + 1
    state = np.zeros((len(tape.opening), 2), np.int64)
    state[:, BALANCE] = tape.opening
    slots = np.argsort(np.argsort(tape.undoes)).astype(np.int64)
    spans, free = np.zeros((len(slots), 2), np.int64), np.full(_SIZES, -1, np.int64)
    tracks = Tracks(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside)
    written = Written(whole.moved, whole.arrived, whole.carried, whole.discharged, whole.unwound, whole.accrued)
    due, seen = np.zeros((6, room), np.int64), np.zeros(6, np.int64)
    log = np.empty((len(tape) // _SOME + room, 4 if len(whole.discharged) else 3), np.int64)
    pool, carried = np.empty((len(state) + 5 * room, 2), np.int64), np.empty((2 * room, 3), np.int64)
    pool[0, 0] = 1
    while True:
        sweep(tracks, tape.owner, slots, spans, state, pool, free, written, due, seen, log, carried)  # pyright: ignore[reportArgumentType]
        used, carries = int(seen[ENTRIES]), int(seen[CARRIES])
        if seen[POSITION] == len(tape):
            break
        log = _larger(log, used + room)
        carried = _larger(carried, carries + room)
        pool = _larger(pool, int(pool[0, 0]) + 4 * room)
    whole.balance[:] = state[:, BALANCE]
    moves, early = _sorted(log[:used], tape.claimants), _sorted(carried[:carries], tape.claimants)
    return Apart(tape, whole, Movements(*moves), Carried(*early), _held(state, pool, tape, whole))


def _larger(rows: Rows, needed: int) -> Rows:
    """The same rows with space for more, where so many are needed."""
    if needed <= len(rows):
        return rows
    more = np.empty((2 * needed, rows.shape[1]), np.int64)
    more[: len(rows)] = rows
    return more


def _sorted(rows: Rows, claimants: int) -> Rows:
    """Rows that begin with a key as columns, by claimant."""
    from followmoney.tracing._kernel_by_owner import by_owner

    columns = np.empty((rows.shape[1] + 1, len(rows)), np.int64)
    by_owner(rows, np.zeros(claimants + 1, np.int64), columns)
    return columns


def _held(state: Rows, pool: Rows, tape: Tape, whole: Outcome) -> Held:
    """What every purse holds of every owner."""
    from followmoney.tracing._kernel_by_owner import holdings

    rows = np.empty((int(pool[0, 0]), 2), np.int64)
    return Held(*_sorted(rows[: holdings(state, pool, whole.claim, rows)], tape.claimants))
