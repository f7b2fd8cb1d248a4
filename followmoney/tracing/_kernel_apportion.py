"""Largest remainder over many owners, compiled: the twin of `rule.in_proportion`."""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import BARE, EXACT, long_division, muldiv

Money = NDArray[np.int64]

OWNER, LEFT, CAME, PARTS, REST, SCRATCH = range(6)
"""Rows of `due`, the room for the owners of one payment: as many columns as there are claimants, and one more."""

_FEW = 4  # units left over that are given out one after the other; more need a sort
_MOST = (1 << 63) - 1


@njit(cache=True, nogil=True, **BARE)
def _nth_largest(due: Money, count: int, place: int) -> int:
    """The value at this place of the scratch, from 1, were its first `count` sorted, largest first; disturbs them."""
    low, high = 0, count - 1
    while low < high:
        pivot = due[SCRATCH, (low + high) >> 1]
        left, right = low, high
        while left <= right:
            while due[SCRATCH, left] > pivot:
                left += 1
            while due[SCRATCH, right] < pivot:
                right -= 1
            if left <= right:
                due[SCRATCH, left], due[SCRATCH, right] = due[SCRATCH, right], due[SCRATCH, left]
                left += 1
                right -= 1
        if place - 1 <= right:
            high = right
        elif place - 1 >= left:
            low = left
        else:
            break
    return due[SCRATCH, place - 1]


@njit(cache=True, nogil=True, **BARE)
def _next_largest(due: Money, count: int, place: int) -> int:
    """The same of the remainders, which stay; quick where the place is among the first, as it nearly always is."""
    below = np.int64(_MOST)
    while True:
        largest = np.int64(-1)
        for k in range(count):
            rest = due[REST, k]
            largest = max(largest, rest if rest < below else np.int64(-1))
        for k in range(count):
            place -= due[REST, k] == largest
        if place <= 0:
            return largest
        below = largest


@njit(cache=True, nogil=True, **BARE)
def _shares(count: int, amount: int, balance: int, due: Money) -> int:
    """Whole parts and remainders of every owner; the sum of the parts. Exact, as `muldiv`, with one division."""
    given = 0
    if balance >= EXACT:
        for k in range(count):
            due[PARTS, k], due[REST, k] = long_division(due[CAME, k], amount, balance)
            given += due[PARTS, k]
        return given
    ratio = np.float64(amount) / np.float64(balance)
    for k in range(count):  # the guess is at most one off
        part = np.int64(np.float64(due[CAME, k]) * ratio)
        over = due[CAME, k] * amount - part * balance  # wraps; the true remainder is small, so it comes out right
        part -= over < 0
        over += balance & -np.int64(over < 0)
        part += over >= balance
        over -= balance & -np.int64(over >= balance)
        due[PARTS, k], due[REST, k] = part, over
        given += part
    return given


@njit(cache=True, nogil=True, **BARE)
def apportion(count: int, amount: int, balance: int, claim: int, due: Money) -> int:
    """How much of each owner's money, as in CAME, leaves with `amount` out of `balance`: PARTS; how much together.

    By largest remainder; a tie goes to other money, then to the earlier owner. `claim`: the sum of what is owned; what
    is more in the balance is other money.
    """
    if amount == balance:
        for k in range(count):
            due[PARTS, k] = due[CAME, k]
        return claim
    given = _shares(count, amount, balance, due)
    others, over = muldiv(balance - claim, amount, balance)
    left = amount - others - given
    if left == 0:
        return given
    due[REST, count] = over
    if left <= _FEW:
        least = _next_largest(due, count + 1, left)
    else:
        for k in range(count + 1):
            due[SCRATCH, k] = due[REST, k]
        least = _nth_largest(due, count + 1, left)
    left -= over >= least
    for k in range(count):  # who has more gets a unit; who has as much, in turn
        more = np.int64(due[REST, k] > least)
        due[PARTS, k] += more
        given += more
        left -= more
    for k in range(count if left else 0):
        if due[REST, k] == least:
            due[PARTS, k] += 1
            given += 1
            left -= 1
            if left == 0:
                break
    return given


@njit(cache=True, nogil=True, **BARE)
def funds(ours: Money, whole: Money, balance: Money, due: Money, parts: Money) -> None:
    """By fund, by owner: the part of its balance, on what was put into it. At most 51 bits."""
    owners = ours.shape[1]
    for fund in range(len(balance)):
        claim, left = 0, max(balance[fund], 0)
        for k in range(owners):
            due[CAME, k] = ours[fund, k]
            claim += ours[fund, k]
        all_ = max(whole[fund], claim)
        if all_:
            apportion(owners, left, all_, claim, due)
        for k in range(owners):
            parts[fund, k] = due[PARTS, k] if all_ else 0
