"""Lots of claim money in one pool, for compiled sweeps. Other money has no lots: a lot knows how much of it came before.

A purse has two rows. `held`: its balance, and the money in its lots. `ends`: how much other money is gone, the first
lot, the last lot, rows of the pool in use. A lot is a row: mark (other money that had come in before it; what is gone
no longer lies before it), money, next, owner. Lots are chained oldest first, or newest first where the newest leaves
first. Row 0 is no lot; a purse without claim money has no lots.

Money on its way is a parcel, oldest first: rows of other money before it in the parcel, money, owner.
"""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit

from followmoney.tracing._kernel_parcel import BEFORE, PART, WHOSE, Rows, claimed, gathered, note

FIFO = 0
LIFO = 1
OTHER_FIRST = 2
CLAIM_FIRST = 3
COMPOSITE = 4

BALANCE, BOUND = 0, 1  # columns of held
GONE, FIRST, LAST, USED = 0, 1, 2, 3  # columns of ends
MARK, MONEY, NEXT, OWNER = 0, 1, 2, 3  # columns of the pool
SPARE, TOP = 0, 1  # heap: first row given back, rows ever used


@njit(cache=True, nogil=True)
def new(pool: Rows, heap: Rows) -> int:
    """A row of the pool."""
    lot = heap[SPARE]
    if lot:
        heap[SPARE] = pool[lot, NEXT]
        return lot
    heap[TOP] += 1
    return heap[TOP]


@njit(cache=True, nogil=True)
def release(pool: Rows, heap: Rows, lot: int) -> int:
    """Give a row back; returns the one after it."""
    after = pool[lot, NEXT]
    pool[lot, NEXT] = heap[SPARE]
    heap[SPARE] = lot
    return after


@njit(cache=True, nogil=True)
def _attach(newest: bool, purse: int, mark: int, money: int, owner: int, ends: Rows, pool: Rows, heap: Rows) -> None:
    """One more lot, the newest; joined to the one before it where nothing lies between them."""
    last = ends[purse, FIRST if newest else LAST]
    if last and pool[last, OWNER] == owner and (pool[last, MARK] >= mark or ends[purse, GONE] >= mark):
        pool[last, MONEY] += money
        return
    lot = new(pool, heap)
    pool[lot, MARK], pool[lot, MONEY], pool[lot, NEXT], pool[lot, OWNER] = mark, money, last if newest else 0, owner
    ends[purse, USED] += 1
    if newest or not last:
        ends[purse, FIRST] = lot
    else:
        pool[last, NEXT] = lot
    ends[purse, LAST] = lot


@njit(cache=True, nogil=True)
def put(newest: bool, purse: int, lots: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows) -> None:
    """The claim money of a parcel joins a purse; its balance, still without the parcel, is not negative."""
    come = ends[purse, GONE] + held[purse, BALANCE] - held[purse, BOUND]
    for k in range(lots):
        money = parcel[k, PART]
        if money:
            held[purse, BOUND] += money
            _attach(newest, purse, come + parcel[k, BEFORE], money, parcel[k, WHOSE], ends, pool, heap)


@njit(cache=True, nogil=True)
def put_first(purse: int, lots: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows) -> None:
    """The claim money of a returned parcel of this amount joins a purse as its oldest money."""
    gone, first = ends[purse, GONE], ends[purse, FIRST]
    lot = first
    while lot and pool[lot, MARK] < gone:  # no other money lies before these; none of the parcel's may either
        pool[lot, MARK] = gone
        lot = pool[lot, NEXT]
    gone -= amount - claimed(parcel, lots)
    for k in range(lots - 1, -1, -1):
        money = parcel[k, PART]
        if money:
            held[purse, BOUND] += money
            lot = new(pool, heap)
            pool[lot, MARK], pool[lot, MONEY] = gone + parcel[k, BEFORE], money
            pool[lot, NEXT], pool[lot, OWNER] = first, parcel[k, WHOSE]
            if not first:
                ends[purse, LAST] = lot
            first = lot
            ends[purse, USED] += 1
    if first:
        ends[purse, FIRST], ends[purse, GONE] = first, gone


@njit(cache=True, nogil=True)
def _reached(purse: int, amount: int, ends: Rows, pool: Rows) -> int:
    """Claim money in the oldest `amount` of a purse."""
    lot, found = ends[purse, FIRST], 0
    while lot:
        into = amount - found - (pool[lot, MARK] - ends[purse, GONE])
        if into <= 0:
            break
        if into <= pool[lot, MONEY]:
            return found + into
        found += pool[lot, MONEY]
        lot = pool[lot, NEXT]
    return found


@njit(cache=True, nogil=True)
def _oldest(purse: int, part: int, other: int, ends: Rows, pool: Rows, heap: Rows, parcel: Rows) -> int:
    """The oldest claim money and the oldest other money become a parcel, in the order in which they came."""
    gone, lot, lots = ends[purse, GONE], ends[purse, FIRST], 0
    while part:
        money = min(part, pool[lot, MONEY])
        parcel[lots, BEFORE] = min(max(pool[lot, MARK] - gone, 0), other)
        parcel[lots, PART], parcel[lots, WHOSE] = money, pool[lot, OWNER]
        lots += 1
        part -= money
        if money < pool[lot, MONEY]:
            pool[lot, MONEY] -= money
        else:
            lot = release(pool, heap, lot)
            ends[purse, USED] -= 1
    ends[purse, GONE], ends[purse, FIRST] = gone + other, lot
    return lots


@njit(cache=True, nogil=True)
def _newest(purse: int, amount: int, other: int, ends: Rows, pool: Rows, heap: Rows, parcel: Rows) -> int:
    """The newest `amount` of a purse that holds so much other money becomes a parcel, in the order in which it came."""
    lot, lots, stays = ends[purse, FIRST], 0, other
    while lot:
        free = min(amount, stays - pool[lot, MARK])
        stays -= free
        amount -= free
        money = min(amount, pool[lot, MONEY])
        if money == 0:
            break
        amount -= money
        parcel[lots, BEFORE], parcel[lots, PART], parcel[lots, WHOSE] = stays, money, pool[lot, OWNER]
        lots += 1
        if money < pool[lot, MONEY]:
            pool[lot, MONEY] -= money
            break
        lot = release(pool, heap, lot)
        ends[purse, USED] -= 1
    ends[purse, FIRST] = lot
    stays -= amount
    for k in range((lots + 1) // 2):  # from newest first to oldest first
        for column in range(3):
            back = parcel[lots - 1 - k, column]
            parcel[lots - 1 - k, column], parcel[k, column] = parcel[k, column], back
    for k in range(lots):
        parcel[k, BEFORE] -= stays
    return lots


@njit(cache=True, nogil=True)
def take(way: int, purse: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows) -> int:
    """Debit a purse that holds claim money; the number of lots in the parcel. What is drawn beyond comes last in it."""
    balance, bound = held[purse, BALANCE], held[purse, BOUND]
    amount = min(amount, balance)
    if way == LIFO:
        lots = _newest(purse, amount, balance - bound, ends, pool, heap, parcel)
    else:
        part = bound
        if amount < balance:
            if way == FIFO:
                part = _reached(purse, amount, ends, pool)
            elif way == OTHER_FIRST:
                part = max(0, amount - (balance - bound))
            else:
                part = min(amount, bound)
        lots = _oldest(purse, part, amount - part, ends, pool, heap, parcel)
    held[purse, BALANCE] = balance - amount
    held[purse, BOUND] = bound - claimed(parcel, lots)
    if ends[purse, FIRST] == 0:
        ends[purse, GONE] = ends[purse, LAST] = 0
    return lots


@njit(cache=True, nogil=True)
def holds(purse: int, ends: Rows, pool: Rows, into: Rows, sums: Rows) -> int:
    """What every owner holds in a purse, as a parcel of one row an owner; the number of rows."""
    lot, owners = ends[purse, FIRST], np.int64(0)
    while lot:
        owners = note(pool[lot, OWNER], pool[lot, MONEY], owners, into, sums)
        lot = pool[lot, NEXT]
    gathered(into, owners, sums)
    return owners


@njit(cache=True, nogil=True)
def less(parcel: Rows, lots: int, into: Rows, owners: int, sums: Rows) -> bool:
    """Put into `sums` what stays of `into` where a parcel is taken away; False, and nothing, where it is not there."""
    enough = True
    for k in range(owners):
        sums[into[k, WHOSE]] = into[k, PART]
    for k in range(lots):
        sums[parcel[k, WHOSE]] -= parcel[k, PART]
    for k in range(lots):
        enough &= sums[parcel[k, WHOSE]] >= 0
    if not enough:
        for k in range(owners):
            sums[into[k, WHOSE]] = 0
        for k in range(lots):
            sums[parcel[k, WHOSE]] = 0
    return enough


@njit(cache=True, nogil=True)
def give_back(
    newest: bool, purse: int, lots: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows,
    spare: Rows, sums: Rows,
) -> bool:  # fmt: skip
    """Take exactly this parcel from a purse, every owner's newest money, if it is there."""
    part = claimed(parcel, lots)
    other = held[purse, BALANCE] - held[purse, BOUND] - (amount - part)
    owners = holds(purse, ends, pool, spare, sums)
    if other < 0 or not less(parcel, lots, spare, owners, sums):
        return False
    if newest:
        for k in range(owners):
            sums[spare[k, WHOSE]] = spare[k, PART] - sums[spare[k, WHOSE]]
    held[purse, BALANCE] -= amount
    held[purse, BOUND] -= part
    _keep(newest, purse, other, ends, pool, heap, sums)
    return True


@njit(cache=True, nogil=True)
def _keep(newest: bool, purse: int, other: int, ends: Rows, pool: Rows, heap: Rows, sums: Rows) -> None:
    """Keep the oldest of every owner: so much other money, and claim money as `sums` says, which is used up.

    Where lots are chained newest first, `sums` says what goes.
    """
    lot, before, come = ends[purse, FIRST], 0, ends[purse, GONE] + other
    ends[purse, FIRST] = 0
    while lot:
        money, owner = pool[lot, MONEY], pool[lot, OWNER]
        part = min(money, sums[owner])
        sums[owner] -= part
        stays = money - part if newest else part
        if stays == 0:
            lot = release(pool, heap, lot)
            ends[purse, USED] -= 1
            if before:
                pool[before, NEXT] = lot
            continue
        pool[lot, MARK], pool[lot, MONEY] = min(pool[lot, MARK], come), stays
        if not before:
            ends[purse, FIRST] = lot
        before, lot = lot, pool[lot, NEXT]
    ends[purse, LAST] = before
    if before == 0:
        ends[purse, GONE] = 0
