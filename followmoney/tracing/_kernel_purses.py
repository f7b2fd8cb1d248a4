"""The compiled passes that number purses."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ends = NDArray[np.uint32]
Codes = NDArray[np.uint8]


@njit(cache=True, nogil=True)
def alone(paid: Ends, got: Ends, debit: Codes, credit: Codes, accounts: int) -> tuple[Codes, bool]:
    """The currency of every account (where nothing moved, the first of all); and whether each has no more than one."""
    currency, known = np.full(accounts, debit[0] if len(debit) else 0, np.uint8), np.zeros(accounts, np.bool_)
    for row in range(len(paid)):
        for end, code in ((paid[row], debit[row]), (got[row], credit[row])):
            if known[end] and currency[end] != code:
                return currency, False
            known[end], currency[end] = True, code
    return currency, True


@njit(cache=True, nogil=True)
def numbered(paid: Ends, got: Ends, debit: Codes, credit: Codes, accounts: int) -> tuple[Ends, Ends, Ends, Codes]:
    """Both ends of every transaction as purses, and account and currency by purse; in order of these two.

    Two passes over the transactions, one over the accounts times currencies; memory: 4 bytes for each of the latter.
    """
    seen = np.zeros(256, np.bool_)
    for row in range(len(debit)):
        seen[debit[row]] = True
        seen[credit[row]] = True
    codes = np.flatnonzero(seen)
    place = np.zeros(256, np.int64)
    place[codes] = np.arange(len(codes))
    number = np.zeros((accounts, len(codes)), np.uint32)
    for row in range(len(paid)):
        number[paid[row], place[debit[row]]] = 1
        number[got[row], place[credit[row]]] = 1
    size = int(number.sum())
    account, currency, made = np.empty(size, np.uint32), np.empty(size, np.uint8), 0
    for its in range(accounts):
        for at in range(len(codes)):
            if number[its, at]:
                number[its, at], account[made], currency[made] = made, its, codes[at]
                made += 1
    pays, gets = np.empty(len(paid), np.uint32), np.empty(len(paid), np.uint32)
    for row in range(len(paid)):
        pays[row], gets[row] = number[paid[row], place[debit[row]]], number[got[row], place[credit[row]]]
    return pays, gets, account, currency
