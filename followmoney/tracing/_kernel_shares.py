"""The compiled sweep of rules that need only two figures a purse: the balance, and the claim in it."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import muldiv, prefetch
from followmoney.tracing._tape import CLAIM, STOP, UNDO

IN_PROPORTION = 0
OTHER_FIRST = 1
CLAIM_FIRST = 2

_AHEAD = 24  # transactions between asking for a purse and using it


@njit(cache=True, nogil=True, inline="always")
def _part(way: int, claim: int, amount: int, balance: int) -> int:
    """Claim part of `amount` out of `balance`; amount ≤ balance."""
    if amount == balance:
        return claim
    if way == OTHER_FIRST:
        beyond = amount - (balance - claim)
        return max(0, beyond)
    if way == CLAIM_FIRST:
        return min(claim, amount)
    share, rest = muldiv(claim, amount, balance)
    return share + (rest > balance - rest)  # a tie goes to other money


@njit(cache=True, nogil=True)
def _give_back(purse: int, claim: int, amount: int, state: NDArray[np.int64]) -> bool:
    """Take exactly this money from a purse, if it is there."""
    held = state[purse, 1]
    if held < claim or state[purse, 0] - held < amount - claim:
        return False
    state[purse, 0] -= amount
    state[purse, 1] -= claim
    return True


@njit(cache=True, nogil=True, inline="always")
def _pay(way: int, purse: int, amount: int, state: NDArray[np.int64]) -> int:
    """Debit a purse: the claim part of what leaves."""
    balance, held = state[purse, 0], state[purse, 1]
    part = 0
    if held > 0:
        part = _part(way, held, amount, balance) if amount < balance else held
        state[purse, 1] = held - part
    state[purse, 0] = balance - amount if amount < balance or balance < 0 else 0
    return part


@njit(cache=True, nogil=True)
def _pay_debt(way: int, purse: int, credit: int, claim: int, state: NDArray[np.int64]) -> int:
    """Credit a purse in debt: the claim money that went into the debt."""
    spent = _part(way, claim, min(-state[purse, 0], credit), credit)
    state[purse, 0] += credit
    state[purse, 1] += claim - spent
    return spent


@njit(cache=True, nogil=True)
def sweep(
    way: int,
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: NDArray[np.int64],
    received: NDArray[np.int64],
    marks: NDArray[np.uint8],
    undoes: NDArray[np.int64],
    outside: NDArray[np.bool_],
    state: NDArray[np.int64],
    moved: NDArray[np.int64],
    arrived: NDArray[np.int64],
    carried: NDArray[np.int64],
    discharged: NDArray[np.int64],
    unwound: NDArray[np.bool_],
) -> None:
    """Fill in an outcome; `state` has a row a purse: balance, claim. Exact; one pass."""
    size, claims, returns = len(paid), 0, 0
    for i in range(size):
        if i + _AHEAD < size:
            prefetch(state, np.int64(paid[i + _AHEAD]))
            prefetch(state, np.int64(got[i + _AHEAD]))
        payer, payee, amount, credit, mark = paid[i], got[i], amounts[i], received[i], marks[i]
        back, part = False, 0
        if mark & UNDO:
            first = undoes[returns]
            part = arrived[first]
            back = outside[payer] or _give_back(payer, 0 if marks[first] & STOP else part, amount, state)
            unwound[returns] = back
            returns += 1
        if not back:
            part = _pay(way, payer, amount, state)
        if part == 0 and mark & CLAIM == 0:
            state[payee, 0] += credit
            continue
        here = part if credit == amount else muldiv(part, credit, amount)[0]
        if mark & CLAIM:
            carried[claims, 0], carried[claims, 1] = part, here
            claims += 1
            part, here = amount, credit
        moved[i], arrived[i] = part, here
        if mark & STOP:
            here = 0
        if here > 0 and state[payee, 0] < 0:
            discharged[i] = _pay_debt(way, payee, credit, here, state)
        else:
            state[payee, 0] += credit
            state[payee, 1] += here
