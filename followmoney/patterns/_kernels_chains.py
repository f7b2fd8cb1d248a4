"""Compiled search for chains: for every transaction the longest chain of agreeing amounts that ends with it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_ROW = 2**32 - 1  # a tree holds length and row in one number, so that the larger is the longer and then the later


@njit(cache=True, nogil=True)
def chained(
    payer: NDArray[np.uint32],
    payee: NDArray[np.uint32],
    time: NDArray[np.int64],
    paid: NDArray[np.int64],
    paid_in: NDArray[np.uint8],
    got: NDArray[np.int64],
    got_in: NDArray[np.uint8],
    ptr: NDArray[np.int64],
    row: NDArray[np.int64],
    within: int,
    bounds: tuple[int, int, int, int],
    budget: int,
    payments: int,
    out: tuple[NDArray[np.int64], NDArray[np.uint32]],
    every: tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]],
    at: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For every candidate the one before it (-1: none), its length, and those at which the budget ran out.

    `row[ptr[a]:ptr[a + 1]]` are the candidates that credit account a, by currency and amount. Each account has a tree
    over them, in that order: who agrees with an amount is a range, and the longest in it takes a logarithm of looks,
    however many there are. Money too old is taken out of the tree for good, as time only goes on. With `payments` above
    zero slices must leave on the way, and an account on the way makes no more payments than that: money that comes into
    one that does is not put into its tree.
    """
    keep, keep_of, gain, gain_of = bounds
    out_ptr, out_row = out
    other, when, much, kind = every
    size = len(payer)
    tree, place = np.zeros(2 * size, np.int64), np.empty(size, np.int64)
    for slot in range(size):
        place[row[slot]] = slot
    before, length = np.full(size, -1, np.int64), np.ones(size, np.int64)
    spent, overrun, aside = np.empty(size, np.int64), 0, np.empty(budget + 1, np.int64)
    for i in range(size):
        a, code, amount, to = payer[i], paid_in[i], paid[i], payee[i]
        first, count = ptr[a], ptr[a + 1] - ptr[a]
        base, low, high = 2 * first, 0, count
        while low < high:
            middle = (low + high) // 2
            x = row[first + middle]
            if got_in[x] < code or (got_in[x] == code and got[x] * gain < amount * gain_of):
                low = middle + 1
            else:
                high = middle
        left, high = low, count
        while low < high:
            middle = (low + high) // 2
            x = row[first + middle]
            if got_in[x] == code and got[x] * keep <= amount * keep_of:
                low = middle + 1
            else:
                high = middle
        right, tried = low, 0
        while left < right:
            best, a0, b0 = np.int64(0), left + count, right + count
            while a0 < b0:
                if a0 & 1:
                    best = max(best, tree[base + a0])
                    a0 += 1
                if b0 & 1:
                    b0 -= 1
                    best = max(best, tree[base + b0])
                a0 >>= 1
                b0 >>= 1
            if best == 0:
                break
            j = (best & _ROW) - 1
            old, fits, k = time[j] < time[i] - within, True, j
            while fits and not old and k >= 0:
                fits = payer[k] != to
                k = before[k]
            if fits and not old and payments:
                missing, taken, fits = got[j] - amount, np.int64(0), False
                end = out_ptr[a + 1]
                k = out_ptr[a] + int(np.searchsorted(out_row[out_ptr[a] : end], int(at[j]), side="right"))
                while missing > 0 and k < end and when[out_row[k]] <= time[j] + within:
                    r = out_row[k]
                    k += 1
                    good = kind[r] == code and other[r] != to and other[r] != payer[j] and other[r] != a
                    if good and r != at[i] and taken + much[r] <= missing:
                        taken += much[r]
                        if 2 * taken >= missing:
                            fits = True
                            break
            if fits and not old:
                before[i], length[i] = j, length[j] + 1
                break
            slot = base + count + place[j] - first
            tree[slot] = 0
            slot -= base
            while slot > 1:
                slot >>= 1
                tree[base + slot] = max(tree[base + 2 * slot], tree[base + 2 * slot + 1])
            if not old:
                aside[tried] = j
                tried += 1
                if tried > budget:
                    spent[overrun] = i
                    overrun += 1
                    break
        for number in range(tried + 1):
            j = i if number == tried else aside[number]
            first, count = ptr[payee[j]], ptr[payee[j] + 1] - ptr[payee[j]]
            slot, best = count + place[j] - first, (length[j] << 32) + j + 1
            if payments and number == tried:
                k = out_ptr[payee[i]] + int(
                    np.searchsorted(out_row[out_ptr[payee[i]] : out_ptr[payee[i] + 1]], int(at[i]), side="right")
                )
                if k + payments < out_ptr[payee[i] + 1] and when[out_row[k + payments]] <= time[i] + within:
                    break  # too busy an account to be one on the way
            while slot >= 1 and tree[2 * first + slot] < best:
                tree[2 * first + slot] = best
                slot >>= 1
    return before, length, spent[:overrun]
