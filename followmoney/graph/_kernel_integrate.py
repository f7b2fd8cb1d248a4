"""Shares multiplied along chains and added over chains, owners before what they own."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Small = NDArray[np.int32]

_EXPLODES = 1e9  # as in `_loops`


@njit(cache=True, nogil=True)
def integrate(
    begin: int, used: int, limit: int, ways: bool,
    ptr: Numbers, owner: Numbers, least: Floats, most: Floats, middle: Floats,
    order: Numbers, part: Numbers, first: Numbers, count: Numbers, endless: NDArray[np.bool_], slot: Small,
    who: Small, low: Floats, high: Floats, product: Floats, steps: Small, via: Small,
) -> tuple[int, int, Small, Floats, Floats, Floats, Small, Small]:  # fmt: skip
    """Go on from part `begin` to the next loop of several companies (or the end); returns where, and the entries.

    The entries of party c are `who[first[c]:first[c] + count[c]]`, in order of number: who is above it with nobody
    above himself, and his share of c, at least and at most. With `ways`, also the strongest chain to c: the product of
    its shares (`middle`), its steps, and its last holding `via`; of equal ones the shorter, then the first by number.
    A part is -1 where more than `limit` entries would be needed.
    """
    for at in range(begin, len(part) - 1):
        if part[at + 1] - part[at] > 1:
            return at, used, who, low, high, product, steps, via
        company = order[part[at]]
        needed = 0
        for h in range(ptr[company], ptr[company + 1]):
            needed += max(1, count[owner[h]])
        if used + needed > len(who):
            if used + needed > limit:
                return -1, used, who, low, high, product, steps, via
            more = min(limit, max(2 * len(who), used + needed)) - len(who)
            who = np.append(who, np.empty(more, np.int32))
            low, high = np.append(low, np.empty(more)), np.append(high, np.empty(more))
            if ways:
                product = np.append(product, np.empty(more))
                steps, via = np.append(steps, np.empty(more, np.int32)), np.append(via, np.empty(more, np.int32))
        start, end = used, used
        itself_low, itself_high = 0.0, 0.0
        for h in range(ptr[company], ptr[company + 1]):
            above = owner[h]
            if above == company:
                itself_low, itself_high = least[h], most[h]
                continue
            alone = ptr[above] == ptr[above + 1]
            for e in range(first[above], first[above] + (1 if alone else count[above])):
                person = above if alone else who[e]
                by_low, by_high = (least[h], most[h]) if alone else (low[e] * least[h], high[e] * most[h])
                place = slot[person]
                if place < 0:
                    place = slot[person] = end
                    end += 1
                    who[place], low[place], high[place] = person, by_low, by_high
                    if ways:
                        product[place] = middle[h] if alone else product[e] * middle[h]
                        steps[place] = 1 if alone else steps[e] + 1
                        via[place] = h
                    continue
                low[place] += by_low
                high[place] += by_high
                if not ways:
                    continue
                strength = middle[h] if alone else product[e] * middle[h]
                length = 1 if alone else steps[e] + 1
                better = strength > product[place] or (strength == product[place] and length < steps[place])
                if strength == product[place] and length == steps[place]:
                    one, other, left = above, owner[via[place]], length - 1
                    while one != other:  # the chains differ here; what counts is the difference nearest to the top
                        better = one < other
                        left -= 1
                        if left <= 0:
                            break
                        for turn in range(2):
                            lower = one if turn == 0 else other
                            a, b = first[lower], first[lower] + count[lower] - 1
                            while a < b:
                                half = (a + b) // 2
                                if who[half] < person:
                                    a = half + 1
                                else:
                                    b = half
                            if turn == 0:
                                one = owner[via[a]]
                            else:
                                other = owner[via[a]]
                if better:
                    product[place], steps[place], via[place] = strength, length, h
        for e in range(start, end):
            slot[who[e]] = -1
        if itself_high > 0 and end > start:
            if (1 - itself_high) * _EXPLODES > 1:
                for e in range(start, end):
                    high[e] /= 1 - itself_high
            else:
                for e in range(start, end):
                    high[e] = 1.0
            if (1 - itself_low) * _EXPLODES > 1:
                for e in range(start, end):
                    low[e] /= 1 - itself_low
            else:
                endless[company] = True
        gap = 1
        while 3 * gap + 1 < end - start:
            gap = 3 * gap + 1
        while gap:  # in order of number: shell sort, in place
            for e in range(start + gap, end):
                place = e
                while place >= start + gap and who[place] < who[place - gap]:
                    other = place - gap
                    who[place], who[other] = who[other], who[place]
                    low[place], low[other] = low[other], low[place]
                    high[place], high[other] = high[other], high[place]
                    if ways:
                        product[place], product[other] = product[other], product[place]
                        steps[place], steps[other] = steps[other], steps[place]
                        via[place], via[other] = via[other], via[place]
                    place = other
            gap //= 3
        first[company], count[company] = start, end - start
        used = end
    return len(part) - 1, used, who, low, high, product, steps, via
