"""One pass over the tape: the part of the time-expanded network that claim money can reach."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.tracing._cone import COUNTED, DEBT, GAINED, HELD, SOURCE, STOPPED
from followmoney.tracing._tape import CLAIM, INTEREST, STOP, UNDO, UNDONE

ORDINARY, CERTAIN, POSSIBLE = 0, 1, 2
"""What becomes of a returned payment: it mixes and is drawn on like any other; its money certainly comes back as it
went; it went into an asset and may come back from there."""

_OPEN, _DRAWN, _LOWERED, _REFILLED = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def fates(
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: NDArray[np.int64],
    credited: NDArray[np.int64],
    marks: NDArray[np.uint8],
    rank: NDArray[np.int64],
    returned: NDArray[np.int64],
    outside: NDArray[np.bool_],
    balance: NDArray[np.int64],
    fate: NDArray[np.uint8],
) -> None:
    """Fill in what becomes of every returned payment. `returned` is sorted; `rank[k]` is the k-th return's place in it.

    Where the account that was paid made no payment in between and was not in debt, the money is there under any rule.
    """
    drawn = np.full(len(balance), -1, np.int64)
    whole = np.zeros(len(returned), np.bool_)
    returns = 0
    for i in range(len(paid)):
        payer, payee, amount, mark = paid[i], got[i], amounts[i], marks[i]
        certain = False
        if mark & UNDO:
            slot = rank[returns]
            first = returned[slot]
            returns += 1
            certain = outside[payer] or (whole[slot] and drawn[payer] <= first)
            if certain:
                fate[slot] = CERTAIN
            elif marks[first] & STOP:
                fate[slot] = POSSIBLE
        if not certain:
            drawn[payer] = i
        if balance[payer] < 0 or amount < balance[payer]:
            balance[payer] -= amount
        else:
            balance[payer] = 0
        if mark & UNDONE:
            whole[np.searchsorted(returned, i)] = balance[payee] >= 0
        balance[payee] += credited[i]


@njit(cache=True, nogil=True)
def cone(
    paid: NDArray[np.uint32],
    got: NDArray[np.uint32],
    amounts: NDArray[np.int64],
    credited: NDArray[np.int64],
    marks: NDArray[np.uint8],
    rank: NDArray[np.int64],
    returned: NDArray[np.int64],
    fate: NDArray[np.uint8],
    outside: NDArray[np.bool_],
    currency: NDArray[np.uint8],
    earning: bool,
    shared: bool,
    balance: NDArray[np.int64],
    fill: bool,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    cap: NDArray[np.int64],
    row: NDArray[np.int32],
    purse: NDArray[np.uint32],
    exchange: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Count (or, with `fill`, write) the arcs, vertices and conversions of the cone.

    A vertex is what a purse holds while credits come in and then debits go out; at the next credit of claim money a new
    one begins. Arcs are in an order in which everything that enters a vertex comes before what leaves it. `row` is the
    transaction (-1: money that stays), `purse` the purse a vertex belongs to, `exchange` has for every conversion its
    vertex, its transaction and the most that can be converted.

    With `earning`, interest can be claim money up to the largest share of claim money that there can have been in the
    purse so far. It is divided lot by lot, and each rounding can add a unit; between units of claim money there are at
    most as many lots as units, and one. With other claimants' money between (`shared`) it can be all of the interest.
    """
    size = len(balance)
    share = np.zeros(size if earning else 0)
    most = np.zeros(size, np.int64)  # no more claim money than this can be in the purse
    at = np.full(size, -1, np.int32)
    state = np.zeros(size, np.uint8)
    aside = np.full(len(returned), -1, np.int32)  # vertex of a payment that will be returned
    aside_most = np.zeros(len(returned), np.int64)
    arcs, vertices, exchanges, returns = 0, 0, 0, 0
    for i in range(len(paid)):
        payer, payee, amount, credit, mark = paid[i], got[i], amounts[i], credited[i], marks[i]
        if mark == 0 and most[payer] == 0 and balance[payer] >= 0 and balance[payee] >= 0:  # nearly always
            if not outside[payer]:
                balance[payer] = balance[payer] - amount if amount < balance[payer] else 0
            balance[payee] += credit
            if state[payee] == _LOWERED:
                state[payee] = _REFILLED
            continue
        first_tail, first_most, second_tail, second_most = -1, 0, -1, 0
        certain = False
        if mark & UNDO:
            slot = rank[returns]
            returns += 1
            if fate[slot] != ORDINARY:
                first_tail, first_most = aside[slot], aside_most[slot]
            certain = fate[slot] == CERTAIN
        if not certain and not outside[payer]:  # what an ordinary debit can draw
            held = balance[payer]
            if most[payer] > 0:
                if state[payer] == _REFILLED:
                    if fill:
                        tail[arcs], head[arcs], cap[arcs], row[arcs] = at[payer], vertices, most[payer], -1
                        purse[vertices] = payer
                    arcs += 1
                    at[payer] = vertices
                    vertices += 1
                    state[payer] = _OPEN
                drawn = min(amount, most[payer])
                if first_most > 0:
                    second_tail, second_most = at[payer], drawn
                else:
                    first_tail, first_most = at[payer], drawn
                left = held - amount if amount < held else 0
                if left < most[payer]:
                    most[payer] = left
                    state[payer] = _LOWERED
                elif state[payer] == _OPEN:
                    state[payer] = _DRAWN
                if left == 0:
                    at[payer] = -1
                    state[payer] = _OPEN
                elif earning:
                    share[payer] = max(share[payer], most[payer] / left)
            balance[payer] = held - amount if held < 0 or amount < held else 0
        limit = min(amount, first_most + second_most)
        if mark & CLAIM:
            for turn in range(2):
                source, part = (first_tail, first_most) if turn == 0 else (second_tail, second_most)
                if part > 0:
                    if fill:
                        tail[arcs], head[arcs], cap[arcs], row[arcs] = source, COUNTED, part, i
                    arcs += 1
            first_tail, limit = SOURCE, credit
        elif limit > 0 and (second_most > 0 or credit != amount or currency[payer] != currency[payee]):
            if fill:
                tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, vertices, first_most, i
                purse[vertices] = payee
            arcs += 1
            if second_most > 0:
                if fill:
                    tail[arcs], head[arcs], cap[arcs], row[arcs] = second_tail, vertices, second_most, i
                arcs += 1
            first_tail = vertices
            vertices += 1
            if credit != amount or currency[payer] != currency[payee]:
                if fill:
                    exchange[exchanges, 0], exchange[exchanges, 1], exchange[exchanges, 2] = first_tail, i, limit
                exchanges += 1
                if limit == amount:
                    limit = credit
                else:  # at most one unit too many; put right where the network is made
                    guess = np.float64(limit) * (np.float64(credit) / np.float64(amount))
                    limit = min(credit, np.int64(guess) + np.int64(guess * 1e-14) + 1)
        if earning and mark & INTEREST and share[payee] > 0 and not mark & CLAIM and not certain:
            gain = credit
            if outside[payer] or not shared:
                gain = min(credit, np.int64(credit * share[payee] * (1 + 1e-14)) + 1 + limit)
            if fill:
                tail[arcs], head[arcs], cap[arcs], row[arcs] = GAINED, vertices, gain, i
                purse[vertices] = payee
            arcs += 1
            if limit > 0:
                if fill:
                    tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, vertices, limit, i
                arcs += 1
            first_tail = vertices
            vertices += 1
            limit = min(credit, limit + gain)
        becomes = ORDINARY
        slot = 0
        if mark & UNDONE:
            slot = np.searchsorted(returned, i)
            becomes = fate[slot]
        if becomes != ORDINARY:
            if limit > 0:
                if fill:
                    tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, vertices, limit, i
                    purse[vertices] = payee
                arcs += 1
                aside[slot] = vertices
                aside_most[slot] = limit
                vertices += 1
                if becomes == POSSIBLE:
                    if fill:
                        tail[arcs], head[arcs], cap[arcs], row[arcs] = aside[slot], STOPPED, limit, i
                    arcs += 1
                if earning:  # meanwhile it earns interest with the rest
                    share[payee] = max(share[payee], limit / credit)
            if becomes == CERTAIN:  # for the payee it is as if nothing had come
                continue
            limit = 0
        if mark & STOP:
            if limit > 0:
                if fill:
                    tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, STOPPED, limit, i
                arcs += 1
            limit = 0
        if limit > 0 and balance[payee] < 0:
            owed = min(-balance[payee], credit)
            if owed < credit:
                if fill:
                    tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, vertices, limit, i
                    purse[vertices] = payee
                arcs += 1
                first_tail = vertices
                vertices += 1
            if fill:
                tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, DEBT, min(owed, limit), i
            arcs += 1
            limit = min(limit, credit - owed)
        if limit > 0:
            if at[payee] < 0 or state[payee] != _OPEN:
                if fill:
                    purse[vertices] = payee
                if at[payee] >= 0:
                    if fill:
                        tail[arcs], head[arcs], cap[arcs], row[arcs] = at[payee], vertices, most[payee], -1
                    arcs += 1
                at[payee] = vertices
                vertices += 1
                state[payee] = _OPEN
            if fill:
                tail[arcs], head[arcs], cap[arcs], row[arcs] = first_tail, at[payee], limit, i
            arcs += 1
            most[payee] += limit
        elif state[payee] == _LOWERED:
            state[payee] = _REFILLED
        balance[payee] += credit
        if earning and most[payee] > 0:
            share[payee] = max(share[payee], most[payee] / balance[payee])
    for p in range(size):
        if most[p] > 0:
            if fill:
                tail[arcs], head[arcs], cap[arcs], row[arcs] = at[p], HELD, most[p], -1
            arcs += 1
    return arcs, vertices, exchanges
