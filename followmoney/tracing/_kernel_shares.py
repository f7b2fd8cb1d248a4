"""The compiled sweep of rules that need only two figures a purse for one claim: the balance, and the claim in it."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import BARE, muldiv, prefetch
from followmoney.tracing._tape import CLAIM, INTEREST, STOP, UNDO

IN_PROPORTION = 0
OTHER_FIRST = 1
CLAIM_FIRST = 2
ALL_OF_IT = 3
AS_CHOSEN = 4
LARGEST_FIRST = 5

AHEAD = 24  # transactions between asking for a purse and using it

Money = NDArray[np.int64]


class Tracks(NamedTuple):
    """A tape, as its columns."""

    paid: NDArray[np.uint32]
    got: NDArray[np.uint32]
    amount: Money
    received: Money
    mark: NDArray[np.uint8]
    undoes: Money
    outside: NDArray[np.bool_]


class Ways(NamedTuple):
    """How debits take claim money; columns that the way does not need are empty."""

    way: int
    by_purse: NDArray[np.uint8]
    """By purse, instead of `way`."""
    debits: Money
    """AS_CHOSEN: by transaction, claim money that leaves."""
    debts: Money
    """AS_CHOSEN: by transaction, claim money that pays off a debt."""
    later_at: Money
    """LARGEST_FIRST: positions of transactions whose payer goes on to pay at that instant, in order."""
    later: Money
    """All that it goes on to pay."""
    larger: Money
    """What it goes on to pay in larger amounts than this one."""


class Written(NamedTuple):
    """The columns of an outcome, to be filled in."""

    moved: Money
    arrived: Money
    carried: Money
    discharged: Money
    unwound: NDArray[np.bool_]
    accrued: Money


@njit(cache=True, nogil=True, inline="always")
def _part(way: int, claim: int, amount: int, balance: int, chosen: int, later: int, larger: int) -> int:
    """Claim part of `amount` out of `balance`; amount ≤ balance."""
    if amount == balance:
        return claim
    must = amount - (balance - claim)
    if way == OTHER_FIRST:
        return max(0, must)
    if way in (CLAIM_FIRST, ALL_OF_IT):
        return min(claim, amount)
    if way == AS_CHOSEN:
        return min(amount, claim, max(chosen, must))
    if way == LARGEST_FIRST:
        change = balance - amount - later
        before = larger + change if change > amount else larger
        return max(must, min(amount, max(0, claim - before)))
    share, rest = muldiv(claim, amount, balance)
    return share + (rest > balance - rest)  # a tie goes to other money


@njit(cache=True, nogil=True, **BARE)
def _give_back(purse: int, claim: int, amount: int, state: Money) -> bool:
    """Take exactly this money from a purse, if it is there."""
    held = state[purse, 1]
    if held < claim or state[purse, 0] - held < amount - claim:
        return False
    state[purse, 0] -= amount
    state[purse, 1] -= claim
    return True


@njit(cache=True, nogil=True, **BARE)
def plain(
    paid: NDArray[np.uint32], got: NDArray[np.uint32], amounts: Money, received: Money, marks: NDArray[np.uint8],
    state: Money, begin: int, special: int, mixes: bool,
) -> int:  # fmt: skip
    """Balances only, from `begin` to the next transaction that can move claim money; its position, or the end.

    That is one whose payer holds some, or with a mark of `special`; where money `mixes`, also whose payee holds some.
    """
    size = len(paid)
    for i in range(begin, size):
        if i + AHEAD < size:
            prefetch(state, np.int64(paid[i + AHEAD]))
            prefetch(state, np.int64(got[i + AHEAD]))
        payer, payee, amount = paid[i], got[i], amounts[i]
        balance, held = state[payer, 0], state[payer, 1]
        if held | (marks[i] & special) or (mixes and state[payee, 1]):
            return i
        left = balance - amount
        state[payer, 0] = left & ~((left >> 63) & ~(balance >> 63))  # 0 where it falls below, not where it was
        state[payee, 0] += received[i]
    return size


@njit(cache=True, nogil=True, **BARE)
def sweep(tracks: Tracks, ways: Ways, state: Money, written: Written) -> bool:
    """Fill in an outcome; `state` has a row a purse: balance, claim. Exact; one pass.

    False: interest was paid out of claim money and other money mixed, and how that is divided depends on its order.
    """
    paid, got, amounts, received, marks = tracks.paid, tracks.got, tracks.amount, tracks.received, tracks.mark
    size, claims, returns, cursor = len(paid), 0, 0, 0
    mixes, special = ways.way == ALL_OF_IT, CLAIM | UNDO | INTEREST
    ordered = len(ways.by_purse) > 0 or (ways.way != IN_PROPORTION and not mixes)
    each, chosen, tied = len(ways.by_purse) > 0, len(ways.debits) > 0, len(ways.later_at)
    i = -1
    while True:
        i = plain(paid, got, amounts, received, marks, state, i + 1, special, mixes)
        if i == size:
            return True
        payer, payee, amount, credit, mark = paid[i], got[i], amounts[i], received[i], marks[i]
        balance, held = state[payer, 0], state[payer, 1]
        back, part = False, 0
        if mark & UNDO:
            first = tracks.undoes[returns]
            part = written.arrived[first]
            back = tracks.outside[payer] or _give_back(payer, 0 if marks[first] & STOP else part, amount, state)
            written.unwound[returns] = back
            returns += 1
        if not back:
            part = 0
            if held > 0:
                if amount >= balance:
                    part = held
                else:
                    later = larger = 0
                    if tied:
                        while cursor < tied and ways.later_at[cursor] < i:
                            cursor += 1
                        if cursor < tied and ways.later_at[cursor] == i:
                            later, larger = ways.later[cursor], ways.larger[cursor]
                    way = ways.by_purse[payer] if each else ways.way
                    part = _part(way, held, amount, balance, ways.debits[i] if chosen else 0, later, larger)
                state[payer, 1] = held - part
            state[payer, 0] = balance - amount if amount < balance or balance < 0 else 0
        here = part if credit == amount else muldiv(part, credit, amount)[0]
        if mark & CLAIM:
            written.carried[claims, 0], written.carried[claims, 1] = part, here
            claims += 1
            part, here = amount, credit
        elif mark & INTEREST and not back and state[payee, 1] > 0:
            if ordered and 0 < here < credit:
                return False
            gain, rest = muldiv(state[payee, 1], credit - here, state[payee, 0])
            gain += rest > state[payee, 0] - rest
            written.accrued[i] = gain
            here += gain
        if part or here:  # where nothing moves, the page of the column need not be there
            written.moved[i], written.arrived[i] = part, here
        if mark & STOP:
            here = 0
        if here > 0 and state[payee, 0] < 0:
            way = ways.by_purse[payee] if each else ways.way
            spent = _part(way, here, min(-state[payee, 0], credit), credit, ways.debts[i] if chosen else 0, 0, 0)
            written.discharged[i] = spent
            here -= spent
        state[payee, 0] += credit
        state[payee, 1] += here
        if mixes and state[payee, 1] > 0:
            state[payee, 1] = state[payee, 0]
