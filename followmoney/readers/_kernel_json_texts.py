"""Compiled: texts as Arrow keeps them, in views of two words: the length, and either all of it or where it stands."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from followmoney.readers._kernel_json_words import HIGH, LOW, hexed

_SHORT = 12  # bytes of a text that stand in its view
_WORD = 8
_ESCAPE, _UNICODE = 92, 117
_ONE, _TWO, _WIDE = 0x80, 0x800, 0x10000  # from where on a letter takes two bytes, three, four
_MEANT = np.arange(256, dtype=np.uint8)
"""What a letter means after the sign of escape."""
_MEANT[[98, 102, 110, 114, 116]] = 8, 12, 10, 13, 9


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
    if size < _WORD:
        start &= (np.uint64(1) << np.uint64(8 * size)) - np.uint64(1)
    first = np.uint64(size) | start << np.uint64(32)
    if size <= _SHORT:
        second = start >> np.uint64(32)
        if size > _WORD:
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
        if byte != _UNICODE:
            into[to] = _MEANT[byte]
            to += 1
            continue
        letter = hexed(data, at, end)
        at += 4
        if letter >= HIGH and letter < LOW:
            letter = _WIDE + ((letter - HIGH) << 10) + hexed(data, at + 2, end) - LOW
            at += 6
        if letter < _ONE:
            into[to] = letter
            to += 1
            continue
        more = 1 if letter < _TWO else 2 if letter < _WIDE else 3
        into[to] = ((0xF00 >> (more + 1)) & 0xFF) | (letter >> (6 * more))
        for k in range(1, more + 1):
            into[to + k] = 0x80 | ((letter >> (6 * (more - k))) & 63)
        to += more + 1
    return to
