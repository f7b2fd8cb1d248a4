"""The compiled sweep of first in, first out: lots are kept only where claim money is."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import muldiv, prefetch
from followmoney.tracing._kernel_lots import (
    Chain,
    Pool,
    copy,
    drop,
    join,
    length,
    push,
    room,
    scale,
    take,
    without_newest,
)
from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE

_AHEAD = 24  # transactions between asking for a purse and using it
_STEP = 8  # rows of the pool one step may need, beside copies

# State, a row a purse: balance, claim, first and last lot (-1: no claim money, so no lots).
# Counters: claim transactions, returns and returned transactions met so far.


@njit(cache=True, nogil=True)
def _pay(purse: int, amount: int, state: Pool, pool: Pool, heap: Pool) -> tuple[Chain, int]:
    """Debit a purse that may hold claim money: the lots that leave, and the claim money in them."""
    balance = state[purse, 0]
    state[purse, 0] = balance - amount if amount < balance or balance < 0 else 0
    lots, part, beyond, rest = take(pool, heap, state[purse, 2], amount)
    if beyond > 0:
        lots = push(pool, heap, lots[0], lots[1], beyond)
    state[purse, 1] -= part
    _hold(purse, rest, state[purse, 3], state, pool, heap)
    return lots, part


@njit(cache=True, nogil=True)
def _hold(purse: int, head: int, tail: int, state: Pool, pool: Pool, heap: Pool) -> None:
    """Keep these lots, if there is claim money among them."""
    if state[purse, 1] == 0:
        drop(pool, heap, head)
        head = -1
    state[purse, 2] = head
    state[purse, 3] = tail if head >= 0 else -1


@njit(cache=True, nogil=True)
def _give_back(purse: int, claim: int, amount: int, state: Pool, pool: Pool, heap: Pool) -> bool:
    """Take exactly this money from a purse, newest first, if it is there."""
    held, other = state[purse, 1] - claim, state[purse, 0] - state[purse, 1] - (amount - claim)
    if held < 0 or other < 0:
        return False
    state[purse, 0] -= amount
    state[purse, 1] = held
    head, tail = without_newest(pool, heap, state[purse, 2], held, other)
    _hold(purse, head, tail, state, pool, heap)
    return True


@njit(cache=True, nogil=True)
def _accept(purse: int, lots: Chain, amount: int, claim: int, oldest: bool, state: Pool, pool: Pool, heap: Pool) -> int:
    """Credit a purse; returns the claim money that went into its debt."""
    spent, balance = 0, state[purse, 0]
    state[purse, 0] += amount
    if balance < 0:
        paid, spent, _, rest = take(pool, heap, lots[0], min(-balance, amount))
        drop(pool, heap, paid[0])
        lots = (rest, lots[1] if rest >= 0 else -1)
        claim -= spent
    if state[purse, 1] == 0 and claim == 0:
        drop(pool, heap, lots[0])
        return spent
    held = (state[purse, 2], state[purse, 3])
    if state[purse, 1] == 0 and balance > 0:
        held = push(pool, heap, -1, -1, balance)
    state[purse, 1] += claim
    state[purse, 2], state[purse, 3] = join(pool, heap, lots, held) if oldest else join(pool, heap, held, lots)
    return spent


@njit(cache=True, nogil=True)
def _convert(lots: Chain, part: int, amount: int, credit: int, pool: Pool, heap: Pool) -> tuple[Chain, int]:
    """The lots as they arrive, and the claim money in them."""
    here = muldiv(part, credit, amount)[0]
    return scale(pool, heap, lots[0], (part, amount - part, here, credit - here)), here


@njit(cache=True, nogil=True)
def _carry(payer: int, payee: int, amount: int, state: Pool, pool: Pool, heap: Pool) -> int:
    """An ordinary transaction between purses of which one holds claim money: the claim money that moves."""
    lots, part = _pay(payer, amount, state, pool, heap)
    _accept(payee, lots, amount, part, False, state, pool, heap)
    return part


@njit(cache=True, nogil=True)
def _step(
    i: int,
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: Pool,
    received: Pool,
    marks: NDArray[np.uint8],
    undoes: Pool,
    slots: Pool,
    kept: Pool,
    outside: NDArray[np.bool_],
    state: Pool,
    moved: Pool,
    arrived: Pool,
    carried: Pool,
    discharged: Pool,
    unwound: NDArray[np.bool_],
    counters: Pool,
    pool: Pool,
    heap: Pool,
) -> Pool:
    """One transaction that may carry claim money; returns the pool, which may have grown."""
    payer, payee, amount, credit, mark = paid[i], got[i], amounts[i], received[i], marks[i]
    back, part, lots = False, 0, (-1, -1)
    if mark & UNDO:
        at = counters[1]
        counters[1] += 1
        first = undoes[at]
        part = arrived[first]
        brought = 0 if marks[first] & STOP else part
        back = outside[payer] or _give_back(payer, brought, amount, state, pool, heap)
        unwound[at] = back
        lots = (kept[slots[at], 0], kept[slots[at], 1])
        if not back:
            drop(pool, heap, lots[0])
    if not back:
        lots, part = _pay(payer, amount, state, pool, heap)
    here = part
    if credit != amount:
        lots, here = _convert(lots, part, amount, credit, pool, heap)
    if mark & CLAIM:
        carried[counters[0], 0], carried[counters[0], 1] = part, here
        counters[0] += 1
        part, here = amount, credit
        drop(pool, heap, lots[0])
        lots = push(pool, heap, -1, -1, -credit)
    moved[i], arrived[i] = part, here
    if mark & UNDONE:
        pool = room(pool, heap, length(pool, lots[0]) + _STEP)
        kept[counters[2], 0], kept[counters[2], 1] = copy(pool, heap, lots[0])
        counters[2] += 1
    if mark & STOP:
        here = 0
        drop(pool, heap, lots[0])
        lots = push(pool, heap, -1, -1, credit)
    spent = _accept(payee, lots, credit, here, back, state, pool, heap)
    if spent:
        discharged[i] = spent
    return pool


@njit(cache=True, nogil=True)
def _without_claims(
    i: int,
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: Pool,
    received: Pool,
    marks: NDArray[np.uint8],
    state: Pool,
) -> int:
    """Transactions from `i` on that touch no claim money: two additions each. Returns where the first other one is."""
    size = len(paid)
    while i < size:
        if i + _AHEAD < size:
            prefetch(state, np.int64(paid[i + _AHEAD]))
            prefetch(state, np.int64(got[i + _AHEAD]))
        payer, payee = paid[i], got[i]
        if state[payer, 1] != 0 or state[payee, 1] != 0 or marks[i] != 0:
            return i
        amount, balance = amounts[i], state[payer, 0]
        state[payer, 0] = balance - amount if amount < balance or balance < 0 else 0
        state[payee, 0] += received[i]
        i += 1
    return size


@njit(cache=True, nogil=True)
def sweep(
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: Pool,
    received: Pool,
    marks: NDArray[np.uint8],
    undoes: Pool,
    slots: Pool,
    outside: NDArray[np.bool_],
    state: Pool,
    moved: Pool,
    arrived: Pool,
    carried: Pool,
    discharged: Pool,
    unwound: NDArray[np.bool_],
) -> None:
    """Fill in an outcome. Exact; one pass."""
    size = len(paid)
    pool, heap = np.empty((1024, 2), np.int64), np.array([-1, 0])
    counters, kept = np.zeros(3, np.int64), np.full((len(undoes), 2), -1, np.int64)
    i = 0
    while True:
        i = _without_claims(i, paid, got, amounts, received, marks, state)
        if i == size:
            return
        if heap[1] + _STEP > len(pool):
            pool = room(pool, heap, _STEP)
        if marks[i] == 0 and amounts[i] == received[i] and state[got[i], 0] >= 0:
            part = _carry(paid[i], got[i], amounts[i], state, pool, heap)
            if part:
                moved[i] = arrived[i] = part
        else:
            pool = _step(i, paid, got, amounts, received, marks, undoes, slots, kept, outside, state, moved, arrived,
                         carried, discharged, unwound, counters, pool, heap)  # fmt: skip
        i += 1
