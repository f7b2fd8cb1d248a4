"""The slices of a question: as many as wished, none finer than its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.engines.scope import ALWAYS, Scope, Slice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def plan(scope: Scope, time: NDArray[np.int64], slices: int, shards: int) -> list[Slice]:
    """Parts that together own every anchor and every account exactly once, in order of time, then of shard."""
    starts = _starts(time, slices) if scope.sliceable else []
    edges = [ALWAYS[0], *starts]
    parts = shards if scope.shard else 1
    return [
        Slice(
            low=max(start - (scope.look_back or 0), ALWAYS[0]) if scope.sliceable else ALWAYS[0],
            high=min(end + (scope.look_ahead or 0), ALWAYS[1]) if scope.sliceable else ALWAYS[1],
            start=start,
            end=end,
            role=scope.shard if parts > 1 else None,
            part=part,
            parts=parts,
        )
        for start, end in zip(edges, [*(s - 1 for s in starts), ALWAYS[1]], strict=True)
        for part in range(parts)
    ]


def _starts(time: NDArray[np.int64], slices: int) -> list[int]:
    """Where slices after the first begin: equal numbers of transactions, never between two of the same instant."""
    size = len(time)
    return sorted({int(time[size * k // slices]) for k in range(1, slices)} - {int(time[0])}) if size else []
