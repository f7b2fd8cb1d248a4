"""Compiled pass: how alike two names are, letter by letter."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_WORD = 64  # letters of the shorter name; longer ones are not compared here


@njit(cache=True, nogil=True)
def in_common(one: NDArray[np.uint8], other: NDArray[np.uint8], places: NDArray[np.uint64]) -> int:
    """Letters in common in order (longest common subsequence); `one` has 64 letters at most.

    `places` (256 noughts) is left as it was found. Source: Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    for at in range(len(one)):
        places[one[at]] |= np.uint64(1) << np.uint64(at)
    missing = ~np.uint64(0)
    for letter in other:
        here = missing & places[letter]
        missing = (missing + here) | (missing - here)
    for letter in one:
        places[letter] = 0
    found = 0
    for at in range(len(one)):
        found += (missing >> np.uint64(at)) & np.uint64(1) == 0
    return found


@njit(cache=True, nogil=True)
def likenesses(
    ptr: NDArray[np.int64], letter: NDArray[np.uint8], written_ptr: NDArray[np.int64], written: NDArray[np.uint8],
    names: tuple[NDArray[np.uint32], NDArray[np.uint32]], left: NDArray[np.uint32], right: NDArray[np.uint32],
) -> NDArray[np.float64]:  # fmt: skip
    """Letters in common, in order, as a share of all letters of both; -1 where both are longer than 64 letters.

    Of the sorted words or of those as written, whichever is more alike; `written` is empty where it is the same.
    """
    places = np.zeros(256, np.uint64)
    answer = np.zeros(len(left), np.float64)
    for i in range(len(left)):
        one = letter[ptr[names[0][i]] : ptr[names[0][i] + 1]]
        other = letter[ptr[names[1][i]] : ptr[names[1][i] + 1]]
        one_written = written[written_ptr[left[i]] : written_ptr[left[i] + 1]]
        other_written = written[written_ptr[right[i]] : written_ptr[right[i] + 1]]
        length = len(one) + len(other)
        for again in range(2):
            if again:
                if len(one_written) == 0 and len(other_written) == 0:
                    break
                if len(one_written) > 0:
                    one = one_written
                if len(other_written) > 0:
                    other = other_written
            if len(one) > len(other):
                one, other = other, one
                one_written, other_written = other_written, one_written
            if len(one) > _WORD:
                answer[i] = -1.0
                break
            share = 1.0 - (length - 2 * in_common(one, other, places)) / length
            answer[i] = max(answer[i], share)
    return answer
