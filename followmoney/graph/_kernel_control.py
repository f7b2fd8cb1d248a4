"""Who controls what: more than half held together with everything that is controlled already, or another means."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Small = NDArray[np.int8]

SHARES, VOTES, BOARD, OTHER, THROUGH, LAYERED = 1, 2, 3, 4, 5, 6
_HALF = 0.5 + 1e-9  # shares are decimal fractions in binary floats


@njit(cache=True, nogil=True)
def control(
    ptr: Numbers, owned: Numbers, share: Floats, vote: Floats, means: Small,
    most_ptr: Numbers, mostly: Numbers, least: Floats,
) -> tuple[Numbers, Numbers, Small, Numbers]:  # fmt: skip
    """Every pair of a controller and what it controls: who, what, how, and through which holding (-1: many chains).

    Holdings `ptr[x]:ptr[x + 1]` are those of party x, in order of what is owned; `means` is BOARD or OTHER where a
    right to appoint the board or another means of control is stated. `mostly[most_ptr[x]:most_ptr[x + 1]]` are
    companies that x owns more than half of over all chains. How is LAYERED where what x controls (not x) directly
    holds at least `least` of a company that x does not control. Cost: the holdings of everything each controls.
    """
    size = len(ptr) - 1
    room, used = 1024, 0
    who, what, how, via = (
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int8),
        np.empty(room, np.int64),
    )
    shares, votes, under = np.zeros(size), np.zeros(size), np.zeros((size, 2))
    by, largest = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    held = np.zeros(size, np.int8)
    seen = np.zeros(size, np.bool_)
    queue, touched = np.empty(size, np.int64), np.empty(size, np.int64)
    for x in range(size):
        if ptr[x] == ptr[x + 1]:
            continue
        queue[0], waiting, done, many, seed = x, 1, 0, 0, most_ptr[x]
        while done < waiting or seed < most_ptr[x + 1]:
            if done == waiting:
                c = mostly[seed]
                seed += 1
                if not seen[c]:
                    seen[c] = True
                    touched[many] = c
                    many += 1
                if not held[c] and c != x:
                    held[c] = THROUGH
                    queue[waiting] = c
                    waiting += 1
                continue
            here = queue[done]
            done += 1
            for h in range(ptr[here], ptr[here + 1]):
                c = owned[h]
                if c in (x, here):
                    continue
                if not seen[c]:
                    seen[c] = True
                    touched[many] = c
                    many += 1
                shares[c] += share[h]
                votes[c] += vote[h]
                if here != x:
                    under[c, 0] += share[h]
                    under[c, 1] += vote[h]
                    best = largest[c]
                    if best < 0 or max(share[h], vote[h]) > max(share[best], vote[best]):
                        largest[c] = h
                if held[c]:
                    continue
                if shares[c] > _HALF:
                    held[c] = SHARES
                elif votes[c] > _HALF:
                    held[c] = VOTES
                elif means[h]:
                    held[c] = means[h]
                else:
                    continue
                by[c] = h
                queue[waiting] = c
                waiting += 1
        if used + many > room:
            more = max(room, many)
            room += more
            who, what = np.append(who, np.empty(more, np.int64)), np.append(what, np.empty(more, np.int64))
            how, via = np.append(how, np.empty(more, np.int8)), np.append(via, np.empty(more, np.int64))
        for n in range(many):
            c = touched[n]
            if held[c] or max(under[c, 0], under[c, 1]) >= least[c]:
                who[used], what[used] = x, c
                how[used] = held[c] or LAYERED
                via[used] = by[c] if held[c] else largest[c]
                used += 1
            shares[c] = votes[c] = under[c, 0] = under[c, 1] = 0.0
            by[c] = largest[c] = -1
            held[c] = 0
            seen[c] = False
    return who[:used], what[:used], how[:used], via[:used]
