"""Compiled: the values found, laid out as columns."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.readers._kernel_json_words import hexed

ODD = 1 << 30
"""Added to the length of a text with escapes."""
SHORT = 12
"""Bytes of a text that stand in its view."""
_ESCAPE = 92


@njit(cache=True, nogil=True)
def spread(
    log: NDArray[np.int32], base: NDArray[np.int64], begins: NDArray[np.int32], sizes: NDArray[np.int32]
) -> None:
    """Where each value begins and how long it is, place for place, row for row."""
    for k in range(len(log)):
        at = base[log[k, 0]] + log[k, 1]
        begins[at] = log[k, 2]
        sizes[at] = log[k, 3]


@njit(cache=True, nogil=True)
def viewed(
    data: NDArray[np.uint8],
    begins: NDArray[np.int32],
    sizes: NDArray[np.int32],
    views: NDArray[np.uint8],
    into: NDArray[np.uint8],
) -> int:
    """Texts as Arrow's views of 16 bytes (zeros at first), the long ones in `into`; how many bytes of that are used."""
    used = 0
    for i in range(len(sizes)):
        size, begin = np.int64(sizes[i]), np.int64(begins[i])
        if size >= ODD:
            size = unescaped(data, begin, size - ODD, into, used)
            _view(views, i * 16, into, used, size, used)
        elif size >= 0:
            _view(views, i * 16, data, begin, size, used)
            if size > SHORT:
                for k in range(size):
                    into[used + k] = data[begin + k]
        if size > SHORT:
            used += size
    return used


@njit(cache=True, nogil=True)
def _view(
    views: NDArray[np.uint8], view: int, source: NDArray[np.uint8], begin: int, size: int, used: int
) -> None:
    """Its length and first bytes, and all of it where it is short; else where it begins."""
    for k in range(4):
        views[view + k] = size >> (8 * k) & 255
    for k in range(min(size, SHORT if size <= SHORT else 4)):
        views[view + 4 + k] = source[begin + k]
    if size > SHORT:
        for k in range(4):
            views[view + 12 + k] = used >> (8 * k) & 255


@njit(cache=True, nogil=True)
def unescaped(data: NDArray[np.uint8], at: int, size: int, into: NDArray[np.uint8], to: int) -> int:
    """Write a text without its escapes; how many bytes it is long."""
    end, begin = at + size, to
    while at < end:
        byte = data[at]
        at += 1
        if byte != _ESCAPE:
            into[to] = byte
            to += 1
            continue
        byte = data[at]
        at += 1
        if byte != 117:
            if byte == 98:
                byte = 8
            elif byte == 102:
                byte = 12
            elif byte == 110:
                byte = 10
            elif byte == 114:
                byte = 13
            elif byte == 116:
                byte = 9
            into[to] = byte
            to += 1
            continue
        letter = hexed(data, at, end)
        at += 4
        if letter >= 0xD800 and letter < 0xDC00:
            letter = 0x10000 + ((letter - 0xD800) << 10) + hexed(data, at + 2, end) - 0xDC00
            at += 6
        if letter < 0x80:
            into[to] = letter
            to += 1
            continue
        more = 1 if letter < 0x800 else 2 if letter < 0x10000 else 3
        into[to] = ((0xF00 >> (more + 1)) & 0xFF) | (letter >> (6 * more))
        for k in range(1, more + 1):
            into[to + k] = 0x80 | ((letter >> (6 * (more - k))) & 63)
        to += more + 1
    return to - begin
