"""The compiled sweep of rules where the order of money matters: lots, with their owners, only where claim money is."""

# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false, reportAssignmentType=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing import _kernel_lots as _lots
from followmoney.tracing import _kernel_payments as _payments
from followmoney.tracing._kernel_arithmetic import BARE, prefetch
from followmoney.tracing._kernel_lots import (
    BALANCE,
    BOUND,
    CLAIM_FIRST,
    COMPOSITE,
    FIRST,
    GONE,
    LIFO,
    MARK,
    OTHER_FIRST,
    USED,
)
from followmoney.tracing._kernel_parcel import GAIN, NAME, PART, WEIGHT, WHOSE, Rows, accrue, claimed, convert, own
from followmoney.tracing._tape import CLAIM, INTEREST, STOP, UNDO, UNDONE

_AHEAD = 24  # transactions between asking for a purse and using it

# Counts, after the two of the pool: rows of the logs and of what is kept; claim transactions, returns and returned
# transactions met so far; rows that a step was short of.
LOGGED, CARRIED, KEPT, CLAIMS, RETURNS, NEXT_UNDONE, NEED = range(2, 9)
COUNTS = 9

AT, OF, DEBITED, CREDITED, DISCHARGED, ACCRUED = range(6)  # columns of the log of movements


class Tracks(NamedTuple):
    """A tape, as its columns."""

    paid: NDArray[np.uint32]
    got: NDArray[np.uint32]
    amount: Rows
    received: Rows
    mark: NDArray[np.uint8]
    owner: Rows
    """By claim transaction, in order."""
    undoes: Rows
    undone: Rows
    """The same, sorted."""
    return_of: Rows
    """By entry of `undone`: which of the returns it is."""
    outside: NDArray[np.bool_]


class Purses(NamedTuple):
    """What is held where; see `_kernel_lots` and `_kernel_parcel`."""

    held: Rows
    ends: Rows
    pool: Rows
    counts: Rows
    parcel: Rows
    spare: Rows
    sums: Rows
    work: Rows


class Book(NamedTuple):
    """What is written: columns of the outcome of all claims together, and by claimant where there are several."""

    moved: Rows
    arrived: Rows
    carried: Rows
    discharged: Rows
    unwound: NDArray[np.bool_]
    accrued: Rows
    log: Rows
    """Position, claimant, debited, credited, discharged, accrued."""
    row: Rows
    """By claimant: his last row in the log."""
    carried_log: Rows
    """Number of the claim transaction, claimant, debited, credited."""
    kept: Rows
    """Parcels of transactions that will be returned."""
    kept_at: Rows
    """By return: where the parcel begins, and how many rows it has."""


@njit(cache=True, nogil=True, **BARE)
def _line(first: int, at: int, owner: int, counts: Rows, log: Rows, row: Rows) -> int:
    """The row of the log for a transaction and claimant; the transaction's rows begin at `first`."""
    here = row[owner]
    if here < first:
        here = row[owner] = counts[LOGGED]
        counts[LOGGED] += 1
        log[here, AT], log[here, OF] = at, owner
        log[here, DEBITED] = log[here, CREDITED] = log[here, DISCHARGED] = log[here, ACCRUED] = 0
    return here


@njit(cache=True, nogil=True, **BARE)
def _take(way: int, purse: int, amount: int, purses: Purses) -> int:
    """Debit a purse that holds claim money; the number of rows in the parcel."""
    held, ends, pool, counts, parcel = purses.held, purses.ends, purses.pool, purses.counts, purses.parcel
    if way == COMPOSITE:
        return _payments.take(purse, amount, held, ends, pool, counts, parcel, purses.sums, purses.work)
    return _lots.take(way, purse, amount, held, ends, pool, counts, parcel)


@njit(cache=True, nogil=True, **BARE)
def _put(way: int, oldest: bool, purse: int, lots: int, amount: int, purses: Purses) -> None:
    """Credit a purse that is not in debt."""
    held, ends, pool, counts, parcel = purses.held, purses.ends, purses.pool, purses.counts, purses.parcel
    if way == COMPOSITE:
        _payments.put(oldest, purse, lots, amount, held, ends, pool, counts, parcel)
    elif oldest and way != LIFO:
        _lots.put_first(purse, lots, amount, held, ends, pool, counts, parcel)
    else:
        _lots.put(way == LIFO, purse, lots, held, ends, pool, counts, parcel)
    held[purse, BALANCE] += amount


@njit(cache=True, nogil=True, **BARE)
def _holds(way: int, purse: int, purses: Purses) -> int:
    """What every owner holds in a purse, in `spare`; the number of rows."""
    if way == COMPOSITE:
        return _payments.holds(purse, purses.ends, purses.pool, purses.spare, purses.sums)
    return _lots.holds(purse, purses.ends, purses.pool, purses.spare, purses.sums)


@njit(cache=True, nogil=True, **BARE)
def _returned(way: int, i: int, nth: int, tracks: Tracks, purses: Purses, book: Book) -> int:
    """Take back what an earlier transaction brought; the number of rows in its parcel, -1 if it is not there."""
    held, ends, pool, counts, parcel = purses.held, purses.ends, purses.pool, purses.counts, purses.parcel
    payer, amount, first = np.int64(tracks.paid[i]), tracks.amount[i], tracks.undoes[nth]
    start, lots = book.kept_at[nth, 0], book.kept_at[nth, 1]
    for k in range(lots):
        for column in range(3):
            parcel[k, column] = book.kept[start + k, column]
    if tracks.outside[payer]:
        return lots
    brought = 0 if tracks.mark[first] & STOP else lots
    if way == COMPOSITE:
        back = _payments.give_back(payer, brought, amount, held, ends, pool, counts, parcel, purses.spare, purses.sums)
    else:
        back = _lots.give_back(
            way == LIFO, payer, brought, amount, held, ends, pool, counts, parcel, purses.spare, purses.sums
        )
    return lots if back else -1


@njit(cache=True, nogil=True, **BARE)
def _interest(way: int, i: int, lots: int, log_from: int, tracks: Tracks, purses: Purses, book: Book) -> int:
    """Divide the other money of a parcel as what the payee holds is; the number of rows."""
    payee, counts, work, spare = np.int64(tracks.got[i]), purses.counts, purses.work, purses.spare
    owners = _holds(way, payee, purses)
    work[0, WEIGHT] = purses.held[payee, BALANCE] - claimed(spare, owners)
    for k in range(owners):
        work[k + 1, NAME], work[k + 1, WEIGHT], work[k + 1, GAIN] = spare[k, WHOSE], spare[k, PART], 0
    credit = tracks.received[i]
    lots = accrue(purses.parcel, lots, credit, work, owners + 1, way == COMPOSITE, spare, purses.sums)
    for k in range(1, owners + 1):
        gain = work[k, GAIN]
        book.accrued[i] += gain
        if len(book.row) and gain:
            line = _line(log_from, i, work[k, NAME], counts, book.log, book.row)
            book.log[line, CREDITED] += gain
            book.log[line, ACCRUED] += gain
    return lots


@njit(cache=True, nogil=True, **BARE)
def _carries(i: int, log_from: int, part: int, here: int, tracks: Tracks, purses: Purses, book: Book) -> None:
    """Write what a claim transaction carried, and that it is claimed whole."""
    counts = purses.counts
    number = counts[CLAIMS]
    counts[CLAIMS] += 1
    book.carried[number, 0], book.carried[number, 1] = part, here
    if len(book.row):
        for k in range(log_from, counts[LOGGED]):
            to = counts[CARRIED]
            counts[CARRIED] += 1
            book.carried_log[to, 0] = number
            for column in (OF, DEBITED, CREDITED):
                book.carried_log[to, column] = book.log[k, column]
        if part < tracks.amount[i] or here < tracks.received[i]:
            line = _line(log_from, i, tracks.owner[number], counts, book.log, book.row)
            book.log[line, DEBITED] += tracks.amount[i] - part
            book.log[line, CREDITED] += tracks.received[i] - here


@njit(cache=True, nogil=True, **BARE)
def _accept(way: int, back: bool, i: int, lots: int, log_from: int, tracks: Tracks, purses: Purses, book: Book) -> None:
    """Credit the payee, its debt first, by the rule."""
    payee, credit, held = np.int64(tracks.got[i]), tracks.received[i], purses.held
    balance = held[payee, BALANCE]
    held[payee, BALANCE] = max(0, balance)
    _put(way, back, payee, lots, credit, purses)
    if balance >= 0:
        return
    if held[payee, BOUND]:
        lots = _take(way, payee, min(-balance, credit), purses)
        spent = claimed(purses.parcel, lots)
        if spent:
            book.discharged[i] = spent
        if len(book.row):
            for k in range(lots):
                line = _line(log_from, i, purses.parcel[k, WHOSE], purses.counts, book.log, book.row)
                book.log[line, DISCHARGED] += purses.parcel[k, PART]
    held[payee, BALANCE] = balance + credit


@njit(cache=True, nogil=True, **BARE)
def _step(way: int, i: int, tracks: Tracks, purses: Purses, book: Book) -> None:
    """One transaction that may carry claim money."""
    held, counts, parcel, spare, sums = purses.held, purses.counts, purses.parcel, purses.spare, purses.sums
    payer, amount, credit, mark = np.int64(tracks.paid[i]), tracks.amount[i], tracks.received[i], tracks.mark[i]
    many, log_from, lots, back, apart = len(book.row) > 0, counts[LOGGED], 0, False, way == COMPOSITE
    if mark & UNDO:
        nth = counts[RETURNS]
        counts[RETURNS] += 1
        lots = _returned(way, i, nth, tracks, purses, book)
        back = book.unwound[nth] = lots >= 0
        lots = max(0, lots)
    if not back:
        if held[payer, BOUND]:
            lots = _take(way, payer, amount, purses)
        else:
            balance = held[payer, BALANCE]
            held[payer, BALANCE] = balance - amount if amount < balance or balance < 0 else 0
    part = claimed(parcel, lots)
    if many:
        for k in range(lots):
            book.log[_line(log_from, i, parcel[k, WHOSE], counts, book.log, book.row), DEBITED] += parcel[k, PART]
    if credit != amount and lots:
        convert(parcel, lots, amount, credit, spare, sums)
    here = claimed(parcel, lots)
    if many:
        for k in range(lots):
            book.log[_line(log_from, i, parcel[k, WHOSE], counts, book.log, book.row), CREDITED] += parcel[k, PART]
    if mark & CLAIM:
        _carries(i, log_from, part, here, tracks, purses, book)
        lots = own(parcel, lots, credit, tracks.owner[counts[CLAIMS] - 1], apart, spare, sums)
        part, here = amount, credit
    elif mark & INTEREST and not back and held[tracks.got[i], BOUND]:
        lots = _interest(way, i, lots, log_from, tracks, purses, book)
        here = claimed(parcel, lots)
    if part or here:
        book.moved[i] = part
        book.arrived[i] = here
    if mark & UNDONE and lots:
        while tracks.undone[counts[NEXT_UNDONE]] < i:
            counts[NEXT_UNDONE] += 1
        nth, start = tracks.return_of[counts[NEXT_UNDONE]], counts[KEPT]
        for k in range(lots):
            for column in range(3):
                book.kept[start + k, column] = parcel[k, column]
        book.kept_at[nth, 0], book.kept_at[nth, 1] = start, lots
        counts[KEPT] += lots
    _accept(way, back, i, 0 if mark & STOP else lots, log_from, tracks, purses, book)


@njit(cache=True, nogil=True, **BARE)
def _short(i: int, tracks: Tracks, purses: Purses, book: Book) -> bool:
    """Whether a step may need more rows than there are; NEED then says how many.

    A parcel has at most as many rows as the payer has lots, and as many more where what lies between becomes a claim.
    """
    counts, ends, mark = purses.counts, purses.ends, tracks.mark[i]
    most = ends[tracks.paid[i], USED]
    if mark & UNDO:
        most += book.kept_at[counts[RETURNS], 1]
    need = 2 * most + 4
    if mark & INTEREST:
        owners = min(ends[tracks.got[i], USED], len(purses.sums))
        need += owners + (most + 2) * (owners + 1)
    counts[NEED] = need
    return (
        counts[1] + need >= len(purses.pool) or need > len(purses.parcel) or counts[LOGGED] + need > len(book.log)
        or counts[CARRIED] + need > len(book.carried_log) or counts[KEPT] + need > len(book.kept)
    )  # fmt: skip


@njit(cache=True, nogil=True, inline="always", **BARE)
def _without_claims(way: int, purse: int, amount: int, held: Rows, ends: Rows, pool: Rows) -> bool:
    """Debit a purse that holds claim money, if only other money leaves."""
    bound, before = held[purse, BOUND], 0
    balance = held[purse, BALANCE]
    if way == LIFO:
        before = balance - bound - pool[ends[purse, FIRST], MARK]
    elif way == OTHER_FIRST:
        before = balance - bound
    elif way != CLAIM_FIRST:
        before = pool[ends[purse, FIRST], MARK] - ends[purse, GONE]
    if amount > before:
        return False
    held[purse, BALANCE] = balance - amount
    if way != LIFO:
        ends[purse, GONE] += amount
    return True


@njit(cache=True, nogil=True, **BARE)
def sweep(way: int, i: int, tracks: Tracks, purses: Purses, book: Book) -> int:
    """Fill in an outcome from transaction `i` on, exactly; returns where it stopped for want of rows, or the end."""
    paid, got, amounts, received, marks = tracks.paid, tracks.got, tracks.amount, tracks.received, tracks.mark
    held, ends, pool = purses.held, purses.ends, purses.pool
    size = len(paid)
    while i < size:
        if i + _AHEAD < size:
            prefetch(held, np.int64(paid[i + _AHEAD]))
            prefetch(held, np.int64(got[i + _AHEAD]))
        payer, amount = np.int64(paid[i]), amounts[i]
        if marks[i] & (CLAIM | UNDO | INTEREST) == 0:
            if held[payer, BOUND] == 0:
                balance = held[payer, BALANCE]
                held[payer, BALANCE] = balance - amount if amount < balance or balance < 0 else 0
                held[got[i], BALANCE] += received[i]
                i += 1
                continue
            if _without_claims(way, payer, amount, held, ends, pool):
                held[got[i], BALANCE] += received[i]
                i += 1
                continue
        if _short(i, tracks, purses, book):
            return i
        _step(way, i, tracks, purses, book)
        i += 1
    return i


@njit(cache=True, nogil=True, **BARE)
def holdings(way: int, some: Rows, purses: Purses, rows: Rows) -> int:
    """What every owner holds in some purses: owner, purse, money; the number of rows."""
    at = 0
    for purse in some:
        for k in range(_holds(way, purse, purses)):
            rows[at, 0], rows[at, 1], rows[at, 2] = purses.spare[k, WHOSE], purse, purses.spare[k, PART]
            at += 1
    return at
