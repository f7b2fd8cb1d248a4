"""Money on its way, for compiled sweeps of rules where the order of money matters.

A parcel has a row for each lot of claim money, oldest first: other money before it in the parcel, money, owner. Where
payments are kept apart it has one row an owner, in order of owner, and nothing before. `sums`, by owner, is 0 between
calls; `spare` is another parcel to work in, with one more column.
"""

# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import BARE, muldiv

Rows = NDArray[np.int64]

BEFORE, PART, WHOSE, TARGET = 0, 1, 2, 3  # columns of a parcel, and of the spare one
WEIGHT, SHARE, NAME, GAIN = 2, 3, 4, 5  # columns of the work sheet, after two for sorting; its first row is other money


@njit(cache=True, nogil=True, **BARE)
def claimed(parcel: Rows, lots: int) -> int:
    """Claim money in a parcel."""
    money = 0
    for k in range(lots):
        money += parcel[k, PART]
    return money


@njit(cache=True, nogil=True, **BARE)
def _sort(rows: Rows, count: int) -> None:
    """Sort rows by their first two columns, which no two share; numpy's sorts allocate, and take seconds to compile."""
    step = count // 2
    while step:
        for k in range(step, count):
            first, second, at = rows[k, 0], rows[k, 1], k
            while at >= step and (rows[at - step, 0], rows[at - step, 1]) > (first, second):
                rows[at, 0], rows[at, 1] = rows[at - step, 0], rows[at - step, 1]
                at -= step
            rows[at, 0], rows[at, 1] = first, second
        step //= 2


@njit(cache=True, nogil=True, **BARE)
def note(owner: int, money: int, lots: int, parcel: Rows, sums: Rows) -> int:
    """Money of an owner goes into a parcel of one row an owner; the number of its rows. `gathered` completes it."""
    if sums[owner] == 0:
        parcel[lots, 0], parcel[lots, 1] = owner, 0
        lots += 1
    sums[owner] += money
    return lots


@njit(cache=True, nogil=True, **BARE)
def gathered(parcel: Rows, lots: int, sums: Rows) -> None:
    """Complete a parcel that was noted: in order of owner, with all that was noted for each."""
    _sort(parcel, lots)
    for k in range(lots):
        owner = parcel[k, 0]
        parcel[k, BEFORE], parcel[k, PART], parcel[k, WHOSE], sums[owner] = 0, sums[owner], owner, 0


@njit(cache=True, nogil=True, **BARE)
def apportion(work: Rows, parts: int, amount: int) -> None:
    """How much of each part on the work sheet leaves with `amount`: in proportion, by largest remainder.

    A tie goes to the earlier part; other money comes first.
    """
    whole, over = np.int64(0), amount
    for k in range(parts):
        whole += work[k, WEIGHT]
    for k in range(parts):
        work[k, SHARE], left = muldiv(work[k, WEIGHT], amount, whole)
        work[k, 0], work[k, 1] = -left, k
        over -= work[k, SHARE]
    if over:
        _sort(work, parts)
        for k in range(over):
            work[work[k, 1], SHARE] += 1


@njit(cache=True, nogil=True, **BARE)
def convert(parcel: Rows, lots: int, amount: int, credit: int, spare: Rows, sums: Rows) -> None:
    """Scale a parcel of this amount to what arrived: owner by owner, other money last, then lot by lot, rounded down.

    Lots keep their rows, also where nothing is left of them.
    """
    owners = np.int64(0)
    for k in range(lots):
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
        at = sums[parcel[k, WHOSE]]
        start = spare[at, BEFORE]
        end = start + parcel[k, PART]
        parcel[k, PART] = (
            muldiv(end, spare[at, TARGET], spare[at, PART])[0] - muldiv(start, spare[at, TARGET], spare[at, PART])[0]
        )
        spare[at, BEFORE] = end
    for k in range(owners):
        sums[spare[k, WHOSE]] = 0


@njit(cache=True, nogil=True, **BARE)
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


@njit(cache=True, nogil=True, **BARE)
def accrue(parcel: Rows, lots: int, amount: int, work: Rows, parts: int, apart: bool, spare: Rows, sums: Rows) -> int:
    """Divide the other money of a parcel of this amount by the work sheet's weights, and write gains there; its rows.

    What lies between two lots is divided by itself.
    """
    rows = seen = before = 0
    for k in range(lots + 1):
        upto = parcel[k, BEFORE] if k < lots else amount - claimed(parcel, lots)
        if upto > seen:
            apportion(work, parts, upto - seen)
            seen = upto
            for j in range(1, parts):
                share = work[j, SHARE]
                work[j, GAIN] += share
                if share:
                    spare[rows, BEFORE], spare[rows, PART], spare[rows, WHOSE] = before, share, work[j, NAME]
                    rows += 1
            before += work[0, SHARE]
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
