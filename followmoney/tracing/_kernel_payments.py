"""Payments that hold claim money, in one pool, for the compiled sweep of first in, first out, payment by payment.

As `_kernel_lots`, but what is chained are payments: mark, all its money, next, first part; a part is: (unused), claim
money, next, owner, in order of owner. The rest of a payment is other money. Payments without claim money have no row.
The money bound in a purse is all money of its payments. A parcel has a row an owner, in order of owner.
"""

# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

import numpy as np
from numba import njit

from followmoney.tracing._kernel_arithmetic import BARE, muldiv
from followmoney.tracing._kernel_lots import (
    BALANCE,
    BOUND,
    FIRST,
    GONE,
    LAST,
    MARK,
    MONEY,
    NEXT,
    OWNER,
    USED,
    less,
    new,
    release,
)
from followmoney.tracing._kernel_parcel import PART, SHARE, WEIGHT, WHOSE, Rows, apportion, claimed, gathered, note

PARTS = OWNER  # of a payment


@njit(cache=True, nogil=True, **BARE)
def _split(
    payment: int, amount: int, lots: int, pool: Rows, heap: Rows, parcel: Rows, sums: Rows, work: Rows
) -> tuple[int, int]:
    """Part of a payment leaves, in proportion: the parcel's number of rows now, and how many parts are used up."""
    money, first = pool[payment, MONEY], pool[payment, PARTS]
    pool[payment, MONEY] = money - amount
    if pool[first, NEXT] == 0:
        work[1, SHARE], rest = muldiv(pool[first, MONEY], amount, money)
        work[1, SHARE] += rest > money - rest
    else:
        parts, part, other = 1, first, money
        while part:
            work[parts, WEIGHT] = pool[part, MONEY]
            other -= pool[part, MONEY]
            parts, part = parts + 1, pool[part, NEXT]
        work[0, WEIGHT] = other
        apportion(work, parts, amount)
    part, k, before, ended = first, 1, 0, 0
    while part:
        share = work[k, SHARE]
        k += 1
        if share:
            lots = note(pool[part, OWNER], share, lots, parcel, sums)
            pool[part, MONEY] -= share
        if pool[part, MONEY]:
            before, part = part, pool[part, NEXT]
            continue
        part = release(pool, heap, part)
        ended += 1
        if before:
            pool[before, NEXT] = part
        else:
            pool[payment, PARTS] = part
    return lots, ended


@njit(cache=True, nogil=True, **BARE)
def take(
    purse: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows, sums: Rows, work: Rows
) -> int:
    """Debit a purse that holds claim money; the number of rows in the parcel."""
    amount = min(amount, held[purse, BALANCE])
    held[purse, BALANCE] -= amount
    gone, payment, lots = ends[purse, GONE], ends[purse, FIRST], np.int64(0)
    while payment:
        free = min(amount, pool[payment, MARK] - gone)
        gone += free
        amount -= free
        if amount == 0:
            break
        money = pool[payment, MONEY]
        if amount < money:
            lots, ended = _split(payment, amount, lots, pool, heap, parcel, sums, work)
            held[purse, BOUND] -= amount
            ends[purse, USED] -= ended
            amount = 0
            if pool[payment, PARTS]:
                break
            money = pool[payment, MONEY]  # its other money is like any other money now
            gone -= money
        else:
            part = pool[payment, PARTS]
            while part:
                lots = note(pool[part, OWNER], pool[part, MONEY], lots, parcel, sums)
                part = release(pool, heap, part)
                ends[purse, USED] -= 1
            amount -= money
        held[purse, BOUND] -= money
        ends[purse, USED] -= 1
        payment = release(pool, heap, payment)
    ends[purse, GONE], ends[purse, FIRST] = gone + amount, payment
    if payment == 0:
        ends[purse, GONE] = ends[purse, LAST] = 0
    gathered(parcel, lots, sums)
    return lots


@njit(cache=True, nogil=True, **BARE)
def put(
    oldest: bool, purse: int, lots: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows
) -> None:
    """A parcel of this amount joins a purse as one payment; its balance, still without the parcel, is not negative."""
    last = 0
    for k in range(lots - 1, -1, -1):
        if parcel[k, PART]:
            part = new(pool, heap)
            pool[part, MARK], pool[part, MONEY] = 0, parcel[k, PART]
            pool[part, NEXT], pool[part, OWNER] = last, parcel[k, WHOSE]
            ends[purse, USED] += 1
            last = part
    gone = ends[purse, GONE]
    if last == 0:
        if oldest and ends[purse, FIRST]:
            ends[purse, GONE] = gone - amount
        return
    payment = new(pool, heap)
    ends[purse, USED] += 1
    mark = gone if oldest else gone + held[purse, BALANCE] - held[purse, BOUND]
    pool[payment, MARK], pool[payment, MONEY], pool[payment, NEXT], pool[payment, PARTS] = mark, amount, 0, last
    held[purse, BOUND] += amount
    if oldest:
        pool[payment, NEXT] = ends[purse, FIRST]
        ends[purse, FIRST] = payment
        if ends[purse, LAST] == 0:
            ends[purse, LAST] = payment
        return
    if ends[purse, LAST]:
        pool[ends[purse, LAST], NEXT] = payment
    else:
        ends[purse, FIRST] = payment
    ends[purse, LAST] = payment


@njit(cache=True, nogil=True, **BARE)
def holds(purse: int, ends: Rows, pool: Rows, into: Rows, sums: Rows) -> int:
    """What every owner holds in a purse, as a parcel; the number of rows."""
    payment, owners = ends[purse, FIRST], np.int64(0)
    while payment:
        part = pool[payment, PARTS]
        while part:
            owners = note(pool[part, OWNER], pool[part, MONEY], owners, into, sums)
            part = pool[part, NEXT]
        payment = pool[payment, NEXT]
    gathered(into, owners, sums)
    return owners


@njit(cache=True, nogil=True, **BARE)
def give_back(
    purse: int, lots: int, amount: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, parcel: Rows, spare: Rows,
    sums: Rows,
) -> bool:  # fmt: skip
    """Take exactly this parcel from a purse, every owner's newest money, if it is there."""
    owners = holds(purse, ends, pool, spare, sums)
    other = held[purse, BALANCE] - claimed(spare, owners) - (amount - claimed(parcel, lots))
    if other < 0 or not less(parcel, lots, spare, owners, sums):
        return False
    held[purse, BALANCE] -= amount
    _keep(purse, other, held, ends, pool, heap, sums)
    return True


@njit(cache=True, nogil=True, **BARE)
def _keep(purse: int, other: int, held: Rows, ends: Rows, pool: Rows, heap: Rows, sums: Rows) -> None:
    """Keep the oldest of every owner: so much other money, and claim money as `sums` says, which is used up."""
    payment, before = ends[purse, FIRST], 0
    seen = come = ends[purse, GONE]
    ends[purse, FIRST] = 0
    held[purse, BOUND] = 0
    while payment:
        loose = min(other, pool[payment, MARK] - seen)  # other money between payments that hold claim money
        seen = pool[payment, MARK]
        come += loose
        other -= loose
        rest, stays, last = pool[payment, MONEY], 0, 0
        part = pool[payment, PARTS]
        pool[payment, PARTS] = 0
        while part:
            rest -= pool[part, MONEY]
            money = min(pool[part, MONEY], sums[pool[part, OWNER]])
            sums[pool[part, OWNER]] -= money
            if money == 0:
                part = release(pool, heap, part)
                ends[purse, USED] -= 1
                continue
            stays += money
            pool[part, MONEY] = money
            if last:
                pool[last, NEXT] = part
            else:
                pool[payment, PARTS] = part
            last, part = part, pool[part, NEXT]
        if last:
            pool[last, NEXT] = 0
        rest = min(rest, other)
        other -= rest
        if stays == 0:
            come += rest
            payment = release(pool, heap, payment)
            ends[purse, USED] -= 1
            continue
        pool[payment, MARK], pool[payment, MONEY] = come, stays + rest
        held[purse, BOUND] += stays + rest
        if before:
            pool[before, NEXT] = payment
        else:
            ends[purse, FIRST] = payment
        before, payment = payment, pool[payment, NEXT]
    ends[purse, LAST] = before
    if before:
        pool[before, NEXT] = 0
    else:
        ends[purse, GONE] = 0
