"""Compiled passes: which parties share a key, and how their words and lists compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")

_WORTH_COMPILING = 20_000  # pairs or memberships; below, the first compilation costs more than the job


def fit(kernel: Callable[P, R], size: int) -> Callable[P, R]:
    """The compiled kernel, or for a small job the same function as plain Python, which needs no compiling."""
    plain = getattr(kernel, "py_func", None)
    return kernel if worth_compiling(size) or plain is None else plain


def worth_compiling(size: int) -> bool:
    """Whether a job is so large that compiling pays."""
    return size >= _WORTH_COMPILING


@njit(cache=True, nogil=True)
def partners(
    first: int, last: int, asked: NDArray[np.bool_], ptr: NDArray[np.int64], group: NDArray[np.uint32],
    start: NDArray[np.int64], member: NDArray[np.uint32], stamp: NDArray[np.uint32],
    left: NDArray[np.uint32], right: NDArray[np.uint32],
) -> tuple[int, int]:  # fmt: skip
    """Every pair of an asked party and another one that shares a group, once; the first number is the asked one's.

    Groups of party p: `group[ptr[p]:ptr[p+1]]`; parties of group g: `member[start[g]:start[g+1]]`. Of two asked
    parties the one with the smaller number comes first. `stamp` (a party: 0) remembers who was met. Stops before the
    party whose pairs might no longer fit in `left` and `right`; returns that party (or `last`) and how many pairs.
    """
    found = 0
    for a in range(first, last):
        if not asked[a]:
            continue
        room = 0
        for k in range(ptr[a], ptr[a + 1]):
            room += start[group[k] + 1] - start[group[k]]
        if found and found + room > len(left):
            return a, found
        for k in range(ptr[a], ptr[a + 1]):
            for j in range(start[group[k]], start[group[k] + 1]):
                b = member[j]
                if b == a or stamp[b] == a + 1 or (b < a and asked[b]):
                    continue
                stamp[b] = a + 1
                left[found] = a
                right[found] = b
                found += 1
    return last, found


@njit(cache=True, nogil=True)
def contained(
    ptr: NDArray[np.int64], value: NDArray[np.uint32], left: NDArray[np.uint32], right: NDArray[np.uint32]
) -> NDArray[np.bool_]:
    """Whether every value of the one is among those of the other; values of each are sorted. Empty is in nothing."""
    answer = np.zeros(len(left), np.bool_)
    for i in range(len(left)):
        a, a_end = ptr[left[i]], ptr[left[i] + 1]
        b, b_end = ptr[right[i]], ptr[right[i] + 1]
        if a_end - a > b_end - b:
            a, a_end, b, b_end = b, b_end, a, a_end
        some = a < a_end
        while a < a_end and b < b_end:
            if value[a] == value[b]:
                a += 1
            b += 1
        answer[i] = some and a == a_end
    return answer
