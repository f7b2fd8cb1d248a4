"""Compiled pass over JSON records that are plainly written: where the values that are wanted stand.

Plain is what reads one way only: no member twice that is wanted, no value of another kind than expected, no numbers
that would be written otherwise. Whatever is not plain is left to the parser; what is plain is what the parser reads.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.readers._json_plan import LIST, RECORD, TEXT
from followmoney.readers._kernel_json_texts import put, unescaped
from followmoney.readers._kernel_json_words import number, text_end, word_end

KIND, INNER, ROWS, FIRST, LENGTHS = 0, 1, 2, 3, 4
"""Of a place of the shape: its kind; the place of an element of a list, or of the member that a bare text is of a
record (-1: none); whose rows the elements of a list are; its first member; the lengths of their names, as bits."""
MARK, NAME, PLACE = 0, 1, 2
"""Of a member: by what most names differ, where its name begins, its place."""
LARGEST = 2**20
"""Bytes of a record; a larger one is left to the parser."""
_AT, _ROW, _MANY, _BEGUN, _SEEN = 0, 1, 2, 3, 4
"""Of what is open: its place and row, whether it is a list, the first row in it, the members seen."""
_DEEP = 64
_TAB, _LINE, _RETURN, _SPACE = 9, 10, 13, 32
_QUOTE, _COMMA, _COLON, _OPEN, _CLOSE, _FROM, _TO = 34, 44, 58, 91, 93, 123, 125
_NINE, _NULL = 57, 110


@njit(cache=True, nogil=True)
def scanned(
    data: NDArray[np.uint8],
    words: NDArray[np.uint64],
    spans: NDArray[np.int64],
    places: NDArray[np.int64],
    members: NDArray[np.int64],
    names: NDArray[np.uint8],
    counts: NDArray[np.int64],
    plain: NDArray[np.bool_],
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Every value that is wanted: its place in the shape and its row there, and its view; and what views point to.

    Text i is data[spans[i, 0]:spans[i, 1]]; `words` are the same bytes, see `put`. Members of a place stand together,
    and so do names. Filled in: `counts`, rows of the records (0) and of each list, and `plain`, whether a text is. In
    place of a view a list has how many elements it has.
    """
    log, used = np.empty((1024 + len(data) // 32, 3), np.uint64), 0
    into, filled = np.empty(1024 + len(data) // 16, np.uint64), 0
    before, around, bare = counts.copy(), np.empty((_DEEP, 5), np.int64), np.empty(LARGEST, np.uint8)
    for i in range(len(spans)):
        size = spans[i, 1] - spans[i, 0]
        if size > LARGEST:
            continue
        while used + size + 2 > len(log):
            log = np.concatenate((log, np.empty_like(log)))
        while filled + size // 4 + 4 > len(into):
            into = np.concatenate((into, np.empty_like(into)))
        before[:] = counts
        more, longer = _record(
            data, words, spans[i, 0], spans[i, 1], places, members, names, counts, around, bare, log, used, into, filled
        )
        if more >= 0:
            plain[i] = True
            used, filled = more, longer
            counts[0] += 1
        else:
            counts[:] = before
    return log[:used], into[:filled]


@njit(cache=True, nogil=True)
def _record(
    data: NDArray[np.uint8],
    words: NDArray[np.uint64],
    begin: int,
    end: int,
    places: NDArray[np.int64],
    members: NDArray[np.int64],
    names: NDArray[np.uint8],
    counts: NDArray[np.int64],
    around: NDArray[np.int64],
    bare: NDArray[np.uint8],
    log: NDArray[np.uint64],
    used: int,
    into: NDArray[np.uint64],
    filled: int,
) -> tuple[int, int]:
    """How much of `log` and `into` is used once the values of a text are added; -1 where it is not plain."""
    at, depth, place, row = _next(data, begin, end), 0, 0, counts[0]
    top, many, here = -1, False, -1  # of what is around: its number, whether it is a list, its place
    while at < end:
        if depth:
            place = -1
            if many:
                if here >= 0:
                    place, row = places[here, INNER], counts[places[here, ROWS]]
                    counts[places[here, ROWS]] += 1
            else:
                if data[at] != _QUOTE:
                    break
                start = at + 1
                at, odd = text_end(data, start, end)
                if at < 0 or odd:
                    break
                size = at - start
                if here >= 0 and size > 0 and places[here, LENGTHS] >> (size & 63) & 1:
                    name = (size << 16) | (data[start] << 8) | data[at - 1]
                    again = False
                    for m in range(places[here, FIRST], places[here + 1, FIRST]):
                        if members[m, MARK] == name:
                            k = 0
                            while k < size and data[start + k] == names[members[m, NAME] + k]:
                                k += 1
                            if k == size:
                                bit = 1 << (m - places[here, FIRST])
                                again = around[top, _SEEN] & bit != 0
                                around[top, _SEEN] |= bit
                                place, row = members[m, PLACE], around[top, _ROW]
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
                if places[place, KIND] == RECORD and places[place, INNER] >= 0:
                    log[used, 0] = place << 32 | row
                    used += 1
                    place = places[place, INNER]
                if places[place, KIND] != TEXT:
                    break
                log[used, 0] = place << 32 | row
                if odd:
                    size = unescaped(data, start, at, bare)
                    log[used, 1], log[used, 2], filled = put(bare, words[:0], 0, size, into, filled)
                else:
                    log[used, 1], log[used, 2], filled = put(data, words, start, at, into, filled)
                used += 1
            at += 1
        elif byte == _FROM or byte == _OPEN:  # noqa: PLR1714, SIM109 - numba looks through a tuple
            many = byte == _OPEN
            if depth == _DEEP or (place >= 0 and places[place, KIND] != (LIST if many else RECORD)):
                break
            around[depth, _AT], around[depth, _ROW], around[depth, _MANY], around[depth, _SEEN] = place, row, many, 0
            if place >= 0 and many:
                around[depth, _BEGUN] = counts[places[place, ROWS]]
            elif place >= 0:
                log[used, 0] = place << 32 | row
                used += 1
            here, top = place, depth
            depth += 1
            at = _next(data, at + 1, end)
            if at < end and data[at] != (_CLOSE if many else _TO):
                continue
        elif byte == _NULL:
            at = word_end(data, at, end)
            if at < 0 or depth == 0:
                break
        else:
            start = at
            if byte > _NINE:
                at = word_end(data, at, end)
                size = at - start
            else:
                at, size = number(data, at, end)
            if at < 0:
                break
            if place >= 0:
                if places[place, KIND] != TEXT or size < 0:
                    break
                log[used, 0] = place << 32 | row
                log[used, 1], log[used, 2], filled = put(data, words, start, start + size, into, filled)
                used += 1
        while True:
            at = _next(data, at, end)
            if at >= end or depth == 0 or data[at] != (_CLOSE if many else _TO):
                break
            if many and here >= 0:
                log[used, 0] = here << 32 | around[top, _ROW]
                log[used, 1] = counts[places[here, ROWS]] - around[top, _BEGUN]
                used += 1
            depth = top
            top -= 1
            if depth:
                many, here = around[top, _MANY] == 1, around[top, _AT]
            at += 1
        if at >= end or depth == 0:
            return (used, filled) if at >= end and depth == 0 else (-1, -1)
        if data[at] != _COMMA:
            break
        at = _next(data, at + 1, end)
    return -1, -1


@njit(cache=True, nogil=True)
def spread(
    log: NDArray[np.uint64], base: NDArray[np.int64], views: NDArray[np.uint64], there: NDArray[np.bool_]
) -> None:
    """The view of each value, place for place, row for row, and that there is one."""
    for k in range(len(log)):
        at = base[log[k, 0] >> np.uint64(32)] + np.int64(log[k, 0] & np.uint64(0xFFFFFFFF))
        there[at] = True
        views[at, 0], views[at, 1] = log[k, 1], log[k, 2]


@njit(cache=True, nogil=True)
def _next(data: NDArray[np.uint8], at: int, end: int) -> int:
    """What follows the blanks."""
    while at < end and (data[at] == _SPACE or data[at] == _LINE or data[at] == _RETURN or data[at] == _TAB):
        at += 1
    return at
