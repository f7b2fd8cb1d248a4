"""Compiled pass: what every field but the likeness of the names says of pairs."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_, NUMBER, KIND, FORM, COUNTRY, BORN, YEAR, LEI, REGISTER_NUMBER, REGISTER, VAT, VAT_IN = range(12)
(RARITY, _, OF_NUMBER, OF_KIND, OF_FORM, OF_COUNTRY, OF_POSTCODE, OF_FOUNDED, OF_LEI, OF_REGISTER, OF_VAT,
 OF_IBAN) = range(12)  # fmt: skip
DIFFERS, UNKNOWN, SAME, IN_PART = range(4)


@njit(cache=True, nogil=True)
def weigh(
    rows: NDArray[np.uint32], rarity: NDArray[np.int32], where: NDArray[np.int64], place: NDArray[np.uint32],
    holds: NDArray[np.int64], held: NDArray[np.uint32], worth: NDArray[np.int32], least: float,
    left: NDArray[np.uint32], right: NDArray[np.uint32], cents: NDArray[np.int32], kept: NDArray[np.int64],
) -> int:  # fmt: skip
    """Hundredths of a bit of every field of every pair whose sum is `least` at least; returns how many these are.

    `rows`: `Cards.rows`. `rarity`: what that says, a pair. Postcodes of party p: `place[where[p]:where[p+1]]`, sorted;
    IBANs likewise. `worth`: a row a field, a column an outcome (differs, unknown, same, in part). Written: `cents` (a
    row a pair kept, a column a field) and `kept` (which pairs).
    """
    found = 0
    for i in range(len(left)):
        one, other = rows[left[i]], rows[right[i]]
        row = cents[found]
        row[:] = 0
        row[RARITY] = rarity[i]
        for field, column in ((OF_NUMBER, NUMBER), (OF_KIND, KIND)):
            if one[column] > 0 and other[column] > 0 and one[column] != other[column]:
                row[field] = worth[field, DIFFERS]
        for field, column in ((OF_FORM, FORM), (OF_COUNTRY, COUNTRY), (OF_LEI, LEI)):
            if one[column] > 0 and other[column] > 0:
                row[field] = worth[field, SAME if one[column] == other[column] else DIFFERS]
        for field, column, scope in ((OF_REGISTER, REGISTER_NUMBER, REGISTER), (OF_VAT, VAT, VAT_IN)):
            if one[column] > 0 and other[column] > 0 and one[scope] == other[scope]:
                row[field] = worth[field, SAME if one[column] == other[column] else DIFFERS]
        if one[YEAR] > 0 and other[YEAR] > 0:
            same = SAME if one[BORN] == other[BORN] else IN_PART if one[YEAR] == other[YEAR] else DIFFERS
            row[OF_FOUNDED] = worth[OF_FOUNDED, same]
        for field in (OF_POSTCODE, OF_IBAN):
            ptr, value = (where, place) if field == OF_POSTCODE else (holds, held)
            a, a_end, b, b_end = ptr[left[i]], ptr[left[i] + 1], ptr[right[i]], ptr[right[i] + 1]
            if a == a_end or b == b_end:
                continue
            outcome = DIFFERS
            while a < a_end and b < b_end:
                if value[a] == value[b]:
                    outcome = SAME
                    break
                if value[a] < value[b]:
                    a += 1
                else:
                    b += 1
            row[field] = worth[field, outcome]
        if row.sum() >= least:
            kept[found] = i
            found += 1
    return found
