"""Chains of lots in one pool, for compiled sweeps: a row is (money, next); claim money is negative.

`heap` is [first free row or -1, rows ever used]. Neighbours of one kind are always one lot. A chain is (head, tail).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import muldiv

Pool = NDArray[np.int64]
Chain = tuple[int, int]


@njit(cache=True, nogil=True)
def _floor(part: int, times: int, whole: int) -> int:
    return muldiv(part, times, whole)[0]


@njit(cache=True, nogil=True)
def room(pool: Pool, heap: Pool, rows: int) -> Pool:
    """The pool with room for that many more rows."""
    if heap[1] + rows <= len(pool):
        return pool
    larger = np.empty((2 * len(pool) + rows, 2), np.int64)
    larger[: len(pool)] = pool
    return larger


@njit(cache=True, nogil=True)
def release(pool: Pool, heap: Pool, lot: int) -> int:
    """Give one row back; returns the lot after it."""
    after = pool[lot, 1]
    pool[lot, 1] = heap[0]
    heap[0] = lot
    return after


@njit(cache=True, nogil=True)
def drop(pool: Pool, heap: Pool, head: int) -> None:
    """Give a chain back."""
    while head >= 0:
        head = release(pool, heap, head)


@njit(cache=True, nogil=True)
def push(pool: Pool, heap: Pool, head: int, tail: int, money: int) -> Chain:
    """Append money to a chain."""
    if tail >= 0 and (pool[tail, 0] > 0) == (money > 0):
        pool[tail, 0] += money
        return head, tail
    lot = heap[0]
    if lot >= 0:
        heap[0] = pool[lot, 1]
    else:
        lot = heap[1]
        heap[1] += 1
    pool[lot, 0], pool[lot, 1] = money, -1
    if tail >= 0:
        pool[tail, 1] = lot
        return head, lot
    return lot, lot


@njit(cache=True, nogil=True)
def join(pool: Pool, heap: Pool, older: Chain, newer: Chain) -> Chain:
    """One chain out of two."""
    if older[0] < 0:
        return newer
    if newer[0] < 0:
        return older
    last, first = older[1], newer[0]
    if (pool[last, 0] > 0) != (pool[first, 0] > 0):
        pool[last, 1] = first
        return older[0], newer[1]
    pool[last, 0] += pool[first, 0]
    after = release(pool, heap, first)
    pool[last, 1] = after
    return older[0], newer[1] if after >= 0 else last


@njit(cache=True, nogil=True)
def take(pool: Pool, heap: Pool, head: int, amount: int) -> tuple[Chain, int, int, int]:
    """The oldest `amount` of a chain: those lots, the claim money in them, what was missing; where the rest starts."""
    first = last = -1
    part = 0
    while amount > 0 and head >= 0:
        money = pool[head, 0]
        size = abs(money)
        gone = min(size, amount)
        amount -= gone
        if money < 0:
            part += gone
        if gone == size:
            head = release(pool, heap, head)
        else:
            pool[head, 0] = money + gone if money < 0 else money - gone
        first, last = push(pool, heap, first, last, -gone if money < 0 else gone)
    return (first, last), part, amount, head


@njit(cache=True, nogil=True)
def scale(pool: Pool, heap: Pool, head: int, shares: tuple[int, int, int, int]) -> Chain:
    """The chain at an executed rate; `shares` are claim and other money before, claim and other money after."""
    first = last = -1
    seen_claim = seen_other = done_claim = done_other = 0
    while head >= 0:
        money = pool[head, 0]
        head = release(pool, heap, head)
        if money < 0:
            seen_claim -= money
            upto = _floor(seen_claim, shares[2], shares[0])
            if upto > done_claim:
                first, last = push(pool, heap, first, last, done_claim - upto)
            done_claim = upto
        else:
            seen_other += money
            upto = _floor(seen_other, shares[3], shares[1])
            if upto > done_other:
                first, last = push(pool, heap, first, last, upto - done_other)
            done_other = upto
    return first, last


@njit(cache=True, nogil=True)
def without_newest(pool: Pool, heap: Pool, head: int, claim: int, other: int) -> Chain:
    """What stays of a chain that may keep this much claim money and this much other money: the oldest."""
    first = last = -1
    while head >= 0:
        money = pool[head, 0]
        head = release(pool, heap, head)
        if money < 0:
            part = min(-money, claim)
            claim -= part
            if part:
                first, last = push(pool, heap, first, last, -part)
        else:
            part = min(money, other)
            other -= part
            if part:
                first, last = push(pool, heap, first, last, part)
    return first, last


@njit(cache=True, nogil=True)
def length(pool: Pool, head: int) -> int:
    """Number of lots in a chain."""
    lots = 0
    while head >= 0:
        lots += 1
        head = pool[head, 1]
    return lots


@njit(cache=True, nogil=True)
def copy(pool: Pool, heap: Pool, head: int) -> Chain:
    """A second chain with the same money."""
    first = last = -1
    while head >= 0:
        first, last = push(pool, heap, first, last, pool[head, 0])
        head = pool[head, 1]
    return first, last
