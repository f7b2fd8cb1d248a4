"""Lasting facts about an account (its employer, its landlord, …) from its number alone, without storing them."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

_STEP: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1


def mixed(values: Ints, salt: int) -> NDArray[np.uint64]:
    """Mix numbers into even 64-bit numbers (splitmix64, Steele et al. 2014); another salt gives other numbers."""
    x = values.astype(np.uint64)
    x += np.uint64((salt + 1) * _STEP & _MASK)
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return x


def even(values: Ints, salt: int) -> Floats:
    """Give every number its own lasting draw from [0, 1)."""
    return (mixed(values, salt) >> np.uint64(11)).astype(np.float64) * 2.0**-53
