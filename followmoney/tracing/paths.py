"""Paths: the strongest ways by which claim money can have come to an account or asset, transaction by transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.tracing._tape import CLAIM, STOP

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_MOST_HOPS = 50
_MOST_LOOKED_AT = 500_000  # unfinished paths; a guard: without round trips the search looks at few more than it returns

Path = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Carriers:
    """The transactions that carry claim money, in order, with what the search needs of each."""

    at: NDArray[np.int64]
    rank: NDArray[np.int64]
    """Carriers by (purse debited, order)."""
    pays: NDArray[np.uint32]
    """Purse debited, in the order of `rank`."""
    reach: NDArray[np.int64]
    """The most that can still arrive, by number of further transactions."""
    narrow: bool

    def after(self, carrier: int, purse: int) -> NDArray[np.int64]:
        """The carriers that leave a purse after this one, in order."""
        low, high = np.searchsorted(self.pays, [purse, purse + 1])
        own = self.rank[low:high]
        return own[np.searchsorted(own, carrier, "right") :]


def paths(trace: Trace, to: str, *, limit: int = 10, hops: int = 6, within: timedelta | None = None) -> pl.DataFrame:
    """The strongest paths of claim money from the claim to an account or asset, strongest first.

    A path starts with a claim transaction (step 0), goes on from its beneficiary, forward in the order of booking, and
    comes to no account twice. Every step carries claim money under the trace's rule. Its strength is the smallest claim
    part along it, in the currency that arrives: no more than that can have come this way. Paths share money: strengths
    must not be added up.

    Args:
        trace: A trace.
        to: An account or an asset, by identifier; outside ends are accounts too, like "(cash EUR)".
        limit: The most paths; nothing is ever enumerated beyond that.
        hops: The most transactions after the claim transaction.
        within: The longest time from the claim transaction to the last one.

    Returns:
        path (1 = strongest), step, transaction, booked_at, originator, beneficiary, amount, claim, strength.

    Cost: one pass backwards over the transactions that carry claim money, then about `limit` × `hops` looks ahead.

    Raises:
        SettingsError: An unknown destination (with the nearest match), or limits that make no sense.
    """
    if limit < 1 or not 1 <= hops <= _MOST_HOPS:
        raise SettingsError(f"Ask for at least one path of 1 to {_MOST_HOPS} hops; got limit={limit}, hops={hops}.")
    carriers = _carriers(trace, to, hops)
    found = _search(trace, carriers, limit, hops, None if within is None else within // timedelta(microseconds=1))
    return _frame(trace, [(strength, carriers.at[list(path)]) for strength, path in found])


def _carriers(trace: Trace, to: str, hops: int) -> _Carriers:
    from followmoney.graph._kernels import fit
    from followmoney.tracing._kernel_paths import reach

    tape, outcome = trace.record.tape, trace.outcome
    at = np.flatnonzero(outcome.moved > 0)
    paid, got = tape.paid[at], tape.got[at]
    ends = np.where(_arrives(trace, to)[at], outcome.arrived[at], 0)
    narrow = bool((tape.amount[at] == tape.received[at]).all())
    stops = tape.mark[at] & STOP > 0
    most = fit(reach, len(at))(paid, got, outcome.moved[at], ends, stops, len(tape.opening), hops, narrow)
    rank = np.argsort(paid, kind="stable")
    return _Carriers(at, rank, paid[rank], most, narrow)


def _arrives(trace: Trace, to: str) -> NDArray[np.bool_]:
    """Transactions that bring money to the destination."""
    record, graph = trace.record, trace.graph
    parts: dict[str, list[str]] = dict(graph.ledger.purchases().select("asset", "assets").iter_rows())
    bought = {at for at, asset in record.assets.items() if to in parts[asset]}
    mask = np.zeros(len(record.tape), np.bool_)
    if bought:
        mask[sorted(bought)] = True
        return mask
    if graph.vertices["id"].index_of(to) is None:
        assets = {name for asset in record.assets.values() for name in parts[asset]}
        raise SettingsError(unknown("account or asset", to, [*assets, *graph.vertices["id"].head(10_000)]))
    mask[record.purses.account[record.tape.got] == graph.vertex(to)] = True
    mask[list(record.assets)] = False
    return mask


def _search(trace: Trace, carriers: _Carriers, limit: int, hops: int, within: int | None) -> list[tuple[int, Path]]:
    """Best first: what can still arrive bounds every unfinished path, so paths come out strongest first."""
    tape, accounts, time = trace.record.tape, trace.record.purses.account, trace.graph.time[carriers.at]
    moved, amount, received = (column[carriers.at] for column in (trace.outcome.moved, tape.amount, tape.received))
    got, ends = tape.got[carriers.at], carriers.reach[:, 0]
    queue: list[tuple[int, int, Path, int]] = []

    def look_at(path: Path, brings: int) -> None:
        last = path[-1]
        brings = min(brings, int(moved[last]))
        if amount[last] != received[last]:
            brings = brings * int(received[last]) // int(amount[last])
        most = int(carriers.reach[last, hops - (len(path) - 1)])
        bound = brings if ends[last] else min(brings, most) if carriers.narrow else most
        if bound > 0 and brings > 0:
            heappush(queue, (-bound, len(path), path, brings))

    def after(path: Path) -> NDArray[np.int64]:
        on = carriers.after(path[-1], int(got[path[-1]]))
        visited = [int(accounts[got[step]]) for step in path]
        on = on[~np.isin(accounts[got[on]], visited) & (carriers.reach[on, hops - len(path)] > 0)]
        return on if within is None else on[time[on] - time[path[0]] <= within]

    for start in np.flatnonzero(tape.mark[carriers.at] & CLAIM).tolist():
        look_at((start,), int(moved[start]))
    found: list[tuple[int, Path]] = []
    looked = 0
    while queue and len(found) < limit and looked < _MOST_LOOKED_AT:
        _, _, path, brings = heappop(queue)
        if ends[path[-1]]:
            found.append((brings, path))
        elif len(path) <= hops:
            for step in after(path).tolist():
                looked += 1
                look_at((*path, step), brings)
    return found


def _frame(trace: Trace, found: list[tuple[int, NDArray[np.int64]]]) -> pl.DataFrame:
    steps = np.concatenate([path for _, path in found]) if found else np.zeros(0, np.int64)
    rows = (
        trace.graph.only(steps)
        .to_polars()
        .select(pl.col("id").alias("transaction"), "booked_at", "originator", "beneficiary", "amount")
    )
    lengths = [len(path) for _, path in found]
    numbers = pl.DataFrame({
        "path": np.repeat(np.arange(1, len(found) + 1), lengths),
        "step": np.concatenate([np.arange(n) for n in lengths]) if found else steps,
    })  # fmt: skip
    claims = pl.DataFrame({
        "claim": trace.outcome.moved[steps],
        "strength": np.repeat(np.array([s for s, _ in found], np.int64), lengths),
    })  # fmt: skip
    return pl.concat([numbers, rows, claims], how="horizontal")
