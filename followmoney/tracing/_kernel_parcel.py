"""Money on its way, for compiled sweeps of rules where the order of money matters.

A parcel has a row for each lot of claim money, oldest first: other money before it in the parcel, money, owner. Where
payments are kept apart it has one row an owner, in order of owner, and nothing before. `sums`, by owner, is 0 between
calls; `spare` is another parcel to work in, with one more column.
"""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import muldiv

Rows = NDArray[np.int64]

BEFORE, PART, WHOSE, TARGET = 0, 1, 2, 3  # columns


@njit(cache=True, nogil=True)
def claimed(parcel: Rows, lots: int) -> int:
    """Claim money in a parcel."""
    money = 0
    for k in range(lots):
        money += parcel[k, PART]
    return money


@njit(cache=True, nogil=True)
def _sort(rows: Rows, count: int) -> None:
    """Sort rows by their first two columns, which no two share. (numpy's sorts take seconds to compile.)"""
    step = count // 2
    while step:
        for k in range(step, count):
            first, second, at = rows[k, 0], rows[k, 1], k
            while at >= step and (rows[at - step, 0], rows[at - step, 1]) > (first, second):
                rows[at, 0], rows[at, 1] = rows[at - step, 0], rows[at - step, 1]
                at -= step
            rows[at, 0], rows[at, 1] = first, second
        step //= 2


@njit(cache=True, nogil=True)
def note(owner: int, money: int, lots: int, parcel: Rows, sums: Rows) -> int:
    """Money of an owner goes into a parcel of one row an owner; the number of its rows. `gathered` completes it."""
    if sums[owner] == 0:
        parcel[lots, 0], parcel[lots, 1] = owner, 0
        lots += 1
    sums[owner] += money
    return lots


@njit(cache=True, nogil=True)
def gathered(parcel: Rows, lots: int, sums: Rows) -> None:
    """Complete a parcel that was noted: in order of owner, with all that was noted for each."""
    _sort(parcel, lots)
    for k in range(lots):
        owner = parcel[k, 0]
        parcel[k, BEFORE], parcel[k, PART], parcel[k, WHOSE], sums[owner] = 0, sums[owner], owner, 0


@njit(cache=True, nogil=True)
def apportion(parts: Rows, amount: int) -> Rows:
    """How much of each part `amount` takes: in proportion, by largest remainder, a tie to the earlier; other is first."""
    whole, over = np.int64(0), amount
    shares, rest = np.empty(len(parts), np.int64), np.empty((len(parts), 2), np.int64)
    for k in range(len(parts)):
        whole += parts[k]
    for k in range(len(parts)):
        shares[k], left = muldiv(parts[k], amount, whole)
        rest[k, 0], rest[k, 1] = -left, k
        over -= shares[k]
    if over:
        _sort(rest, len(parts))
        for k in range(over):
            shares[rest[k, 1]] += 1
    return shares


@njit(cache=True, nogil=True)
def convert(parcel: Rows, lots: int, amount: int, credit: int, spare: Rows, sums: Rows) -> None:
    """Scale a parcel of this amount to what arrived: owner by owner, other money last, then lot by lot, rounded down.

    Lots keep their rows, also where nothing is left of them.
    """
    owners = np.int64(0)
    for k in range(lots):
        if parcel[k, PART]:
            owners = note(parcel[k, WHOSE], parcel[k, PART], owners, spare, sums)
    gathered(spare, owners, sums)
    seen = done = 0
    for k in range(owners):
        seen += spare[k, PART]
        upto = muldiv(seen, credit, amount)[0]
        spare[k, TARGET], done = upto - done, upto
        sums[spare[k, WHOSE]] = k
    other, target = amount - seen, credit - done
    for k in range(lots):
        if other:
            parcel[k, BEFORE] = muldiv(parcel[k, BEFORE], target, other)[0]
        if parcel[k, PART] == 0:
            continue
        at = sums[parcel[k, WHOSE]]
        start = spare[at, BEFORE]
        end = start + parcel[k, PART]
        parcel[k, PART] = (
            muldiv(end, spare[at, TARGET], spare[at, PART])[0] - muldiv(start, spare[at, TARGET], spare[at, PART])[0]
        )
        spare[at, BEFORE] = end
    for k in range(owners):
        sums[spare[k, WHOSE]] = 0


@njit(cache=True, nogil=True)
def own(parcel: Rows, lots: int, amount: int, owner: int, apart: bool, spare: Rows, sums: Rows) -> int:
    """All other money of a parcel of this amount becomes the money of an owner; the number of rows."""
    if apart:
        other, owners = amount - claimed(parcel, lots), np.int64(0)
        for k in range(lots):
            if parcel[k, PART]:
                owners = note(parcel[k, WHOSE], parcel[k, PART], owners, spare, sums)
        if other:
            owners = note(owner, other, owners, spare, sums)
        gathered(spare, owners, sums)
        for k in range(owners):
            parcel[k, BEFORE], parcel[k, PART], parcel[k, WHOSE] = 0, spare[k, PART], spare[k, WHOSE]
        return owners
    rows = seen = 0
    for k in range(lots):
        if parcel[k, BEFORE] > seen:
            spare[rows, PART], spare[rows, WHOSE] = parcel[k, BEFORE] - seen, owner
            rows, seen = rows + 1, parcel[k, BEFORE]
        spare[rows, PART], spare[rows, WHOSE] = parcel[k, PART], parcel[k, WHOSE]
        rows += 1
    other = amount - seen - claimed(parcel, lots)
    if other:
        spare[rows, PART], spare[rows, WHOSE] = other, owner
        rows += 1
    for k in range(rows):
        parcel[k, BEFORE], parcel[k, PART], parcel[k, WHOSE] = 0, spare[k, PART], spare[k, WHOSE]
    return rows


@njit(cache=True, nogil=True)
def accrue(
    parcel: Rows, lots: int, amount: int, whose: Rows, weights: Rows, gains: Rows, apart: bool, spare: Rows, sums: Rows
) -> int:
    """Divide the other money of a parcel of this amount among owners as `weights` (other money first); rows of it.

    What lies between two lots is divided by itself. `gains` is what each owner gets.
    """
    rows = seen = before = 0
    for k in range(lots + 1):
        upto = parcel[k, BEFORE] if k < lots else amount - claimed(parcel, lots)
        if upto > seen:
            shares = apportion(weights, upto - seen)
            seen = upto
            before += shares[0]
            for j in range(len(whose)):
                gains[j] += shares[j + 1]
                if shares[j + 1]:
                    spare[rows, BEFORE], spare[rows, PART], spare[rows, WHOSE] = (
                        before - shares[0],
                        shares[j + 1],
                        whose[j],
                    )
                    rows += 1
        if k < lots:
            spare[rows, BEFORE], spare[rows, PART], spare[rows, WHOSE] = before, parcel[k, PART], parcel[k, WHOSE]
            rows += 1
    lots = np.int64(0)
    for k in range(rows):
        if not apart:
            parcel[k, BEFORE], parcel[k, PART], parcel[k, WHOSE] = spare[k, BEFORE], spare[k, PART], spare[k, WHOSE]
            lots += 1
        elif spare[k, PART]:
            lots = note(spare[k, WHOSE], spare[k, PART], lots, parcel, sums)
    if apart:
        gathered(parcel, lots, sums)
    return lots
