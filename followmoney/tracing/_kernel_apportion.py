"""Largest remainder over many owners, compiled: the twin of `rule.in_proportion`, and the funds that purses keep."""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import BARE, EXACT, long_division, muldiv

Money = NDArray[np.int64]

OWNER, LEFT, CAME, PARTS, REST, SCRATCH = range(6)
"""Rows of `due`, the room for the owners of one payment: as many columns as there are claimants, and one more."""


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
    if count == 1:
        due[PARTS, 0] += due[REST, 0] > over
        return due[PARTS, 0]
    for k in range(count):
        due[SCRATCH, k] = due[REST, k]
    due[SCRATCH, count] = over
    least = _nth_largest(due, count + 1, left)  # who has more gets a unit; who has as much, in turn
    for k in range(count):
        left -= due[REST, k] > least
    left -= over >= least
    for k in range(count):
        rest = due[REST, k]
        if rest > least or (rest == least and left > 0):
            left -= rest == least
            due[PARTS, k] += 1
            given += 1
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


@njit(cache=True, nogil=True, **BARE)
def _room(block: Money, purse: int, pool: Money, free: Money) -> None:
    """Make room for one more owner in a purse; the pool has some left."""
    space, old = block[purse, 2], block[purse, 0]
    size = 0
    while (1 << size) < max(1, 2 * space):
        size += 1
    start = free[size]
    if start >= 0:
        free[size] = pool[start, 0]
    else:
        start = pool[0, 0]
        pool[0, 0] = start + (1 << size)
    for k in range(block[purse, 1]):
        pool[start + k, 0], pool[start + k, 1] = pool[old + k, 0], pool[old + k, 1]
    release(block, purse, pool, free)
    block[purse, 0], block[purse, 2] = start, 1 << size


@njit(cache=True, nogil=True, **BARE)
def release(block: Money, purse: int, pool: Money, free: Money) -> None:
    """Give the entries of a purse back, if it has any."""
    if block[purse, 2]:
        size = 0
        while (1 << size) < block[purse, 2]:
            size += 1
        pool[block[purse, 0], 0] = free[size]
        free[size] = block[purse, 0]
        block[purse, 2] = 0


@njit(cache=True, nogil=True, **BARE)
def join(block: Money, purse: int, pool: Money, free: Money, owner: int, amount: int, begin: int) -> int:
    """Add money of an owner to a purse, looking from entry `begin` on; the entry after.

    `block` has a row a purse: start, count and space of its entries in `pool`, which has rows: owner, amount. `free`:
    by the logarithm of the space, the first block not in use, or -1; the pool's first row counts the rows in use.
    """
    at = begin
    start, count = block[purse, 0], block[purse, 1]
    while at < count and pool[start + at, 0] < owner:
        at += 1
    if at < count and pool[start + at, 0] == owner:
        pool[start + at, 1] += amount
        return at + 1
    if count == block[purse, 2]:
        _room(block, purse, pool, free)
        start = block[purse, 0]
    for k in range(count, at, -1):
        pool[start + k, 0], pool[start + k, 1] = pool[start + k - 1, 0], pool[start + k - 1, 1]
    pool[start + at, 0], pool[start + at, 1] = owner, amount
    block[purse, 1] = count + 1
    return at + 1
