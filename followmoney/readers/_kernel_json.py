"""Compiled pass over JSON records that are plainly written: where the values that are wanted stand.

Plain is what reads one way only: no member twice that is wanted, no value of another kind than expected, no numbers
that would be written otherwise. Whatever is not plain is left to the parser; what is plain is what the parser reads.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.readers._kernel_json_words import number, text_end, word_end

TEXT, RECORD, LIST = 0, 1, 2
"""Kinds of what is wanted."""
_DEEP = 64
_TAB, _LINE, _RETURN, _SPACE = 9, 10, 13, 32
_QUOTE, _COMMA, _COLON, _OPEN, _CLOSE, _FROM, _TO = 34, 44, 58, 91, 93, 123, 125
_FALSE, _NULL, _TRUE = 102, 110, 116


@njit(cache=True, nogil=True)
def scanned(
    data: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    kinds: NDArray[np.int64],
    inner: NDArray[np.int64],
    within: NDArray[np.int64],
    first: NDArray[np.int64],
    marks: NDArray[np.int64],
    names: NDArray[np.uint8],
    name_at: NDArray[np.int64],
    leads: NDArray[np.int64],
    counts: NDArray[np.int64],
    plain: NDArray[np.bool_],
) -> NDArray[np.int32]:
    """Every value that is wanted: its place in the shape, its row there, where it begins, how long it is.

    Text i is data[begins[i]:ends[i]]. Of place p of the shape: `kinds`; `inner`, the place of an element of a list, or
    of the member that a bare text is of a record (-1: none); `within`, whose rows the elements of a list are; members
    first[p] to first[p + 1], each with `marks`, its name names[name_at[m]:name_at[m + 1]], and the place it `leads` to.
    Filled in: `counts`, rows of the records (0) and of each list, and `plain`, whether a text is.
    A record counts as one long, a list as long as it has elements; a text with escapes is 2^30 longer.
    """
    log = np.empty((max(1024, len(data) // 32), 4), np.int32)
    used = 0
    places, rows = np.empty(_DEEP + 1, np.int64), np.empty(_DEEP + 1, np.int64)
    listed, begun, seen = np.empty(_DEEP, np.bool_), np.empty(_DEEP, np.int64), np.empty(_DEEP, np.int64)
    before = counts.copy()
    likely = np.zeros(len(kinds), np.int64)  # lengths of names that members of a place have, as bits
    for p in range(len(kinds)):
        for m in range(first[p], first[p + 1]):
            likely[p] |= 1 << ((name_at[m + 1] - name_at[m]) & 63)
    for i in range(len(begins)):
        end = ends[i]
        at = _next(data, begins[i], end)
        mark, depth, place, row, good = used, 0, 0, counts[0], False
        many, here = False, -1  # whether that around is a list, and its place
        for p in range(len(before)):
            before[p] = counts[p]
        while at < end:
            if used + 2 > len(log):
                log = np.concatenate((log, np.empty_like(log)))
            if depth:
                place = -1
                if many:
                    if here >= 0:
                        place, row = inner[here], counts[within[here]]
                        counts[within[here]] += 1
                else:
                    if data[at] != _QUOTE:
                        break
                    start = at + 1
                    at, odd = text_end(data, start, end)
                    if at < 0 or odd:
                        break
                    size = at - start
                    if here >= 0 and size > 0 and likely[here] >> (size & 63) & 1:
                        name = (size << 16) | (data[start] << 8) | data[at - 1]
                        again = False
                        for m in range(first[here], first[here + 1]):
                            if marks[m] == name:
                                k = 0
                                while k < size and data[start + k] == names[name_at[m] + k]:
                                    k += 1
                                if k == size:
                                    bit = 1 << (m - first[here])
                                    again = seen[depth - 1] & bit != 0
                                    seen[depth - 1] |= bit
                                    place, row = leads[m], rows[depth - 1]
                                    break
                        if again:
                            break
                    at = _next(data, at + 1, end)
                    if at >= end or data[at] != _COLON:
                        break
                    at = _next(data, at + 1, end)
                    if at >= end:
                        break
            byte = data[at]
            if byte == _QUOTE:
                start = at + 1
                at, odd = text_end(data, start, end)
                if at < 0:
                    break
                if place >= 0:
                    if kinds[place] == RECORD and inner[place] >= 0:
                        log[used, 0], log[used, 1], log[used, 2], log[used, 3] = place, row, 0, 1
                        used += 1
                        place = inner[place]
                    if kinds[place] != TEXT:
                        break
                    log[used, 0], log[used, 1], log[used, 2], log[used, 3] = place, row, start, at - start + (odd << 30)
                    used += 1
                at += 1
            elif byte == _FROM or byte == _OPEN:
                many = byte == _OPEN
                if depth == _DEEP or (place >= 0 and kinds[place] != (LIST if many else RECORD)):
                    break
                if place >= 0:
                    if many:
                        begun[depth] = counts[within[place]]
                    else:
                        log[used, 0], log[used, 1], log[used, 2], log[used, 3] = place, row, 0, 1
                        used += 1
                places[depth], rows[depth], listed[depth], seen[depth] = place, row, many, 0
                depth += 1
                here = place
                at = _next(data, at + 1, end)
                if at < end and data[at] != (_CLOSE if many else _TO):
                    continue
            elif byte == _NULL:
                at = word_end(data, at, end)
                if at < 0 or depth == 0:
                    break
            else:
                start = at
                if byte == _TRUE or byte == _FALSE:
                    at = word_end(data, at, end)
                    size = at - start
                else:
                    at, size = number(data, at, end)
                if at < 0:
                    break
                if place >= 0:
                    if kinds[place] != TEXT or size < 0:
                        break
                    log[used, 0], log[used, 1], log[used, 2], log[used, 3] = place, row, start, size
                    used += 1
            while True:
                at = _next(data, at, end)
                if at >= end or depth == 0 or data[at] != (_CLOSE if many else _TO):
                    break
                if many and here >= 0:
                    if used == len(log):
                        log = np.concatenate((log, np.empty_like(log)))
                    log[used, 0], log[used, 1], log[used, 2] = here, rows[depth - 1], 0
                    log[used, 3] = counts[within[here]] - begun[depth - 1]
                    used += 1
                depth -= 1
                if depth:
                    many, here = listed[depth - 1], places[depth - 1]
                at += 1
            if at >= end or depth == 0:
                good = at >= end and depth == 0
                break
            if data[at] != _COMMA:
                break
            at = _next(data, at + 1, end)
        plain[i] = good
        if good:
            counts[0] += 1
        else:
            used = mark
            for p in range(len(before)):
                counts[p] = before[p]
    return log[:used]


@njit(cache=True, nogil=True)
def _next(data: NDArray[np.uint8], at: int, end: int) -> int:
    """What follows the blanks."""
    while at < end and (data[at] == _SPACE or data[at] == _LINE or data[at] == _RETURN or data[at] == _TAB):
        at += 1
    return at
