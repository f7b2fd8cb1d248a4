"""The compiled sweep in proportion for many claimants in one pass; money by owner is kept only where claim money is."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_apportion import Due, apportion, join, release
from followmoney.tracing._kernel_arithmetic import muldiv
from followmoney.tracing._kernel_shares import Money, Tracks, Written, plain
from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE

_SIZES = 48  # kinds of blocks in the pool, by logarithm


class Log(NamedTuple):
    """Entries by transaction and owner, in order; only as many as are counted mean something."""

    owner: NDArray[np.int32]
    at: Money
    moved: Money
    arrived: Money
    discharged: Money


@njit(cache=True, nogil=True)
def _pay(purse: int, amount: int, state: Money, block: Money, pool: Money, free: Money, due: Due) -> int:
    """Debit a purse; how many owners' money leaves, in `due`."""
    balance, claim = state[purse, 0], state[purse, 1]
    state[purse, 0] = balance - amount if amount < balance or balance < 0 else 0
    if claim == 0:
        return 0
    if amount < balance:
        share, rest = muldiv(claim, amount, balance)
        if share == 0 and rest <= balance - rest:
            return 0  # whoever's remainder is largest, that of other money is as large
    start, count = block[purse, 0], block[purse, 1]
    for k in range(count):
        due.came[k] = pool[start + k, 1]
    state[purse, 1] -= apportion(due.came, count, min(amount, balance), balance, claim, due)
    found = kept = 0
    for k in range(count):
        owner, part, whole = pool[start + k, 0], due.parts[k], due.came[k]
        if part:
            due.owner[found], due.left[found] = owner, part
            found += 1
        if whole > part:
            pool[start + kept, 0], pool[start + kept, 1] = owner, whole - part
            kept += 1
    block[purse, 1] = kept
    if not kept:
        release(block, purse, pool, free)
    return found


@njit(cache=True, nogil=True)
def _give_back(
    purse: int, amount: int, count: int, state: Money, block: Money, pool: Money, free: Money, due: Due
) -> bool:
    """Take exactly this money of these owners from a purse, if it is there."""
    start, entries = block[purse, 0], block[purse, 1]
    gone = k = 0
    for e in range(entries):
        if k < count and pool[start + e, 0] == due.owner[k]:
            if pool[start + e, 1] < due.left[k]:
                return False
            gone += due.left[k]
            k += 1
    if k < count or state[purse, 0] - state[purse, 1] < amount - gone:
        return False
    state[purse, 0] -= amount
    state[purse, 1] -= gone
    kept = k = 0
    for e in range(entries):
        owner, money = pool[start + e, 0], pool[start + e, 1]
        if k < count and owner == due.owner[k]:
            money -= due.left[k]
            k += 1
        if money:
            pool[start + kept, 0], pool[start + kept, 1] = owner, money
            kept += 1
    block[purse, 1] = kept
    if not kept:
        release(block, purse, pool, free)
    return True


@njit(cache=True, nogil=True)
def _owned(owner: int, count: int, left: int, came: int, due: Due) -> int:
    """Give the rest of a payment to an owner; how many owners there are then."""
    at = 0
    while at < count and due.owner[at] < owner:
        at += 1
    if at == count or due.owner[at] != owner:
        for k in range(count, at, -1):
            due.owner[k], due.left[k], due.came[k] = due.owner[k - 1], due.left[k - 1], due.came[k - 1]
        due.owner[at], due.left[at], due.came[at] = owner, 0, 0
        count += 1
    due.left[at] += left
    due.came[at] += came
    return count


@njit(cache=True, nogil=True)
def _grown(log: Log, used: int, debts: bool) -> Log:
    """The same log with twice the room."""
    size = 2 * len(log.at)
    owner, at, moved, arrived = (
        np.empty(size, np.int32), np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64),
    )  # fmt: skip
    owner[:used], at[:used], moved[:used], arrived[:used] = (
        log.owner[:used], log.at[:used], log.moved[:used], log.arrived[:used],
    )  # fmt: skip
    discharged = np.zeros(size if debts else 0, np.int64)
    if debts:
        discharged[:used] = log.discharged[:used]
    return Log(owner, at, moved, arrived, discharged)


@njit(cache=True, nogil=True)
def sweep(
    tracks: Tracks, owners: Money, slots: Money, state: Money, block: Money, whole: Written, due: Due, log: Log
) -> tuple[Log, int, Money, Money]:
    """Fill in the outcome of all claimants together; log every owner's part of it, and what claims carried.

    `owners` by claim; `slots` by return: which of the returned transactions it undoes, in order of these; `state` and
    `block` have a row a purse: balance, claim; and entries in the pool as in `join`. Gives the log, its length, rows of
    what claim transactions carried (number, owner, debited, credited), and the pool.
    """
    paid, got, amounts, received, marks = tracks.paid, tracks.got, tracks.amount, tracks.received, tracks.mark
    size, claims, returns, undone, used, carries, room = len(paid), 0, 0, 0, 0, 0, len(due.owner)
    debts = len(whole.discharged) > 0
    pool, free = np.empty((16, 2), np.int64), np.full(_SIZES, -1, np.int64)
    pool[0, 0] = 1
    spans = np.zeros((len(slots), 2), np.int64)
    carried = np.empty((len(owners) + room, 4), np.int64)
    i = -1
    while i + 1 < size:
        i = plain(paid, got, amounts, received, marks, state, i + 1, CLAIM | UNDO | UNDONE, False)
        if i == size:
            break
        payer, payee, amount, credit = paid[i], got[i], amounts[i], received[i]
        mark, back, count = marks[i], False, 0
        if mark & UNDO:
            begin, end = spans[slots[returns]]
            for entry in range(begin, end):
                if log.arrived[entry]:
                    due.owner[count], due.left[count] = log.owner[entry], log.arrived[entry]
                    count += 1
            asked = 0 if marks[tracks.undoes[returns]] & STOP else count
            back = tracks.outside[payer] or _give_back(payer, amount, asked, state, block, pool, free, due)
            whole.unwound[returns] = back
            returns += 1
        if not back:
            count = _pay(payer, amount, state, block, pool, free, due)
        left = came = 0
        for k in range(count):
            before, left = came, left + due.left[k]
            came = left if credit == amount else muldiv(left, credit, amount)[0]
            due.came[k] = came - before
        if mark & CLAIM:
            whole.carried[claims, 0], whole.carried[claims, 1] = left, came
            if carries + room > len(carried):
                more = np.empty((2 * len(carried) + room, 4), np.int64)
                more[:carries] = carried[:carries]
                carried = more
            for k in range(count):
                carried[carries, 0], carried[carries, 1] = claims, due.owner[k]
                carried[carries, 2], carried[carries, 3] = due.left[k], due.came[k]
                carries += 1
            if left < amount or came < credit:
                count = _owned(owners[claims], count, amount - left, credit - came, due)
            left, came = amount, credit
            claims += 1
        if used + count > len(log.at):
            log = _grown(log, used, debts)
        for k in range(count):
            log.owner[used + k], log.at[used + k] = due.owner[k], i
            log.moved[used + k], log.arrived[used + k] = due.left[k], due.came[k]
        if mark & UNDONE:
            spans[undone, 0], spans[undone, 1] = used, used + count
            undone += 1
        used += count
        owing = min(-state[payee, 0], credit)
        state[payee, 0] += credit
        if count == 0:
            continue
        whole.moved[i], whole.arrived[i] = left, came
        if mark & STOP:
            continue
        if owing > 0:
            spent = apportion(due.came, count, owing, credit, came, due)
            for k in range(count):
                due.came[k] -= due.parts[k]
                log.discharged[used - count + k] = due.parts[k]
            whole.discharged[i] = spent
            came -= spent
        state[payee, 1] += came
        at = 0
        for k in range(count):
            if due.came[k]:
                pool, at = join(block, payee, pool, free, due.owner[k], due.came[k], at)
    return log, used, carried[:carries], pool
