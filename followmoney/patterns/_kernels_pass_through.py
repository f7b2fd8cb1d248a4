"""Compiled pass for `pass_through`: for every account the windows in which what came in left again."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def passed(
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
    enough: NDArray[np.int64],
    span: int,
    bounds: tuple[int, int, int, int, int, int],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For every transaction the hit it shows as money coming in, and the hit it shows as money leaving; -1 for none.

    `bounds` are three fractions (numerator, denominator): least and most of what came in that has left, most of it that
    may be left on the account. One merge of the two sides of each account, one pass over it from its end.
    """
    came, left = np.full(len(time), -1, np.int32), np.full(len(time), -1, np.int32)
    low, low_of, high, high_of, rest, rest_of = bounds
    accounts, currencies, longest = len(in_ptr) - 1, len(enough), 0
    credited, debited = np.zeros(accounts, np.int64), np.zeros(accounts, np.int64)
    for r in range(len(time)):  # in memory order: most accounts are ruled out before their rows are looked up
        credited[beneficiary[r]] += received[r]
        debited[originator[r]] += amount[r]
    smallest = np.int64(2**62)
    for c in range(currencies):
        if enough[c] >= 0:
            smallest = min(smallest, enough[c])
    for a in range(accounts):
        longest = max(longest, in_ptr[a + 1] - in_ptr[a] + out_ptr[a + 1] - out_ptr[a])
    row = np.empty(longest, np.int64)
    credit = np.empty(longest, np.bool_)
    total_in = np.zeros(longest + 1, np.int64)  # of the account's first k movements
    total_out = np.zeros(longest + 1, np.int64)
    next_credit = np.empty(longest + 1, np.int64)
    coming = np.zeros(currencies, np.int64)
    found = 0
    for a in range(accounts):
        if outside[a] or credited[a] < smallest or debited[a] * low_of < smallest * low:
            continue
        coming[:] = 0
        for i in range(in_ptr[a], in_ptr[a + 1]):
            coming[currency_received[in_row[i]]] += received[in_row[i]]
        for c in range(currencies):
            if enough[c] < 0 or coming[c] < enough[c]:
                continue
            n, i, j, lowest = 0, in_ptr[a], out_ptr[a], 0
            while i < in_ptr[a + 1] or j < out_ptr[a + 1]:
                is_credit = j == out_ptr[a + 1] or (i < in_ptr[a + 1] and in_row[i] < out_row[j])
                if is_credit:
                    r = np.int64(in_row[i])
                    i += 1
                    taken = currency_received[r] == c and originator[r] != a
                else:
                    r = np.int64(out_row[j])
                    j += 1
                    taken = currency[r] == c and beneficiary[r] != a
                if taken:
                    row[n] = r
                    credit[n] = is_credit
                    total_in[n + 1] = total_in[n] + (received[r] if is_credit else 0)
                    total_out[n + 1] = total_out[n] + (0 if is_credit else amount[r])
                    n += 1
                    lowest = min(lowest, total_in[n] - total_out[n])
            next_credit[n] = n
            for k in range(n - 1, -1, -1):
                next_credit[k] = k if credit[k] else next_credit[k + 1]
            k = n - 1
            begin = n - 1
            while k > 0:
                begin = min(begin, k)
                while begin > 0 and time[row[k]] - time[row[begin - 1]] <= span:
                    begin -= 1
                i = next_credit[begin]
                if not credit[k] and i < k:
                    got, gone = total_in[k + 1] - total_in[i], total_out[k + 1] - total_out[i]
                    stays = total_in[k + 1] - total_out[k + 1] - lowest
                    drained = stays * rest_of <= got * rest
                    if got >= enough[c] and drained and gone * low_of >= got * low and gone * high_of <= got * high:
                        for m in range(i, k + 1):
                            if credit[m]:
                                came[row[m]] = found
                            else:
                                left[row[m]] = found
                        found += 1
                        k = i
                k -= 1
    return came, left
