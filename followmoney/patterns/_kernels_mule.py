"""Compiled sweep for `mule`: per account and currency the windows in which several pay in and it leaves again."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def passed_on(
    in_ptr: NDArray[np.int64],
    in_row: NDArray[np.uint32],
    out_ptr: NDArray[np.int64],
    out_row: NDArray[np.uint32],
    originator: NDArray[np.uint32],
    beneficiary: NDArray[np.uint32],
    outside: NDArray[np.bool_],
    time: NDArray[np.int64],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    party: NDArray[np.int64],
    opened: NDArray[np.int64],
    start: int,
    times: tuple[int, int, int, int],
    least: NDArray[np.int64],
    payers: int,
    shares: tuple[int, int, int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every row the hit it shows by crediting, and by debiting its account; -1 for none.

    `party` numbers who holds an account; `times` are: how long an account is new, how long it is silent before it is
    called dormant, the length of a window, and what follows it. The pointers of a window only ever go on.
    """
    age, silence, span, after = times
    low, of_low, high, of_high = shares
    never, examined = -(2**62), len(least)
    came_hit, gone_hit = np.full(len(time), -1, np.int64), np.full(len(time), -1, np.int64)
    most = 0
    for a in range(len(outside)):
        most = max(most, in_ptr[a + 1] - in_ptr[a] + out_ptr[a + 1] - out_ptr[a])
    moves, moved = np.empty(most, np.int64), np.empty(most, np.int64)
    mine, fresh, young = np.empty(most, np.int64), np.empty(most, np.bool_), np.empty(most, np.bool_)
    paid = np.zeros(party.max() + 1 if len(party) else 0, np.int64)
    hits = 0
    for a in range(len(outside)):
        i, o, size, some = in_ptr[a], out_ptr[a], 0, False
        if outside[a] or in_ptr[a + 1] - i < payers or o == out_ptr[a + 1]:
            continue
        before, woke = start, never
        while i < in_ptr[a + 1] or o < out_ptr[a + 1]:
            comes = o == out_ptr[a + 1] or (i < in_ptr[a + 1] and in_row[i] <= out_row[o])
            r = np.int64(in_row[i] if comes else out_row[o])
            i, o = i + (1 if comes else 0), o + (0 if comes else 1)
            if originator[r] != beneficiary[r]:
                if time[r] - before >= silence:
                    woke = time[r]
                before = time[r]
                moves[size] = r if comes else -r - 1
                young[size] = time[r] - woke < age or (opened[a] > never and time[r] - opened[a] < age)
                some = some or (young[size] and comes)
                size += 1
        for code in range(examined if some else 0):
            count = 0
            for k in range(size):
                r = moves[k] if moves[k] >= 0 else -moves[k] - 1
                if (currency_received[r] if moves[k] >= 0 else currency[r]) == code:
                    mine[count], fresh[count] = moves[k], young[k]
                    moved[count] = received[r] if moves[k] >= 0 else -amount[r]
                    count += 1
            if least[code] < 0 or count <= payers:
                continue
            until, closing, many, came, gone, last = 0, 0, 0, np.int64(0), np.int64(0), 0
            shown_in, shown_out, last_out = 0, 0, -1  # up to here the rows of the last hit are marked
            for s in range(count):
                if moved[s] > 0:
                    opening = time[mine[s]]
                    while until < count and moved[until] > 0 and time[mine[until]] <= opening + span:
                        came, last, who = came + moved[until], until, party[originator[mine[until]]]
                        if not outside[originator[mine[until]]] and who != party[a]:
                            many += 1 if paid[who] == 0 else 0
                            paid[who] += 1
                        until += 1
                        while until < count and moved[until] < 0:
                            until += 1
                    while closing < count:
                        r = mine[closing] if mine[closing] >= 0 else -mine[closing] - 1
                        if time[r] > time[mine[last]] + after:
                            break
                        gone -= min(moved[closing], 0)
                        closing += 1
                    enough = fresh[s] and many >= payers and came >= least[code]
                    if enough and gone * of_low >= came * low and gone * of_high <= came * high:
                        if last_out < s and s >= shown_in:
                            hits += 1
                        for k in range(max(s, shown_in), until):
                            if moved[k] > 0:
                                came_hit[mine[k]] = hits - 1
                        for k in range(max(s, shown_out), closing):
                            if moved[k] < 0:
                                gone_hit[-mine[k] - 1], last_out = hits - 1, k
                        shown_in, shown_out = max(shown_in, until), max(shown_out, closing)
                    came, who = came - moved[s], party[originator[mine[s]]]
                    if not outside[originator[mine[s]]] and who != party[a]:
                        paid[who] -= 1
                        many -= 1 if paid[who] == 0 else 0
                elif closing > s:
                    gone += moved[s]
                closing, until = max(closing, s + 1), max(until, s + 1)
    return came_hit, gone_hit
