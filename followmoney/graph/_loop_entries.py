"""The entries of a loop of companies: what they come to after all rounds, and the strongest chains through it."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from followmoney.graph._entries import Integrated
from followmoney.graph._interests import Direct
from followmoney.graph._loops import around

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Chain = tuple[float, int, tuple[int, ...], int, int]
"""Product (negative), steps, parties, place of the last in the loop, last holding."""


def loop(members: Numbers, direct: Direct, middle: Floats, found: Integrated, used: int) -> tuple[int, bool]:
    """Put the entries of a loop of companies behind the others; returns where they end.

    And whether there is a solution. `middle` is empty where chains are not wanted.
    """
    place = {company: i for i, company in enumerate(members.tolist())}
    held = [range(int(direct.ptr[c]), int(direct.ptr[c + 1])) for c in place]
    outside = [(c, h) for c, holdings in enumerate(held) for h in holdings if int(direct.owner[h]) not in place]
    inside = [(c, h) for c, holdings in enumerate(held) for h in holdings if int(direct.owner[h]) in place]
    which, by, entry = _above([h for _, h in outside], direct, found)
    if not len(which):
        return used, True
    everybody, row = np.unique(which, return_inverse=True)
    column = np.array([c for c, _ in outside])[by]
    holding = np.array([h for _, h in outside])[by]
    target, at = np.array([c for c, _ in inside]), np.array([h for _, h in inside])
    source = np.array([place[int(direct.owner[h])] for _, h in inside])
    solved: list[Floats] = []
    ended = True
    for shares, entries, upper in ((direct.least, found.low, False), (direct.most, found.high, True)):
        given = np.zeros((len(everybody), len(place)))
        np.add.at(given, (row, column), np.where(entry < 0, 1.0, entries[entry]) * shares[holding])
        amount, whole = around(given, source, target, shares[at], upper=upper)
        solved.append(amount)
        ended &= whole or upper
    best: list[dict[int, tuple[float, int, int]]] = []
    if len(middle):
        below: dict[int, list[tuple[int, int]]] = {c: [] for c in place.values()}
        for c, h in inside:
            below[place[int(direct.owner[h])]].append((c, h))
        starts: list[list[Chain]] = [list[Chain]() for _ in range(len(everybody))]
        rows: list[int] = row.tolist()
        for n, c, h, e in zip(rows, column.tolist(), holding.tolist(), entry.tolist(), strict=True):
            product, steps = (1.0, 0) if e < 0 else (float(found.product[e]), int(found.steps[e]))
            chain = (*found.chain(direct, int(direct.owner[h]), e), int(members[c]))
            starts[n].append((-product * float(middle[h]), steps + 1, chain, c, h))
        best = [_strongest(some, below, members, middle) for some in starts]
    for c, company in enumerate(place):
        kept = np.flatnonzero(solved[1][:, c] > 0)
        end = used + len(kept)
        found.room(end)
        found.first[company], found.count[company] = used, len(kept)
        found.who[used:end] = everybody[kept]
        found.low[used:end], found.high[used:end] = solved[0][kept, c], solved[1][kept, c]
        for e, n in enumerate(kept.tolist() if best else [], used):
            found.product[e], found.steps[e], found.via[e] = best[n][c]
        used = end
    return used, ended


def _above(holdings: list[int], direct: Direct, found: Integrated) -> tuple[Numbers, Numbers, Numbers]:
    """For every holding and everybody above it: who, which of the holdings, and the entry (-1: the owner himself)."""
    who, by, entry = ([np.zeros(0, np.int64)] for _ in range(3))
    for n, h in enumerate(holdings):
        owner = int(direct.owner[h])
        span = found.entries(owner)
        top = bool(direct.ptr[owner] == direct.ptr[owner + 1])
        at: Numbers = np.full(1, -1, np.int64) if top else np.arange(span.start, span.stop, dtype=np.int64)
        who.append(np.full(1, owner, np.int64) if top else found.who[span].astype(np.int64))
        by.append(np.full(len(at), n, np.int64))
        entry.append(at)
    return np.concatenate(who), np.concatenate(by), np.concatenate(entry)


def _strongest(
    heap: list[Chain], below: dict[int, list[tuple[int, int]]], members: Numbers, middle: Floats
) -> dict[int, tuple[float, int, int]]:
    """For every company of a loop, by its place, the strongest chain of one party: product, steps, last holding."""
    best: dict[int, tuple[float, int, int]] = {}
    heapify(heap)
    while heap:
        product, steps, chain, c, h = heappop(heap)
        if c in best:
            continue
        best[c] = (-product, steps, h)
        for other, through in below.get(c, []):
            if other not in best:
                longer = (*chain, int(members[other]))
                heappush(heap, (product * float(middle[through]), steps + 1, longer, other, through))
    return best
