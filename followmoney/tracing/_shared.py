"""A balance shared among claimants who want more than there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing.rule import Lot, in_proportion

Money = NDArray[np.int64]


def shared(balance: Money, wanted: Sequence[Money]) -> list[Money]:
    """By claimant, by purse: what he wants, or his proportional part of the balance where all want more than it.

    Parts are whole minor units, by largest remainder; an exact tie goes to the earlier claimant.
    """
    found = [money.copy() for money in wanted]
    room = np.maximum(balance, 0)
    left = room.copy()
    short = np.zeros(len(room), np.bool_)
    for money in wanted:  # subtracting from the room cannot overflow; adding up what is wanted could
        short |= money > left
        left -= np.minimum(money, left)
    for purse in np.flatnonzero(short).tolist():
        lots = [Lot(owner, int(money[purse])) for owner, money in enumerate(wanted, 1)]
        for money, part in zip(found, in_proportion(lots, int(room[purse])), strict=True):
            money[purse] = part
    return found
