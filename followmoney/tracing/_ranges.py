"""The least and the most of many sets of places, one after the other: every flow starts from the last one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._push import AGAIN, ELSEWHERE, WANTED, Pusher

if TYPE_CHECKING:
    from followmoney.tracing._places import SUBJECT, Named

Money = NDArray[np.int64]
_LIMIT = 2.0**62


class Places(NamedTuple):
    """A set of places: those surely meant, and those possibly meant (one payment may be for things of several)."""

    sure: Money
    possible: Money


def of_each(places: Sequence[Money]) -> list[Places]:
    """Sets of places that are surely meant."""
    return [Places(some, some) for some in places]


def asked_of_each(named: Named, subjects: Sequence[SUBJECT], currency: str | None) -> list[tuple[int, int]]:
    """See `Trace.bounds_of_each`."""
    from followmoney.tracing._places import currency_of

    sets: list[Places] = []
    for subject in subjects:
        sure, possible, words = named.find(subject)
        here = (named.places["code"] == currency_of(named, possible, words, currency)).to_numpy()
        sets.append(Places(np.flatnonzero(sure & here), np.flatnonzero(possible & here)))
    return of_sets(named, sets)


def of_sets(named: Named, sets: Sequence[Places]) -> list[tuple[int, int]]:
    """By set: the least and the most; nothing where no place is possible."""
    least, most = ranges(named, [its for its in sets if len(its.possible)])
    ends = zip(least.tolist(), most.tolist(), strict=True)
    return [next(ends) if len(its.possible) else (0, 0) for its in sets]


class Parts:
    """What a flow brings to sets of places."""

    def __init__(self, sets: Sequence[Money], place: NDArray[np.integer], size: int) -> None:
        """`place`: where each arc into a place ends, in order."""
        start: list[int] = np.searchsorted(place, np.arange(size + 1)).tolist()
        asked: list[list[int]] = [some.tolist() for some in sets]
        self.arcs = [np.array([arc for p in some for arc in range(start[p], start[p + 1])], np.int64) for some in asked]
        self._at = np.concatenate([np.arange(0), *self.arcs])
        long = np.array([len(arcs) for arcs in self.arcs], np.int64)
        self._stop = np.cumsum(long)
        self._start = self._stop - long

    def of(self, flow: Money) -> Money:
        """By set: what comes in; `flow` by arc into a place. Exact: what wraps around in running sums cancels out."""
        run = np.concatenate([np.zeros(1, np.int64), np.cumsum(flow[self._at])])
        return run[self._stop] - run[self._start]


def ranges(named: Named, sets: Sequence[Places], largest: int | None = None) -> tuple[Money, Money]:
    """By set: the least and the most, in minor units; 0 and 0 for sets that were not asked for."""
    if not sets:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    network = named.network
    size = len(network.kind)
    ends = np.flatnonzero(network.head >= network.place)
    ends = ends[np.argsort(network.head[ends], kind="stable")]
    place = network.head[ends] - network.place
    sure, possible = (Parts(some, place, size) for some in ([s.sure for s in sets], [s.possible for s in sets]))
    total = network.total
    rough = np.array([np.minimum(network.cap[ends[arcs]], total).sum(dtype=np.float64) for arcs in possible.arcs])
    ceiling = np.where(rough >= _LIMIT, total, np.minimum(possible.of(np.minimum(network.cap[ends], total)), total))
    order = np.argsort(-ceiling, kind="stable")[: len(sets) if largest is None else largest]
    chosen: list[int] = np.sort(order).tolist()
    pusher = Pusher(network, flows=len(chosen))
    flows = [pusher.first(np.full(size, value)) for value in (True, False)]
    low = np.min([sure.of(flow[2 * ends + 1]) for flow in flows], axis=0)
    high = np.max([possible.of(flow[2 * ends + 1]) for flow in flows], axis=0)
    for into in (True, False):
        half = pusher.half ^ np.int32(into)
        room = flows[0][half]
        carries = np.empty(len(half), np.int64)
        carries[half] = np.arange(len(half))
        carries = carries[2 * ends + 1]  # where `room` says how much flows into each place
        side = np.zeros(network.size, np.uint8)
        side[network.place :] = ELSEWHERE
        side[network.gained] = ELSEWHERE
        for target in chosen:
            if (high[target] >= ceiling[target]) if into else (low[target] <= 0):
                continue
            vertices = (sets[target].possible if into else sets[target].sure) + network.place
            side[vertices] = WANTED
            pusher.search(room, vertices.astype(np.int32), side, into=into, patience=AGAIN)
            side[vertices] = ELSEWHERE
            now = room[carries]
            low, high = np.minimum(low, sure.of(now)), np.maximum(high, possible.of(now))
    codes = named.places["code"].to_numpy()
    unit = np.array([network.unit.get(int(codes[s.possible[0]]), 1) for s in sets], np.int64)
    wanted = np.isin(np.arange(len(sets)), chosen)
    return np.where(wanted, -(-low // unit), 0), np.where(wanted, high // unit, 0)
