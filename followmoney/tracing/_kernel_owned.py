"""What purses hold of many owners, compiled: nothing where there is no claim money, else a fund in a pool.

`state` has a row a purse: its balance, and the row of the pool where its fund begins, or 0. The first row of a fund:
the claim, and 64 × a number + the logarithm of its space. A fund of one row is one owner's, and that is the number;
else it is how many owners there are, and a row an owner follows: who, and how much; in order of owner. The first row of
the pool counts the rows in use. `free`: by the logarithm of the space, the first fund not in use, or -1.

`pay` and `put` are taken into the sweep as they are: to call them costs about as much as what they do.
"""

# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false

from __future__ import annotations

from numba import njit

from followmoney.tracing._kernel_apportion import CAME, LEFT, OWNER, PARTS, Money, apportion
from followmoney.tracing._kernel_arithmetic import BARE, muldiv

BALANCE, FUND = 0, 1  # columns of state


@njit(cache=True, nogil=True, **BARE)
def _new(size: int, pool: Money, free: Money) -> int:
    """A fund of 1 << size rows; the pool has some left."""
    fund = free[size]
    if fund >= 0:
        free[size] = pool[fund, 0]
    else:
        fund = pool[0, 0]
        pool[0, 0] = fund + (1 << size)
    return fund


@njit(cache=True, nogil=True, **BARE)
def _release(fund: int, pool: Money, free: Money) -> None:
    """Give the rows of a fund back."""
    size = pool[fund, 1] & 63
    pool[fund, 0], free[size] = free[size], fund


@njit(cache=True, nogil=True, **BARE)
def _emptied(purse: int, left: int, state: Money, pool: Money, free: Money) -> None:
    """Leave out owners who have nothing any more, of a fund with so much claim money left."""
    fund = state[purse, FUND]
    if left == 0:
        _release(fund, pool, free)
        state[purse, FUND] = 0
        return
    pool[fund, 0] = left
    count, kept = pool[fund, 1] >> 6, 0
    for row in range(fund + 1, fund + 1 + count):
        owner, money = pool[row, 0], pool[row, 1]
        pool[fund + 1 + kept, 0], pool[fund + 1 + kept, 1] = owner, money
        kept += money > 0
    pool[fund, 1] -= (count - kept) << 6


@njit(cache=True, nogil=True, inline="always")
def pay(purse: int, amount: int, state: Money, pool: Money, free: Money, due: Money) -> int:
    """Debit a purse; how many owners' money leaves, in `due`: OWNER and LEFT."""
    balance, fund = state[purse, BALANCE], state[purse, FUND]
    state[purse, BALANCE] = balance - amount if amount < balance or balance < 0 else 0
    if fund == 0:
        return 0
    claim, count = pool[fund, 0], pool[fund, 1] >> 6
    if pool[fund, 1] & 63 == 0:
        part = claim
        if amount < balance:
            part, rest = muldiv(claim, amount, balance)
            part += rest > balance - rest
        due[OWNER, 0], due[LEFT, 0] = count, part
        pool[fund, 0] = claim - part
        if part == claim:
            _release(fund, pool, free)
            state[purse, FUND] = 0
        return part > 0
    for k in range(count):
        due[CAME, k] = pool[fund + 1 + k, 1]
    gone = apportion(count, min(amount, balance), balance, claim, due)
    if gone == 0:
        return 0
    found = kept = 0
    for k in range(count):
        part, row = due[PARTS, k], fund + 1 + k
        due[OWNER, found], due[LEFT, found] = pool[row, 0], part
        found += part > 0
        pool[row, 1] -= part
        kept += pool[row, 1] > 0
    if kept < count:
        _emptied(purse, claim - gone, state, pool, free)
    else:
        pool[fund, 0] = claim - gone
    return found


@njit(cache=True, nogil=True, **BARE)
def give_back(purse: int, amount: int, count: int, state: Money, pool: Money, free: Money, due: Money) -> bool:
    """Take exactly this money of these owners from a purse, if it is there."""
    fund, gone, k = state[purse, FUND], 0, 0
    claim = pool[fund, 0] if fund else 0
    alone = fund > 0 and pool[fund, 1] & 63 == 0
    entries = pool[fund, 1] >> 6 if fund and not alone else int(alone)
    for e in range(entries):
        owner, money = pool[fund, 1] >> 6 if alone else pool[fund + 1 + e, 0], claim if alone else pool[fund + 1 + e, 1]
        due[PARTS, e] = 0
        if k < count and owner == due[OWNER, k]:
            if money < due[LEFT, k]:
                return False
            due[PARTS, e] = due[LEFT, k]
            gone += due[LEFT, k]
            k += 1
    if k < count or state[purse, BALANCE] - claim < amount - gone:
        return False
    state[purse, BALANCE] -= amount
    if gone:
        for e in range(0 if alone else entries):
            pool[fund + 1 + e, 1] -= due[PARTS, e]
        if alone and gone < claim:
            pool[fund, 0] = claim - gone
        else:
            _emptied(purse, claim - gone, state, pool, free)
    return True


@njit(cache=True, nogil=True, **BARE)
def _join(purse: int, new: int, state: Money, pool: Money, free: Money, due: Money) -> None:
    """The money in `due`, of owners who have none in a purse yet, goes into its fund; there are two owners or more."""
    old, size = state[purse, FUND], 2
    space = pool[old, 1] & 63 if old else 0
    count = 0 if old == 0 else 1 if space == 0 else pool[old, 1] >> 6
    while (1 << size) <= count + new:
        size += 1
    fund = old
    if size > space:
        fund = _new(size, pool, free)
        if count and space == 0:
            pool[fund + 1, 0], pool[fund + 1, 1] = pool[old, 1] >> 6, pool[old, 0]
        else:
            for k in range(1, count + 1):
                pool[fund + k, 0], pool[fund + k, 1] = pool[old + k, 0], pool[old + k, 1]
        pool[fund, 0], pool[fund, 1] = pool[old, 0] if old else 0, size
        if old:
            _release(old, pool, free)
        state[purse, FUND] = fund
    pool[fund, 1] = (count + new) << 6 | pool[fund, 1] & 63
    at, row, last = fund + count + new, fund + count, new - 1
    while last >= 0:  # from the last owner to the first
        if row > fund and pool[row, 0] > due[OWNER, last]:
            pool[at, 0], pool[at, 1] = pool[row, 0], pool[row, 1]
            row -= 1
        else:
            pool[at, 0], pool[at, 1] = due[OWNER, last], due[CAME, last]
            last -= 1
        at -= 1


@njit(cache=True, nogil=True, inline="always")
def put(purse: int, count: int, came: int, state: Money, pool: Money, free: Money, due: Money) -> None:
    """Claim money, `came` in all, goes into a fund: OWNER and CAME in `due`, which are disturbed."""
    if came == 0:
        return
    fund, new = state[purse, FUND], 0
    word = pool[fund, 1] if fund else 0
    row, end = fund + 1, fund + 1 + (word >> 6 if word & 63 else 0)
    for k in range(count):
        owner, money = due[OWNER, k], due[CAME, k]
        while row < end and pool[row, 0] < owner:
            row += 1
        if row < end and pool[row, 0] == owner:
            pool[row, 1] += money
        elif fund and row > end - 1 and word & 63 == 0 and word >> 6 == owner:
            pool[fund, 0] += money
            came -= money
        else:
            due[OWNER, new], due[CAME, new] = owner, money
            new += money > 0
    if new == 1 and fund == 0:
        fund = _new(0, pool, free)
        pool[fund, 0], pool[fund, 1] = 0, due[OWNER, 0] << 6
        state[purse, FUND] = fund
    elif new:
        _join(purse, new, state, pool, free, due)
    pool[state[purse, FUND], 0] += came
