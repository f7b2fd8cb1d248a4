"""Compiled: where a text, a number or a word of JSON ends."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_UNICODE, _TRUE, _FALSE, _A, _F, _SMALL = 117, 116, 102, 97, 102, 32
HIGH, LOW, NO_MORE, HALF = 0xD800, 0xDC00, 0xE000, 0x400
"""Halves of a letter beyond 16 bits: from where on they are the first, the second, none; how many there are of each."""
_SPACE, _QUOTE, _MINUS, _POINT, _ZERO, _NINE, _ESCAPE = 32, 34, 45, 46, 48, 57, 92
_WHOLE, _EXACT = 18, 15  # digits that fit 64 bits, and that are written as they were read
_SHORT = np.frombuffer(b'"\\/bfnrt', np.uint8)
_PLAIN = np.array([n >= _SPACE and n not in (_QUOTE, _ESCAPE) for n in range(256)])
_WORDS = np.frombuffer(b"truefalsenull", np.uint8)


@njit(cache=True, nogil=True)
def text_end(data: NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """The quotation mark that ends a text, and whether there are escapes in it; -1 where it is not sound."""
    odd = 0
    while True:
        while at < end and _PLAIN[data[at]]:
            at += 1
        if at >= end:
            return -1, 0
        byte = data[at]
        if byte == _QUOTE:
            return at, odd
        if byte < _SPACE:
            return -1, 0
        if byte == _ESCAPE:
            odd = 1
            at += 1
            if at < end and data[at] == _UNICODE:
                unit = hexed(data, at + 1, end)
                at += 4
                if (
                    unit >= HIGH
                    and unit < LOW
                    and at + 2 < end
                    and data[at + 1] == _ESCAPE
                    and data[at + 2] == _UNICODE
                ):
                    unit = hexed(data, at + 3, end) - LOW
                    at += 6
                    if unit < 0 or unit >= HALF:
                        return -1, 0
                elif unit < 0 or (unit >= HIGH and unit < NO_MORE):
                    return -1, 0
            else:
                known = False
                for byte in _SHORT:
                    known |= at < end and data[at] == byte
                if not known:
                    return -1, 0
        at += 1


@njit(cache=True, nogil=True)
def hexed(data: NDArray[np.uint8], at: int, end: int) -> int:
    """Four hexadecimal digits as a number; -1 where they are none."""
    if at + 4 > end:
        return -1
    found = 0
    for k in range(at, at + 4):
        byte = data[k]
        if byte >= _ZERO and byte <= _NINE:
            digit = byte - _ZERO
        elif (byte | _SMALL) >= _A and (byte | _SMALL) <= _F:
            digit = (byte | _SMALL) - _A + 10
        else:
            return -1
        found = found * 16 + digit
    return found


@njit(cache=True, nogil=True)
def word_end(data: NDArray[np.uint8], at: int, end: int) -> int:
    """The end of true, false or null; -1 where it is none of them."""
    begin, size = (0, 4) if data[at] == _TRUE else (4, 5) if data[at] == _FALSE else (9, 4)
    if at + size > end:
        return -1
    for k in range(size):
        if data[at + k] != _WORDS[begin + k]:
            return -1
    return at + size


@njit(cache=True, nogil=True)
def number(data: NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """The end of a number (-1: none, or not plain), and how much of it is what it is written as (-1: otherwise)."""
    begin = at
    at += data[at] == _MINUS
    start = at
    while at < end and data[at] >= _ZERO and data[at] <= _NINE:
        at += 1
    whole, size = at - start, at - begin
    if whole == 0 or whole > _WHOLE or (whole > 1 and data[start] == _ZERO):
        return -1, -1
    if at < end and data[at] == _POINT:
        at += 1
        while at < end and data[at] >= _ZERO and data[at] <= _NINE:
            at += 1
        digits = at - start - 1
        if digits == whole or digits > _WHOLE:
            return -1, -1
        last = at - 1
        while data[last] == _ZERO:
            last -= 1
        size = -1 if digits > _EXACT else (last if data[last] == _POINT else last + 1) - begin
    if at < end and (data[at] | _SMALL) == _A + 4:
        return -1, -1
    if start > begin and (data[start] == _ZERO or size > whole + 1):
        size = -1
    return at, size
