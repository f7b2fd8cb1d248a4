"""Who controls what: more than half held together with everything that is controlled already, or another means."""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.extending import register_jitable
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Small = NDArray[np.int8]
Flags = NDArray[np.bool_]

SHARES, VOTES, BOARD, OTHER, THROUGH, LAYERED = 1, 2, 3, 4, 5, 6
_HALF = 0.5 + 1e-9  # shares are decimal fractions in binary floats


@register_jitable
def search(
    x: int, ptr: Numbers, owned: Numbers, share: Floats, vote: Floats, means: Small, most_ptr: Numbers, mostly: Numbers,
    known: Flags, sums: Floats, held: Small, by: Numbers, largest: Numbers, steps: Numbers, seen: Flags,
    queue: Numbers, touched: Numbers,
) -> int:  # fmt: skip
    """Everything that x controls: `held` says how, `by` through which holding (-1: over many chains), `steps` how far.

    Returns how many are in `touched`: all in which x or what it controls has a holding. `sums` has what they hold
    together (shares, votes), and without x himself (the same); `largest` the largest holding of those below x. Steps
    are -1 where a step of the way is over many chains. From a company that is `known` it does not go on.
    """
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
                steps[c] = -1
                if not known[c]:
                    queue[waiting] = c
                    waiting += 1
            continue
        here = queue[done]
        done += 1
        before = 0 if here == x else steps[here]
        for h in range(ptr[here], ptr[here + 1]):
            c = owned[h]
            if c in (x, here):
                continue
            if not seen[c]:
                seen[c] = True
                touched[many] = c
                many += 1
            sums[c, 0] += share[h]
            sums[c, 1] += vote[h]
            if here != x:
                sums[c, 2] += share[h]
                sums[c, 3] += vote[h]
                best = largest[c]
                if best < 0 or max(share[h], vote[h]) > max(share[best], vote[best]):
                    largest[c] = h
            if held[c]:
                continue
            if sums[c, 0] > _HALF:
                held[c] = SHARES
            elif sums[c, 1] > _HALF:
                held[c] = VOTES
            elif means[h]:
                held[c] = means[h]
            else:
                continue
            by[c] = h
            steps[c] = before + 1 if before >= 0 else -1
            if not known[c]:
                queue[waiting] = c
                waiting += 1
    return many


@njit(cache=True, nogil=True)
def control(
    asked: Numbers, want_ptr: Numbers, want: Numbers,
    ptr: Numbers, owner: Numbers, owned: Numbers, share: Floats, vote: Floats, means: Small,
    most_ptr: Numbers, mostly: Numbers, least: Floats,
) -> tuple[Numbers, Numbers, Small, Numbers, Numbers, Numbers]:  # fmt: skip
    """Every pair of a controller and what it controls: who, what, how, and through which holding (-1: many chains).

    And how many steps down it is (-1 where one of them is over many chains), and in which pair what comes before it
    stands (-1: the controller himself). Controllers are those `asked`, in order. Holdings `ptr[x]:ptr[x + 1]` are those
    of party x, in order of what is owned; `means` is BOARD or OTHER where a right to appoint the board or another means
    of control is stated. `mostly[most_ptr[x]:most_ptr[x + 1]]` are companies that x owns more than half of over all
    chains. How is LAYERED where what x controls (not x) directly holds at least `least` of a company that x does not
    control. Where companies are wanted (`want[want_ptr[n]:want_ptr[n + 1]]` of the nth asked), only those that he
    controls and what is on the way there. Cost: the holdings of everything that each controls.
    """
    size = len(ptr) - 1
    room, used = 1024, 0
    who, what, via = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    how, far, before = np.empty(room, np.int8), np.empty(room, np.int64), np.empty(room, np.int64)
    sums, held = np.zeros((size, 4)), np.zeros(size, np.int8)
    by, largest = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
    steps, place = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    seen, known, kept = np.zeros(size, np.bool_), np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    queue, touched = np.empty(size + 1, np.int64), np.empty(size, np.int64)
    for n in range(len(asked)):
        x = asked[n]
        if ptr[x] == ptr[x + 1]:
            continue
        many = search(
            x, ptr, owned, share, vote, means, most_ptr, mostly, known,
            sums, held, by, largest, steps, seen, queue, touched,
        )  # fmt: skip
        for w in range(want_ptr[n], want_ptr[n + 1]):
            c = want[w]
            while c != x and held[c] and not kept[c]:
                kept[c] = True
                if by[c] < 0:
                    break
                c = owner[by[c]]
        if used + many > room:
            more = max(room, many)
            room += more
            who, what = np.append(who, np.empty(more, np.int64)), np.append(what, np.empty(more, np.int64))
            how, via = np.append(how, np.empty(more, np.int8)), np.append(via, np.empty(more, np.int64))
            far, before = np.append(far, np.empty(more, np.int64)), np.append(before, np.empty(more, np.int64))
        begin = used
        for t in range(many):
            c = touched[t]
            if kept[c] if len(want) else (held[c] or max(sums[c, 2], sums[c, 3]) >= least[c]):
                h = by[c] if held[c] else largest[c]
                who[used], what[used], how[used], via[used] = x, c, held[c] or LAYERED, h
                far[used] = steps[c]
                if not held[c]:
                    up = steps[owner[h]]
                    far[used] = up + 1 if up >= 0 else -1
                place[c] = used
                used += 1
        for row in range(begin, used):
            h = via[row]
            before[row] = -1 if h < 0 or owner[h] == x else place[owner[h]]
        for t in range(many):
            c = touched[t]
            sums[c, 0] = sums[c, 1] = sums[c, 2] = sums[c, 3] = 0.0
            by[c] = largest[c] = place[c] = -1
            held[c] = 0
            seen[c] = kept[c] = False
    return who[:used], what[:used], how[:used], via[:used], far[:used], before[:used]


@njit(cache=True, nogil=True)
def first_in_control(
    ptr_of: Numbers, middles: Numbers, whole: Flags,
    ptr: Numbers, owned: Numbers, share: Floats, vote: Floats, means: Small, most_ptr: Numbers, mostly: Numbers,
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Of several companies in order, the first that controls each company: its place in `middles`, and the company.

    For each of many lists, `middles[ptr_of[n]:ptr_of[n + 1]]`. What an earlier one of a list controls is not gone
    through again, unless it is one of the `whole`: those of which more can follow than what each controls alone.
    Cost: the holdings of everything under control, once a list.
    """
    size = len(ptr) - 1
    room, used = 1024, 0
    place, what = np.empty(room, np.int64), np.empty(room, np.int64)
    sums, held = np.zeros((size, 4)), np.zeros(size, np.int8)
    by, largest, steps = np.full(size, -1, np.int64), np.full(size, -1, np.int64), np.zeros(size, np.int64)
    seen, known, done = np.zeros(size, np.bool_), np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    queue, touched = np.empty(size + 1, np.int64), np.empty(size, np.int64)
    for n in range(len(ptr_of) - 1):
        begin = used
        for m in range(ptr_of[n], ptr_of[n + 1]):
            x = middles[m]
            if known[x] and most_ptr[x] == most_ptr[x + 1]:
                continue
            many = search(
                x, ptr, owned, share, vote, means, most_ptr, mostly, known,
                sums, held, by, largest, steps, seen, queue, touched,
            )  # fmt: skip
            if used + many > room:
                more = max(room, many)
                room += more
                place, what = np.append(place, np.empty(more, np.int64)), np.append(what, np.empty(more, np.int64))
            for t in range(many):
                c = touched[t]
                if held[c] and not done[c]:
                    place[used], what[used] = m, c
                    used += 1
                    done[c], known[c] = True, not whole[c]
                sums[c, 0] = sums[c, 1] = sums[c, 2] = sums[c, 3] = 0.0
                by[c] = largest[c] = -1
                held[c] = 0
                seen[c] = False
        for row in range(begin, used):
            done[what[row]] = known[what[row]] = False
    return place[:used], what[:used]
