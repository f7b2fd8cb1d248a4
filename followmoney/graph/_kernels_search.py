"""Compiled: a place in what increases."""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable
from numpy.typing import NDArray

Number = Any
"""A whole number taken out of an array, which for the type checker may be an array again."""


@register_jitable
def first_from(row: NDArray[Any], low: Number, high: Number, least: Number) -> int:
    """Where in `row[low:high]`, which increases, the first is that is at least this; `high` if none is."""
    while low < high:
        middle = (low + high) >> 1
        if row[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low
