"""Compiled pass for `gather_scatter`: for every account the windows in which many paid in and many were paid."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def pooled(
    in_ptr: NDArray[np.int64],
    in_row: NDArray[np.uint32],
    out_ptr: NDArray[np.int64],
    out_row: NDArray[np.uint32],
    originator: NDArray[np.uint32],
    beneficiary: NDArray[np.uint32],
    time: NDArray[np.int64],
    received: NDArray[np.int64],
    currency_received: NDArray[np.uint8],
    amount: NDArray[np.int64],
    currency: NDArray[np.uint8],
    enough: NDArray[np.int64],
    span: int,
    payers: int,
    payees: int,
    share: tuple[int, int],
    bounds: tuple[int, int, int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For every transaction the hit it shows as money coming in, and the hit it shows as money leaving; -1 for none.

    `bounds` are two fractions: least and most of what came in that has left; `share` is the least share of all payers,
    and of all payees, that a window must hold. `enough` is by currency, -1 for one that
    is not examined. Windows slide: every transaction enters and leaves the window of each end once.
    """
    came, left = np.full(len(time), -1, np.int64), np.full(len(time), -1, np.int64)
    low, low_of, high, high_of = bounds
    accounts, currencies, longest = len(in_ptr) - 1, len(enough), 0
    for a in range(accounts):
        longest = max(longest, in_ptr[a + 1] - in_ptr[a] + out_ptr[a + 1] - out_ptr[a])
    row, begin = np.empty(longest, np.int64), np.empty(longest, np.int64)
    credit = np.empty(longest, np.bool_)
    paid, got = np.zeros(accounts, np.int32), np.zeros(accounts, np.int32)  # transactions in the window, by other end
    found = 0
    for a in range(accounts):
        if in_ptr[a + 1] - in_ptr[a] < payers or out_ptr[a + 1] - out_ptr[a] < payees:
            continue
        for c in range(currencies):
            if enough[c] < 0:
                continue
            n, i, j, coming = 0, in_ptr[a], out_ptr[a], 0
            while i < in_ptr[a + 1] or j < out_ptr[a + 1]:
                is_credit = j == out_ptr[a + 1] or (i < in_ptr[a + 1] and in_row[i] < out_row[j])
                if is_credit:
                    r = np.int64(in_row[i])
                    i += 1
                    taken = currency_received[r] == c
                else:
                    r = np.int64(out_row[j])
                    j += 1
                    taken = currency[r] == c
                if taken:
                    row[n], credit[n] = r, is_credit
                    n += 1
                    coming += received[r] if is_credit else 0
            if coming < enough[c]:
                continue
            all_payers, all_payees = 0, 0
            for k in range(n):
                if credit[k]:
                    all_payers += paid[originator[row[k]]] == 0
                    paid[originator[row[k]]] = 1
                else:
                    all_payees += got[beneficiary[row[k]]] == 0
                    got[beneficiary[row[k]]] = 1
            for k in range(n):
                if credit[k]:
                    paid[originator[row[k]]] = 0
                else:
                    got[beneficiary[row[k]]] = 0
            few_payers = max(payers, -(-all_payers * share[0] // share[1]))
            few_payees = max(payees, -(-all_payees * share[0] // share[1]))
            first, some, others, total, gone = 0, 0, 0, 0, 0
            for k in range(n):
                begin[k] = -1
                if credit[k]:
                    p = originator[row[k]]
                    some += paid[p] == 0
                    paid[p] += 1
                    total += received[row[k]]
                else:
                    p = beneficiary[row[k]]
                    others += got[p] == 0
                    got[p] += 1
                    gone += amount[row[k]]
                while first <= k and (not credit[first] or time[row[k]] - time[row[first]] > span):
                    if credit[first]:
                        p = originator[row[first]]
                        paid[p] -= 1
                        some -= paid[p] == 0
                        total -= received[row[first]]
                    else:
                        p = beneficiary[row[first]]
                        got[p] -= 1
                        others -= got[p] == 0
                        gone -= amount[row[first]]
                    first += 1
                enough_ends = some >= few_payers and others >= few_payees and total >= enough[c] and not credit[k]
                if enough_ends and gone * low_of >= total * low and gone * high_of <= total * high:
                    begin[k] = first
            for k in range(first, n):  # empty the window
                if credit[k]:
                    paid[originator[row[k]]] = 0
                else:
                    got[beneficiary[row[k]]] = 0
            k = n - 1
            while k > 0:
                if begin[k] >= 0:
                    for m in range(begin[k], k + 1):
                        if credit[m]:
                            came[row[m]] = found
                        else:
                            left[row[m]] = found
                    found += 1
                    k = begin[k]
                k -= 1
    return came, left
