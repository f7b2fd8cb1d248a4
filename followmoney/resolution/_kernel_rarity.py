"""Compiled pass: how many parties would have names like those of a pair, and what that says."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

_NAME, _NUMBER = 0, 1
_LIKE = 6.0  # bits that a word says of one that is only like it: one word in 64 is


@njit(cache=True, nogil=True)
def rarity(
    rows: NDArray[np.uint32], bits: NDArray[np.float64], bearers: NDArray[np.int64], ptr: NDArray[np.int64],
    token: NDArray[np.uint32], says: NDArray[np.float64], everyone: float, rare: float, rare_person: float,
    left: NDArray[np.uint32], right: NDArray[np.uint32],
) -> NDArray[np.int32]:  # fmt: skip
    """Hundredths of a bit of every pair: minus log2 of how many parties have such a name, as far as can be known.

    The very same name: how many others bear it. Else: how many would have all words of the more usual of the two
    names, if words met by chance. Where that is not more than one, how many would have the words of both by chance,
    other words counting for little: less than one in all parties speaks for the pair, with the share `rare` of its bits
    (`rare_person` where one is a person: words of companies' names are chosen to differ, relatives bear one name).

    `rows`: `Cards.rows`. `bits`, `bearers`: a name. Words of name n: `token[ptr[n]:ptr[n+1]]`. `says`: a word.
    """
    found = np.empty(len(left), np.int32)
    for i in range(len(left)):
        one, other = rows[left[i], _NAME], rows[right[i], _NAME]
        if one == other and one > 0:
            many = math.log2(max(1, bearers[one] - 1))
        else:
            many = min(everyone, max(0.0, everyone - min(bits[one], bits[other])))
        if many == 0.0:
            a, a_end, b, b_end = ptr[one], ptr[one + 1], ptr[other], ptr[other + 1]
            same, alone, there = 0.0, 0.0, 0.0
            while a < a_end or b < b_end:
                if b == b_end or (a < a_end and token[a] < token[b]):
                    alone += says[token[a]]
                    a += 1
                elif a == a_end or token[b] < token[a]:
                    there += says[token[b]]
                    b += 1
                else:
                    same += says[token[a]]
                    a += 1
                    b += 1
            person = rows[left[i], _NUMBER] == 0 or rows[right[i], _NUMBER] == 0
            many = min(0.0, everyone - same - min(_LIKE, alone, there)) * (rare_person if person else rare)
        found[i] = np.rint(many * -100.0)
    return found
