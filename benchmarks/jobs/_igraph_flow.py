"""The peer for bounds: the whole ledger as a time-expanded network, and igraph's maximum flow over it.

Two vertices a transaction (the payer's account and the payee's at that moment), money that stays goes on to the same
account's next movement, at most its balance. Nothing is cut away that the claim cannot reach. Money is converted at par
and returned payments are ordinary ones, so figures agree with ours only where there are neither.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_CLAIM, _STOP = 1, 2


@njit(cache=True)
def arcs(tape: Any, room: Any) -> tuple[int, int]:
    """Fill in tail, head and capacity: how many arcs there are, and the vertex of the first purse."""
    paid, got, amount, received, mark, opening, outside = tape
    tail, head, cap = room
    size, purses = len(paid), len(opening)
    first = 2 * size
    exits, source = first + purses, first + purses + 1
    balance, last = opening.copy(), np.full(purses, -1, np.int64)
    n = 0
    for i in range(size):
        for side in range(2):
            purse = paid[i] if side == 0 else got[i]
            if outside[purse]:
                continue
            vertex, held = 2 * i + side, balance[purse]
            if last[purse] >= 0 and held > 0:
                tail[n], head[n], cap[n] = last[purse], vertex, held
                n += 1
            last[purse] = vertex
            if side == 0:
                balance[purse] = held - amount[i] if held < 0 else max(0, held - amount[i])
                continue
            balance[purse] = held + received[i]
            if held < 0:
                tail[n], head[n], cap[n] = vertex, exits, min(-held, received[i])
                n += 1
        claimed, stops = mark[i] & _CLAIM > 0, mark[i] & _STOP > 0
        tail[n] = source if claimed else 2 * i
        head[n] = exits if stops else 2 * i + 1
        cap[n] = received[i] if claimed else min(amount[i], received[i])
        n += 1
    for purse in range(purses):
        if last[purse] >= 0 and balance[purse] > 0:
            tail[n], head[n], cap[n] = last[purse], first + purse, balance[purse]
            n += 1
    return n, first


def bounds(tape: Any, wanted: Any) -> tuple[int, int]:
    """The least and the most in these purses (by number): two flows over one network."""
    from followmoney.graph.adapter import maximum_flow

    size, purses = len(tape), len(tape.opening)
    room = tuple(np.empty(5 * size + purses, np.int64) for _ in range(3))
    columns = tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.opening, tape.outside
    count, first = arcs(columns, room)
    tail, head, cap = (column[:count] for column in room)
    source = first + purses + 1
    claimed = int(tape.received[tape.claims].sum())
    inside = np.zeros(purses + 1, np.bool_)
    inside[wanted] = True
    found: list[int] = []
    for ends in (~inside, inside):
        places = first + np.flatnonzero(ends)
        most, _, _ = maximum_flow(
            source + 2, np.append(tail, places), np.append(head, np.full(len(places), source + 1)),
            np.append(np.minimum(cap, claimed), np.full(len(places), claimed)), source, source + 1,
        )  # fmt: skip
        found.append(most)
    return claimed - found[0], found[1]
