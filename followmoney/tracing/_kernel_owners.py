"""The compiled sweep in proportion for many claimants in one pass; money by owner is kept only where claim money is."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_apportion import CAME, LEFT, OWNER, PARTS, apportion, join, release
from followmoney.tracing._kernel_arithmetic import BARE, muldiv, prefetch
from followmoney.tracing._kernel_shares import AHEAD, Money, Tracks, Written
from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE

POSITION, CLAIMS, RETURNS, UNDID, ENTRIES, CARRIES = range(6)
"""How far a sweep has come: the next transaction, how many of each it has seen, how many rows it has written."""

OWNERS = 1 << 40
"""In the log, and in what claims carried: number of the claimant × OWNERS + position of the transaction or claim."""


@njit(cache=True, nogil=True, **BARE)
def _plain(
    paid: NDArray[np.uint32], got: NDArray[np.uint32], amounts: Money, received: Money, marks: NDArray[np.uint8],
    state: Money, begin: int,
) -> int:  # fmt: skip
    """Balances only, from `begin` to the next transaction that moves claim money or is marked; its position."""
    size = len(paid)
    for i in range(begin, size):
        if i + AHEAD < size:
            prefetch(state, np.int64(paid[i + AHEAD]))
            prefetch(state, np.int64(got[i + AHEAD]))
        payer, amount = paid[i], amounts[i]
        balance, claim = state[payer, 0], state[payer, 1]
        if marks[i] & (CLAIM | UNDO | UNDONE):
            return i
        if claim:
            if amount >= balance:
                return i
            share, rest = muldiv(claim, amount, balance)
            if share or rest > balance - rest:
                return i  # else, whoever's remainder is largest, that of other money is as large
        left = balance - amount
        state[payer, 0] = left & ~((left >> 63) & ~(balance >> 63))
        state[got[i], 0] += received[i]
    return size


@njit(cache=True, nogil=True, **BARE)
def _pay(purse: int, amount: int, state: Money, block: Money, pool: Money, free: Money, due: Money) -> int:
    """Debit a purse; how many owners' money leaves, in `due`."""
    balance, claim = state[purse, 0], state[purse, 1]
    state[purse, 0] = balance - amount if amount < balance or balance < 0 else 0
    if claim == 0:
        return 0
    start, count = block[purse, 0], block[purse, 1]
    for k in range(count):
        due[CAME, k] = pool[start + k, 1]
    state[purse, 1] -= apportion(count, min(amount, balance), balance, claim, due)
    found = kept = 0
    for k in range(count):
        owner, part, whole = pool[start + k, 0], due[PARTS, k], due[CAME, k]
        if part:
            due[OWNER, found], due[LEFT, found] = owner, part
            found += 1
        if whole > part:
            pool[start + kept, 0], pool[start + kept, 1] = owner, whole - part
            kept += 1
    block[purse, 1] = kept
    if not kept:
        release(block, purse, pool, free)
    return found


@njit(cache=True, nogil=True, **BARE)
def _give_back(
    purse: int, amount: int, count: int, state: Money, block: Money, pool: Money, free: Money, due: Money
) -> bool:
    """Take exactly this money of these owners from a purse, if it is there."""
    start, entries = block[purse, 0], block[purse, 1]
    gone = k = 0
    for e in range(entries):
        if k < count and pool[start + e, 0] == due[OWNER, k]:
            if pool[start + e, 1] < due[LEFT, k]:
                return False
            gone += due[LEFT, k]
            k += 1
    if k < count or state[purse, 0] - state[purse, 1] < amount - gone:
        return False
    state[purse, 0] -= amount
    state[purse, 1] -= gone
    kept = k = 0
    for e in range(entries):
        owner, money = pool[start + e, 0], pool[start + e, 1]
        if k < count and owner == due[OWNER, k]:
            money -= due[LEFT, k]
            k += 1
        if money:
            pool[start + kept, 0], pool[start + kept, 1] = owner, money
            kept += 1
    block[purse, 1] = kept
    if not kept:
        release(block, purse, pool, free)
    return True


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
    tracks: Tracks, owners: Money, slots: Money, spans: Money, state: Money, block: Money, pool: Money, free: Money,
    whole: Written, due: Money, seen: Money, log: Money, carried: Money,
) -> None:  # fmt: skip
    """Fill in the outcome of all claimants together; log every owner's part of it, and what claims carried.

    `owners` by claim; `slots` by return: which of the returned transactions it undoes, in order of these; `spans` by
    returned transaction. `state` and `block` have a row a purse: balance, claim; and entries in the pool as in `join`.
    `log` has rows: key, moved, arrived, discharged; `carried`: key, debited, credited. Stops, to be called again with
    `seen` as it is, where the log, `carried` or the pool must be made larger first.
    """
    paid, got, amounts, received, marks = tracks.paid, tracks.got, tracks.amount, tracks.received, tracks.mark
    moved, arrived, discharged, outside = whole.moved, whole.arrived, whole.discharged, tracks.outside
    size, room = len(paid), due.shape[1]
    claims, returns, used, carries = seen[CLAIMS], seen[RETURNS], seen[ENTRIES], seen[CARRIES]
    i = seen[POSITION] - 1
    while True:
        i = _plain(paid, got, amounts, received, marks, state, i + 1)
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
            back = outside[payer] or _give_back(payer, amount, asked, state, block, pool, free, due)
            whole.unwound[returns] = back
            returns += 1
        if not back:
            count = _pay(payer, amount, state, block, pool, free, due)
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
            log[used + k, 0], log[used + k, 1] = due[OWNER, k] * OWNERS + i, due[LEFT, k]
            log[used + k, 2], log[used + k, 3] = due[CAME, k], 0
        if mark & UNDONE:
            spans[seen[UNDID], 0], spans[seen[UNDID], 1] = used, used + count
            seen[UNDID] += 1
        used += count
        owing = min(-state[payee, 0], credit)
        state[payee, 0] += credit
        if count == 0:
            continue
        moved[i], arrived[i] = left, came
        if mark & STOP:
            continue
        if owing > 0:
            spent = apportion(count, owing, credit, came, due)
            for k in range(count):
                due[CAME, k] -= due[PARTS, k]
                log[used - count + k, 3] = due[PARTS, k]
            discharged[i] = spent
            came -= spent
        state[payee, 1] += came
        at = 0
        for k in range(count):
            if due[CAME, k]:
                at = join(block, payee, pool, free, due[OWNER, k], due[CAME, k], at)
    seen[CLAIMS], seen[RETURNS], seen[ENTRIES], seen[CARRIES] = claims, returns, used, carries
    seen[POSITION] = i
