"""`all_bounds`: the least and the most for every account, asset and exit that claim money can reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph import FlowGraph
from followmoney.tracing._claim import asked
from followmoney.tracing._push import ELSEWHERE, WANTED, Pusher

if TYPE_CHECKING:
    from followmoney.tracing._places import Named

Money = NDArray[np.int64]


def all_bounds(
    graph: FlowGraph,
    claim: Sequence[str] | str,
    until: str | date | datetime | None = None,
    largest: int | None = None,
) -> pl.DataFrame:
    """The least and the most claim money, without choosing a rule, for every place that it can be in or have left to.

    Each row is true by itself: the mosts must not be added up (ask `bounds` for a set). See `bounds` for the model.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed.
        until: Look no further than this day or instant.
        largest: Only so many places, those that could hold most at first sight.

    Returns:
        kind (account, cash, unknown, asset, debt), id, currency, least, most (minor units of `currency`); the largest
        most first. Places with nothing at all under every rule are left out.

    Cost: as `bounds`, plus a short search a place: every flow starts from the last one.
    """
    named, _ = asked(graph, claim, until)
    return every_place(named, largest)


def every_place(named: Named, largest: int | None = None) -> pl.DataFrame:
    """See `all_bounds`."""
    least, most = ranges(named, largest)
    known = named.places.with_columns(least=pl.Series(least), most=pl.Series(most))
    found = known.filter(pl.col("kind").is_not_null() & (pl.col("most") > 0))
    return found.select("kind", "id", "currency", "least", "most").sort(
        "most", "least", "kind", "id", "currency", descending=[True, True, False, False, False]
    )


def ranges(named: Named, largest: int | None = None) -> tuple[Money, Money]:
    """The least and the most by place, in minor units; 0 and 0 for places that were not asked for."""
    network = named.network
    size = len(network.kind)
    ends = np.flatnonzero(network.head >= network.place)
    ends = ends[np.argsort(network.head[ends], kind="stable")]
    place = network.head[ends] - network.place
    starts = np.searchsorted(place, np.arange(size))
    chosen = named.places["kind"].is_not_null().to_numpy().copy()
    ceiling = np.minimum(_sums(network.cap[ends], starts), network.claimed)
    if largest is not None:
        first = np.argsort(-ceiling * chosen, kind="stable")[:largest]
        chosen &= np.isin(np.arange(size), first)
    targets = np.flatnonzero(chosen).tolist()
    pusher = Pusher(network, flows=len(targets))
    flows = [pusher.first(np.full(size, value)) for value in (True, False)]
    seen = np.array([_sums(flow[2 * ends + 1], starts) for flow in flows]).reshape(2, size)
    low, high = seen.min(axis=0), seen.max(axis=0)
    for into in (True, False):
        cap = flows[0]
        half = pusher.half ^ np.int32(into)
        room = cap[half]
        carries = np.empty(len(half), np.int64)
        carries[half] = np.arange(len(half))
        carries = carries[2 * ends + 1]  # where `room` says how much flows into each place
        side = np.zeros(network.size, np.uint8)
        side[network.place :] = ELSEWHERE
        side[network.gained] = ELSEWHERE
        for target in targets:
            if (high[target] >= ceiling[target]) if into else (low[target] <= 0):
                continue
            vertex = network.place + target
            side[vertex] = WANTED
            pusher.search(room, np.array([vertex], np.int32), side, into=into)
            side[vertex] = ELSEWHERE
            now = _sums(room[carries], starts)
            np.minimum(low, now, out=low)
            np.maximum(high, now, out=high)
    unit = np.array([network.unit.get(code, 1) for code in named.places["code"].to_list()], np.int64)
    return np.where(chosen, -(-low // unit), 0), np.where(chosen, high // unit, 0)


def _sums(money: Money, starts: NDArray[np.intp]) -> Money:
    """Sums of what stands together, exactly."""
    return np.add.reduceat(money, starts) if len(starts) else np.zeros(0, np.int64)
