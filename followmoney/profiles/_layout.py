"""The transactions of every account side by side: what the kernels of the features walk on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from followmoney.graph import FlowGraph

Whole = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Layout:
    """What every account paid, account by account and in order, then what every account received: two places a row."""

    graph: FlowGraph
    ptr: NDArray[np.int64]
    """By side (0 paid, 1 received) and account: its first place; the last entry is the end."""
    row: Whole
    """By place: the transaction."""
    end: Whole
    """By place: the account at the other end."""
    when: Whole
    """By place: the number of the instant."""
    there: Whole
    """By place: what the account at the other end sees (see `places`)."""
    back: Whole
    """By transaction: place and row where its originator's received list begins to be later."""
    onto: Whole
    """By transaction: place and row where its beneficiary's paid list begins to be later."""
    instant: Whole
    """By transaction: the number of its instant."""
    tie: Whole
    """By instant: its first transaction."""

    @classmethod
    def of(cls, graph: FlowGraph) -> Layout:
        """Lay a graph out: 80 bytes a transaction, four passes."""
        from followmoney.profiles._fit import fit
        from followmoney.profiles._kernels_places import beside, instants, places

        size, out, into = len(graph), graph.out, graph.into
        instant, tie = fit(instants, size)(graph.time)
        row, end, when = (np.empty(2 * size, np.int32) for _ in range(3))
        there, turned = np.empty((2 * size, 6), np.int32), list[Whole]()
        for side, (own, over, other) in enumerate(((out, into, graph.beneficiary), (into, out, graph.originator))):
            part = slice(side * size, (side + 1) * size)
            seen = fit(places, size)(over.ptr, over.row, own.ptr, own.row, 1 - side)
            fit(beside, size)(own.row, other, instant, seen, row[part], end[part], when[part], there[part])
            turned.append(seen[:, [1, 3]].copy())
        ptr = np.stack([out.ptr, into.ptr + size])
        return cls(graph, ptr, row, end, when, there, turned[1], turned[0], instant, tie)

    @cached_property
    def key(self) -> NDArray[np.int64]:
        """What every account paid, by beneficiary and then in order: `beneficiary * 2**32 + row`."""
        from followmoney.profiles._fit import fit
        from followmoney.profiles._kernels_places import by_pair

        return fit(by_pair, len(self.graph))(self.ptr, self.row, self.end)

    def since(self, span: int, *, inclusive: bool) -> Whole:
        """By instant: the first row of the window that begins `span` microseconds before, that instant too or not."""
        from followmoney.profiles._fit import fit
        from followmoney.profiles._kernels_places import since

        return fit(since, len(self.graph))(self.graph.time, self.tie, span, int(inclusive))
