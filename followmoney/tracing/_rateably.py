"""Balances shared once on what each put in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing.rule import OTHER, Lot, in_proportion

Money = NDArray[np.int64]

_MANY = 5_000  # funds; beyond, a kernel is worth loading


def rateably(ours: Sequence[Money], whole: Money, balance: Money) -> list[Money]:
    """By claimant, by fund: his part of the balance, as `in_proportion` says; `whole` is all that was ever put in."""
    if len(balance) < _MANY or bool((np.maximum(whole, balance) >= 1 << 51).any()):
        return one_by_one(ours, whole, balance)
    from followmoney.tracing._kernel_apportion import funds

    wanted = np.stack(ours, axis=1)
    parts = np.empty_like(wanted)
    funds(wanted, whole, balance, np.zeros((6, len(ours) + 1), np.int64), parts)
    return list(parts.T)


def one_by_one(ours: Sequence[Money], whole: Money, balance: Money) -> list[Money]:
    """The same, fund by fund, for amounts of any size."""
    found = [np.zeros(len(balance), np.int64) for _ in ours]
    for fund in range(len(balance)):
        lots = [Lot(owner, int(money[fund])) for owner, money in enumerate(ours, 1)]
        lots.append(Lot(OTHER, max(0, int(whole[fund]) - sum(lot.amount for lot in lots))))
        for parts, part in zip(found, in_proportion(lots, max(0, int(balance[fund]))), strict=False):
            parts[fund] = part
    return found
