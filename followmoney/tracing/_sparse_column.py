"""Columns that are 0 nearly everywhere, and take memory only near what is not."""

from __future__ import annotations

import mmap
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

_LONG = 1 << 19
"""Entries from which numpy asks for large pages: two megabytes of memory around every entry that is written."""


def zeros(size: int, *, sparse: bool) -> NDArray[np.int64]:
    """A column of zeros; a `sparse` one takes 4096 bytes of memory around every entry that is written, on Linux.

    To write all of it costs more than in a usual column: a step of the system for every 512 entries.
    """
    if not sparse or size < _LONG or not hasattr(mmap, "MADV_NOHUGEPAGE"):
        return np.zeros(size, np.int64)
    memory = mmap.mmap(-1, 8 * size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):  # the system has no large pages
        memory.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(memory, np.int64)
