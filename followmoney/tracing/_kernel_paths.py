"""The compiled passes that say how much claim money can have come by every transaction, and how late it began."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numba.extending import overload
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import muldiv
from followmoney.tracing._ways import AMOUNT, BEGINS, GIVEN, GOT, PAID, RECEIVED, TAKES, TIME

NEVER = -(1 << 62)

Money = NDArray[np.int64]


def exchanged(part: int, amount: int, received: int) -> int:
    """What of `received` so much of `amount` became, rounded down, exactly; part ≤ amount."""
    return int(part) * int(received) // int(amount)


@overload(exchanged)
def _compiled(part: int, amount: int, received: int) -> Callable[[int, int, int], int]:  # noqa: ARG001 - numba's form
    def exact(part: int, amount: int, received: int) -> int:
        return muldiv(part, received, amount)[0]

    return exact


@njit(cache=True, nogil=True)
def widest(row: Money, rows: Money, purses: int, hops: int) -> Money:
    """The most that can have come by each transaction, by number of transactions after the claim transaction, at most.

    `rows` says what is known of a transaction (the columns of `Ways`); `row` goes through them in order of booking.
    """
    held, found = np.zeros((purses, hops + 1), np.int64), np.zeros((len(rows), hops + 1), np.int64)
    for at in row:
        paid, got, begins = rows[at, PAID], rows[at, GOT], rows[at, BEGINS]
        takes, given, amount, received = rows[at, TAKES], rows[at, GIVEN], rows[at, AMOUNT], rows[at, RECEIVED]
        for hop in range(hops + 1):
            most = min(held[paid, hop - 1], takes) if hop > 0 else 0
            if most > 0 and amount != received:
                most = exchanged(most, amount, received)
            found[at, hop] = max(most, begins)
        for hop in range(hops + 1):
            held[got, hop] = max(held[got, hop], min(found[at, hop], given))
    return found


@njit(cache=True, nogil=True)
def latest(row: Money, rows: Money, purses: int, hops: int) -> tuple[Money, Money]:
    """The last time at which a claim transaction was booked from which money can have come, and the most from then.

    As `widest` else; NEVER where none can have come.
    """
    held, since = np.zeros((purses, hops + 1), np.int64), np.full((purses, hops + 1), NEVER, np.int64)
    found, began = np.zeros((len(rows), hops + 1), np.int64), np.full((len(rows), hops + 1), NEVER, np.int64)
    for at in row:
        paid, got, begins = rows[at, PAID], rows[at, GOT], rows[at, BEGINS]
        takes, given, amount, received = rows[at, TAKES], rows[at, GIVEN], rows[at, AMOUNT], rows[at, RECEIVED]
        for hop in range(hops + 1):
            late = NEVER if begins == 0 else rows[at, TIME]
            most = min(held[paid, hop - 1], takes) if hop > 0 else 0
            if most > 0 and amount != received:
                most = exchanged(most, amount, received)
            if most > 0 and (since[paid, hop - 1] > late or (since[paid, hop - 1] == late and most > begins)):
                began[at, hop], found[at, hop] = since[paid, hop - 1], most
            else:
                began[at, hop], found[at, hop] = late, begins
        for hop in range(hops + 1):
            most, late = min(found[at, hop], given), began[at, hop]
            if most > 0 and (late > since[got, hop] or (late == since[got, hop] and most > held[got, hop])):
                since[got, hop], held[got, hop] = late, most
    return began, found


@njit(cache=True, nogil=True)
def told(paths: Money, ends: Money, last: Money, rows: Money) -> tuple[NDArray[np.uint32], Money]:
    """The rows of all paths, from the claim on; and the path, the step, and the most that came: in all, so far.

    `paths` as `search` found them, back from `ends`; `last` is the most that can come to the destination by each.
    """
    size = (paths >= 0).sum()
    steps, numbers = np.empty(size, np.uint32), np.empty((4, size), np.int64)
    made = 0
    for path in range(len(paths)):
        length, begun, most = (paths[path] >= 0).sum(), made, 0
        for step in range(length):
            row = paths[path, length - 1 - step]
            if step == 0:
                most = rows[row, BEGINS]
            else:
                most = min(most, rows[paths[path, length - step], GIVEN], rows[row, TAKES])
                if rows[row, AMOUNT] != rows[row, RECEIVED]:
                    most = exchanged(most, rows[row, AMOUNT], rows[row, RECEIVED])
            if step == length - 1:
                most = min(most, last[np.searchsorted(ends, row)])
            steps[made], numbers[0, made], numbers[1, made], numbers[3, made] = row, path + 1, step, most
            made += 1
        numbers[2, begun:made] = most
    return steps, numbers.ravel()
