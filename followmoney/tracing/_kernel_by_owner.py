"""The compiled passes that put what a sweep found in order of claimant."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from numba import njit

from followmoney.tracing._kernel_apportion import Money
from followmoney.tracing._kernel_arithmetic import BARE
from followmoney.tracing._kernel_owned import FUND

OWNERS = 1 << 40
"""In keys: number of the claimant × OWNERS + position of a transaction, a claim or a purse."""


@njit(cache=True, nogil=True, **BARE)
def by_owner(rows: Money, begins: Money, columns: Money) -> None:
    """Rows that begin with a key as columns: owner, position, the rest; by owner, and as they were.

    `begins` has an entry an owner, from 0, and all are 0; after that, where the entries of the next one begin.
    """
    total = 0
    for row in range(len(rows)):
        begins[rows[row, 0] // OWNERS] += 1
    for owner in range(len(begins)):
        begins[owner], total = total, total + begins[owner]
    for row in range(len(rows)):
        key = rows[row, 0]
        owner = key // OWNERS
        at = begins[owner]
        begins[owner] = at + 1
        columns[0, at], columns[1, at] = owner, key % OWNERS
        for column in range(1, rows.shape[1]):
            columns[column + 1, at] = rows[row, column]


@njit(cache=True, nogil=True, **BARE)
def holdings(state: Money, pool: Money, claim: Money, rows: Money) -> int:
    """The claim by purse; and what every purse holds of every owner: key, money; purse by purse. How many rows."""
    row = 0
    for purse in range(len(state)):
        fund = state[purse, FUND]
        if fund == 0:
            continue
        claim[purse], number, alone = pool[fund, 0], pool[fund, 1] >> 6, pool[fund, 1] & 63 == 0
        if alone:
            rows[row, 0], rows[row, 1] = number * OWNERS + purse, pool[fund, 0]
            row += 1
            continue
        for entry in range(fund + 1, fund + 1 + number):
            rows[row, 0], rows[row, 1] = pool[entry, 0] * OWNERS + purse, pool[entry, 1]
            row += 1
    return row
