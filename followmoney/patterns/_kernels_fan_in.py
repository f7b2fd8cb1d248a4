"""Compiled pass for `fan_in` and, with the ends exchanged, `fan_out`: the window in which most new payers came."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def gathered(
    ptr: NDArray[np.int64],
    row: NDArray[np.uint32],
    payer: NDArray[np.uint32],
    beneficiary: NDArray[np.uint32],
    outside: NDArray[np.bool_],
    currency: NDArray[np.uint8],
    amount: NDArray[np.int64],
    time: NDArray[np.int64],
    enough: NDArray[np.int64],
    earliest: int,
    span: int,
    least: int,
    num: int,
    den: int,
) -> NDArray[np.int64]:
    """For every transaction the account-and-currency hit it shows, -1 for none.

    `ptr`, `row`: transactions by account credited. For payees of an account give transactions by account debited, and
    `payer` and `beneficiary` the other way round. `enough` is by currency, -1 for one that is not examined. A payer is
    new at its first payment to the account. Every payment is looked at a fixed number of times.
    """
    hit = np.full(len(time), -1, np.int64)
    accounts, currencies = len(ptr) - 1, len(enough)
    seen_by = np.full(accounts, -1, np.int32)
    first = np.zeros(accounts, np.int64)
    fresh = np.empty(accounts, np.int64)
    new = np.empty(accounts, np.int64)
    size = np.empty(currencies, np.int64)
    since = np.searchsorted(time, earliest)
    credited = np.zeros(accounts, np.int64)
    for r in range(since, len(time)):  # in memory order: most accounts are ruled out before their rows are looked up
        credited[beneficiary[r]] += amount[r]
    smallest = np.int64(2**62)
    for c in range(currencies):
        if enough[c] >= 0:
            smallest = min(smallest, enough[c])
    found = 0
    for b in range(accounts):
        if outside[b] or ptr[b + 1] - ptr[b] < least or credited[b] < smallest:
            continue
        known, late = 0, 0
        for k in range(ptr[b], ptr[b + 1]):
            p = payer[row[k]]
            if seen_by[p] != b and p != b and not outside[p]:
                seen_by[p] = b
                first[p] = row[k]
                fresh[known] = row[k]
                known += 1
                late += row[k] >= since
        if late < least or late * den < known * num:
            continue
        size[:] = 0
        for k in range(known):
            size[currency[fresh[k]]] += 1
        for c in range(currencies):
            if size[c] < least or size[c] * den < known * num or enough[c] < 0:
                continue
            n = 0
            for k in range(known):
                if currency[fresh[k]] == c:
                    new[n] = fresh[k]
                    n += 1
            most, begin, j = 0, 0, 0
            for i in range(n):
                while j < n and time[new[j]] - time[new[i]] <= span:
                    j += 1
                if j - i > most and new[i] >= since:
                    most, begin = j - i, i
            if most < least or most * den < known * num:
                continue
            opening, closing, total = new[begin], time[new[begin]] + span, 0
            for mark in range(2):  # first add up, then, if it is enough, mark
                if mark == 1 and total < enough[c]:
                    break
                for k in range(ptr[b], ptr[b + 1]):
                    r = row[k]
                    if r < opening or currency[r] != c or time[r] > closing:
                        continue
                    p = payer[r]
                    if p != b and not outside[p] and first[p] >= opening and currency[first[p]] == c:
                        if mark == 0:
                            total += amount[r]
                        else:
                            hit[r] = found
                if mark == 1:
                    found += 1
    return hit
