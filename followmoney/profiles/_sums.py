"""What every account paid and received before each of its transactions: gaps, sums so far, sums of a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.profiles._fit import fit

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Who paid (side 0) and who received (1), when, and how much, by transaction in order."""

    accounts: int
    time: Numbers
    end: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    money: tuple[Numbers, Numbers]

    @classmethod
    def of(cls, graph: FlowGraph, paid: Numbers, received: Numbers) -> Sums:
        """For these amounts by transaction. Nothing is copied or sorted."""
        ends = graph.originator, graph.beneficiary
        return cls(len(graph.vertices), graph.time, ends, (paid, received))

    def window(self, asked: int, side: int, span: int) -> tuple[NDArray[np.int32], Numbers]:
        """By transaction: how often and how much its originator (`asked` 0) or beneficiary did in (t - span, t]."""
        from followmoney.profiles._kernels_history import windowed

        return fit(windowed, len(self.time))(*self._given(asked, side), span)

    def before(self, asked: int, side: int) -> tuple[Numbers, Numbers]:
        """By transaction: microseconds since its account did so before (-1: never), and the sum until now."""
        from followmoney.profiles._kernels_history import history

        return fit(history, len(self.time))(*self._given(asked, side))

    def _given(self, asked: int, side: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32], Numbers, Numbers, int]:
        return self.end[asked], self.end[side], self.time, self.money[side], self.accounts
