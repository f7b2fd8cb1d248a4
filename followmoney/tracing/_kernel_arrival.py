"""The compiled passes of earliest arrival: forward through the transactions, whatever the amounts."""

# pyright: reportArgumentType=false, reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numba import njit
from numba.extending import overload
from numpy.typing import NDArray

from followmoney.tracing._kernel_arithmetic import prefetch
from followmoney.tracing._tape import STOP, UNDO

NEVER = 1 << 30  # transactions; more than any way has

Ends = NDArray[np.uint32]
Places = NDArray[np.int64]


_AHEAD = 24  # transactions between asking for a purse and using it


def near(array: NDArray[np.generic], row: int) -> None:
    """Ask the processor to bring a row near; means nothing in plain Python."""


@overload(near)
def _near(array: NDArray[np.generic], row: int) -> Callable[..., None]:  # noqa: ARG001 - numba's form
    def bring(array: NDArray[np.generic], row: int) -> None:
        prefetch(array, np.int64(row))

    return bring


@njit(cache=True, nogil=True)
def arrive(
    begin: int,
    end: int,
    paid: Ends,
    got: Ends,
    marks: NDArray[np.uint8],
    claims: Places,
    watched: Places,
    first: Places,
    elsewhere: NDArray[np.bool_],
    fewest: NDArray[np.int32],
    came: Places,
    kept: NDArray[np.int32],
) -> None:
    """Follow one claim through transactions `begin` to `end`; `claims` and `watched` are positions, in order.

    Filled in: `fewest`, by purse, in how few transactions money can have come that goes on (NEVER: it cannot);
    `came`, by purse, the position of the first transaction that can have brought some, and in how few; `kept`, for
    every position watched, in how few. `first`: for every position watched that is marked UNDO, which of the watched
    it returns; `elsewhere`: whether its money goes to another end than the payee.
    """
    claim, watch, i = np.searchsorted(claims, begin), np.searchsorted(watched, begin), begin
    while True:
        while i < end and marks[i] == 0:  # nearly always
            if i + _AHEAD < end:
                near(fewest, paid[i + _AHEAD])
                near(fewest, got[i + _AHEAD])
            hops, before = fewest[paid[i], 0] + 1, fewest[got[i], 0]
            if hops < before:
                if before == NEVER:
                    came[got[i], 0], came[got[i], 1] = i, hops
                fewest[got[i], 0] = hops
            i += 1
        if i == end:
            return
        mark, hops, payee, comes = marks[i], fewest[paid[i], 0] + 1, got[i], True
        if claim < len(claims) and claims[claim] == i:
            hops = 0
            claim += 1
        if watch < len(watched) and watched[watch] == i:
            if mark & UNDO:  # money that left for good comes back by a return alone
                hops = min(hops, kept[first[watch]] + 1)
            kept[watch] = min(hops, NEVER)
            comes = not elsewhere[watch]
            watch += 1
        if comes and hops < NEVER and came[payee, 0] < 0:
            came[payee, 0], came[payee, 1] = i, hops
        if mark & STOP == 0:
            fewest[payee, 0] = min(hops, fewest[payee, 0])
        i += 1


@njit(cache=True, nogil=True)
def arrive_many(
    begin: int,
    paid: Ends,
    got: Ends,
    marks: NDArray[np.uint8],
    claims: Places,
    owners: NDArray[np.uint64],
    ends: Places,
    watched: Places,
    first: Places,
    elsewhere: NDArray[np.bool_],
    goes: NDArray[np.uint64],
    stopped: NDArray[np.uint64],
    kept: NDArray[np.uint64],
    at: NDArray[np.uint32],
    new: NDArray[np.uint64],
) -> int:
    """Follow up to 64 claims at once, a bit each, from `begin` on; `ends`, in order: where each bit stops.

    `goes`, by purse: whose money goes on from there; `stopped`: whose ended there; `kept`: whose a transaction watched
    can have carried. `at` and `new` list, in order, the transactions that can have brought a claim's first money to a
    purse, and the bits. Returns how many they are. `owners`: the bits that each of `claims` starts.
    """
    none, one = np.uint64(0), np.uint64(1)
    live, over, found, claim = ~none, 0, 0, 0
    watch = np.searchsorted(watched, begin)
    for i in range(begin, len(paid)):
        while over < len(ends) and i >= ends[over]:
            live &= ~(one << np.uint64(over))
            over += 1
        if i + _AHEAD < len(paid):
            near(goes, paid[i + _AHEAD])
            near(goes, got[i + _AHEAD])
        bits = goes[paid[i], 0]
        mark = marks[i]
        if mark:
            if claim < len(claims) and claims[claim] == i:
                bits |= owners[claim]
                claim += 1
            if watch < len(watched) and watched[watch] == i:
                if mark & UNDO:
                    bits |= kept[first[watch]]
                kept[watch] = bits & live
                watch += 1
                if elsewhere[watch - 1]:
                    continue
            if mark & STOP:
                bits &= live & ~stopped[got[i]]
                if bits:
                    stopped[got[i]] |= bits
                    at[found], new[found] = i, bits
                    found += 1
                continue
        bits &= live & ~goes[got[i], 0]
        if bits:
            goes[got[i], 0] |= bits
            at[found], new[found] = i, bits
            found += 1
    return found
