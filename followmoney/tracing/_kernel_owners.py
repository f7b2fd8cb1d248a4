"""The compiled sweep in proportion for many claimants in one pass; money by owner is kept only where claim money is."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_apportion import CAME, LEFT, OWNER, PARTS, Money, apportion
from followmoney.tracing._kernel_arithmetic import BARE, muldiv, prefetch
from followmoney.tracing._kernel_by_owner import OWNERS
from followmoney.tracing._kernel_owned import FUND, give_back, pay, put
from followmoney.tracing._kernel_shares import AHEAD, Tracks, Written
from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE

POSITION, CLAIMS, RETURNS, UNDID, ENTRIES, CARRIES = range(6)
"""How far a sweep has come: the next transaction, how many of each it has seen, how many rows it has written."""

_HALF = 0.499999  # of a unit, and sure to be less in double precision

_NEAR = 10  # transactions between asking for the owners of a purse and using them; its row has come by then


@njit(cache=True, nogil=True, **BARE)
def _plain(
    paid: NDArray[np.uint32], got: NDArray[np.uint32], amounts: Money, received: Money, marks: NDArray[np.uint8],
    state: Money, pool: Money, begin: int,
) -> int:  # fmt: skip
    """Balances only, from `begin` to the next transaction that moves claim money or is marked; its position."""
    size = len(paid)
    for i in range(begin, size):
        if i + AHEAD < size:
            prefetch(state, np.int64(paid[i + AHEAD]))
            prefetch(state, np.int64(got[i + AHEAD]))
            prefetch(pool, state[paid[i + _NEAR], FUND])
            prefetch(pool, state[got[i + _NEAR], FUND])
        payer, amount = paid[i], amounts[i]
        balance, fund = state[payer, 0], state[payer, FUND]
        if marks[i] & (CLAIM | UNDO | UNDONE):
            return i
        if fund and not np.float64(pool[fund, 0]) * np.float64(amount) < _HALF * np.float64(balance):
            return i  # else, whoever's remainder is largest, that of other money is larger
        left = balance - amount
        state[payer, 0] = left & ~((left >> 63) & ~(balance >> 63))
        state[got[i], 0] += received[i]
    return size


@njit(cache=True, nogil=True, **BARE)
def _owned(owner: int, count: int, left: int, came: int, due: Money) -> int:
    """Give the rest of a payment to an owner; how many owners there are then."""
    at = 0
    while at < count and due[OWNER, at] < owner:
        at += 1
    if at == count or due[OWNER, at] != owner:
        for k in range(count, at, -1):
            due[OWNER, k], due[LEFT, k], due[CAME, k] = due[OWNER, k - 1], due[LEFT, k - 1], due[CAME, k - 1]
        due[OWNER, at], due[LEFT, at], due[CAME, at] = owner, 0, 0
        count += 1
    due[LEFT, at] += left
    due[CAME, at] += came
    return count


@njit(cache=True, nogil=True, **BARE)
def sweep(
    tracks: Tracks, owners: Money, slots: Money, spans: Money, state: Money, pool: Money, free: Money,
    whole: Written, due: Money, seen: Money, log: Money, carried: Money,
) -> None:  # fmt: skip
    """Fill in the outcome of all claimants together; log every owner's part of it, and what claims carried.

    `owners` by claim; `slots` by return: which of the returned transactions it undoes, in order of these; `spans` by
    returned transaction; `state`, `pool` and `free` as in `_kernel_owned`. `log` has rows: key, moved, arrived and,
    where an account starts in debt, discharged; `carried`: key, debited, credited. Stops, to be called again with
    `seen` as it is, where the log, `carried` or the pool must be made larger first.
    """
    paid, got, amounts, received, marks = tracks.paid, tracks.got, tracks.amount, tracks.received, tracks.mark
    moved, arrived, discharged, outside = whole.moved, whole.arrived, whole.discharged, tracks.outside
    size, room, debts = len(paid), due.shape[1], len(discharged) > 0
    claims, returns, used, carries = seen[CLAIMS], seen[RETURNS], seen[ENTRIES], seen[CARRIES]
    i = seen[POSITION] - 1
    while True:
        i = _plain(paid, got, amounts, received, marks, state, pool, i + 1)
        if i == size or used + room > len(log) or carries + room > len(carried) or pool[0, 0] + 4 * room > len(pool):
            break
        payer, payee, amount, credit = paid[i], got[i], amounts[i], received[i]
        mark, back, count = marks[i], False, 0
        if mark & UNDO:
            slot = slots[returns]
            for entry in range(spans[slot, 0], spans[slot, 1]):
                if log[entry, 2]:
                    due[OWNER, count], due[LEFT, count] = log[entry, 0] // OWNERS, log[entry, 2]
                    count += 1
            asked = 0 if marks[tracks.undoes[returns]] & STOP else count
            back = outside[payer] or give_back(payer, amount, asked, state, pool, free, due)
            whole.unwound[returns] = back
            returns += 1
        if not back:
            count = pay(payer, amount, state, pool, free, due)
        left = came = 0
        for k in range(count):
            before, left = came, left + due[LEFT, k]
            came = left if credit == amount else muldiv(left, credit, amount)[0]
            due[CAME, k] = came - before
        if mark & CLAIM:
            whole.carried[claims, 0], whole.carried[claims, 1] = left, came
            for k in range(count):
                carried[carries, 0] = due[OWNER, k] * OWNERS + claims
                carried[carries, 1], carried[carries, 2] = due[LEFT, k], due[CAME, k]
                carries += 1
            if left < amount or came < credit:
                count = _owned(owners[claims], count, amount - left, credit - came, due)
            left, came = amount, credit
            claims += 1
        for k in range(count):
            log[used + k, 0] = due[OWNER, k] * OWNERS + i
            log[used + k, 1], log[used + k, 2] = due[LEFT, k], due[CAME, k]
        if mark & UNDONE:
            spans[seen[UNDID], 0], spans[seen[UNDID], 1] = used, used + count
            seen[UNDID] += 1
        owing = min(-state[payee, 0], credit)
        state[payee, 0] += credit
        if count == 0:
            continue
        moved[i], arrived[i] = left, came
        if debts:
            for k in range(count):
                log[used + k, 3] = 0
            if owing > 0 and not mark & STOP:
                discharged[i] = spent = apportion(count, owing, credit, came, due)
                came -= spent
                for k in range(count):
                    log[used + k, 3] = due[PARTS, k]
                    due[CAME, k] -= due[PARTS, k]
        used += count
        if not mark & STOP:
            put(payee, count, came, state, pool, free, due)
    seen[CLAIMS], seen[RETURNS], seen[ENTRIES], seen[CARRIES] = claims, returns, used, carries
    seen[POSITION] = i
