"""Compiled: texts as Arrow keeps them, in views of two words: the length, and either all of it or where it stands."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.readers._kernel_json_words import hexed

_SHORT = 12  # bytes of a text that stand in its view
_ESCAPE = 92


@njit(cache=True, nogil=True)
def put(
    data: NDArray[np.uint8],
    words: NDArray[np.uint64],
    begin: int,
    end: int,
    into: NDArray[np.uint64],
    used: int,
) -> tuple[np.uint64, np.uint64, int]:
    """The view of a text, which is written in `into` if it is long; and how many words of that are used then.

    `words` are the bytes of `data`, but for those at the end that do not fill one. A text in `into` begins at a word.
    """
    size = end - begin
    near = (end >> 3) + 1 >= len(words)
    start = _bytewise(data, begin, end) if near else _word(words, begin)
    if size < 8:
        start &= (np.uint64(1) << np.uint64(8 * size)) - np.uint64(1)
    first = np.uint64(size) | start << np.uint64(32)
    if size <= _SHORT:
        second = start >> np.uint64(32)
        if size > 8:
            second |= (_bytewise(data, begin + 8, end) if near else _word(words, begin + 8)) << np.uint64(32)
            second &= ~np.uint64(0) >> np.uint64(8 * (_SHORT - size))
        return first, second, used
    second = np.uint64(used * 8) << np.uint64(32)
    into[used] = start
    used += 1
    for at in range(begin + 8, end, 8):
        into[used] = _bytewise(data, at, end) if near else _word(words, at)
        used += 1
    return first, second, used


@njit(cache=True, nogil=True)
def _word(words: NDArray[np.uint64], at: int) -> np.uint64:
    """Eight bytes from any of them on."""
    shift = np.uint64((at & 7) * 8)
    return words[at >> 3] >> shift | words[(at >> 3) + 1] << np.uint64(1) << (np.uint64(63) - shift)


@njit(cache=True, nogil=True)
def _bytewise(data: NDArray[np.uint8], at: int, end: int) -> np.uint64:
    """The same before the end, where the words may not reach."""
    found = np.uint64(0)
    for k in range(min(8, end - at)):
        found |= np.uint64(data[at + k]) << np.uint64(8 * k)
    return found


@njit(cache=True, nogil=True)
def unescaped(data: NDArray[np.uint8], at: int, end: int, into: NDArray[np.uint8]) -> int:
    """Write a text without its escapes; how many bytes it is long."""
    to = 0
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
    return to
