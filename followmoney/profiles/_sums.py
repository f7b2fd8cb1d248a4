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
    """The transactions of every account, paid (side 0) and received (1), with times and amounts beside each other."""

    size: int
    ptr: tuple[Numbers, Numbers]
    row: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    time: tuple[Numbers, Numbers]
    money: tuple[Numbers, Numbers]

    @classmethod
    def of(cls, graph: FlowGraph, paid: Numbers, received: Numbers) -> Sums:
        """For these amounts by transaction: four random reads a transaction, and from then on all is in order."""
        from followmoney.profiles._kernels_history import ordered

        size, out, into = len(graph), graph.out, graph.into
        (left, spent), (came, got) = (
            fit(ordered, size)(index.row, graph.time, money) for index, money in ((out, paid), (into, received))
        )
        return cls(size, (out.ptr, into.ptr), (out.row, into.row), (left, came), (spent, got))

    def window(self, asked: int, side: int, span: int) -> tuple[NDArray[np.int32], Numbers]:
        """By transaction: how often and how much its originator (`asked` 0) or beneficiary did in (t - span, t]."""
        from followmoney.profiles._kernels_history import windowed

        return fit(windowed, self.size)(*self._asked(asked), *self._told(side), span)

    def before(self, asked: int, side: int) -> tuple[Numbers, Numbers]:
        """By transaction: microseconds since its account did so before (-1: never), and the sum until now."""
        from followmoney.profiles._kernels_history import history

        return fit(history, self.size)(*self._asked(asked), *self._told(side))

    def _asked(self, side: int) -> tuple[Numbers, NDArray[np.uint32], Numbers]:
        return self.ptr[side], self.row[side], self.time[side]

    def _told(self, side: int) -> tuple[Numbers, NDArray[np.uint32], Numbers, Numbers]:
        return *self._asked(side), self.money[side]
