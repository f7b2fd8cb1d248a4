"""Where claim money can have come, and by which transaction first: forward in order of booking, amounts aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.graph._kernels import fit
from followmoney.tracing._record import Record
from followmoney.tracing._tape import UNDO

Positions = NDArray[np.int64]

_AT_ONCE = 64  # claims, a bit each


class Watched(NamedTuple):
    """Transactions that need a second look, in order: returns, what they return, and ends that are no outside end."""

    at: Positions
    first: Positions
    """For those that return an earlier one: which of the watched it is; otherwise 0."""
    ends: NDArray[np.bool_]
    """Claim money goes to an asset there, or ends because somebody asserts so: the payee gets other money."""


def reach(record: Record, claims: Positions, within: timedelta | None) -> tuple[Positions, Positions]:
    """Transactions by which money of one claim can first have come somewhere, in order, and in how few.

    A place may come up several times; the first time counts. `claims` are positions, in order.
    """
    from followmoney.tracing._kernel_arrival import NEVER, arrive

    tape, watched = record.tape, _watched(record)
    spans = [(claims, len(tape))] if within is None else _spans(record, claims, within)
    found: list[tuple[Positions, Positions]] = []
    for starts, end in spans:
        fewest = np.full((len(tape.opening), 1), NEVER, np.int32)
        came = np.full((len(tape.opening), 2), -1, np.int64)
        kept = np.full(len(watched.at), NEVER, np.int32)
        begin = int(starts[0]) if len(starts) else end
        fit(arrive, end - begin)(
            begin, end, tape.paid, tape.got, tape.mark, starts, watched.at, watched.first, watched.ends,
            fewest, came, kept,
        )  # fmt: skip
        there, ended = came[:, 0] >= 0, watched.ends & (kept < NEVER)
        found += [(came[there, 0], came[there, 1]), (watched.at[ended], kept[ended].astype(np.int64))]
    at = np.concatenate([part for part, _ in found])
    hops = np.concatenate([part for _, part in found])
    order = np.lexsort((hops, at))
    return at[order], hops[order]


def reach_many(record: Record, claims: Mapping[str, Positions], within: timedelta | None) -> dict[str, Positions]:
    """The same for many claims, each by itself: by claim, the transactions, in order. 64 claims need one pass.

    With `within`, every instant at which a claim begins counts as a claim of its own.
    """
    tape, watched = record.tape, _watched(record)
    begins = [
        (int(starts[0]), end, name, starts)
        for name, some in claims.items()
        for starts, end in ([(some, len(tape))] if within is None else _spans(record, some, within))
        if len(starts)
    ]
    begins.sort(key=lambda begin: begin[:2])
    found: dict[str, list[Positions]] = {name: [] for name in claims}
    for low in range(0, len(begins), _AT_ONCE):
        some = begins[low : low + _AT_ONCE]
        at, bits = _pass(record, watched, [starts for *_, starts in some], [end for _, end, *_ in some])
        for bit, (_, _, name, _) in enumerate(some):
            found[name].append(at[bits >> np.uint64(bit) & np.uint64(1) > 0])
    return {name: np.unique(np.concatenate(parts)) if parts else claims[name] for name, parts in found.items()}


def _pass(
    record: Record, watched: Watched, starts: list[Positions], ends: list[int]
) -> tuple[Positions, NDArray[np.uint64]]:
    from followmoney.tracing._kernel_arrival import arrive_many

    tape, purses = record.tape, len(record.tape.opening)
    bits = np.repeat(np.uint64(1) << np.arange(len(starts), dtype=np.uint64), [len(some) for some in starts])
    claims, which = np.unique(np.concatenate(starts), return_inverse=True)
    owners = np.zeros(len(claims), np.uint64)
    np.bitwise_or.at(owners, which, bits)
    begin = int(claims[0])
    most = min(len(tape) - begin, 2 * purses * len(starts))
    at, new = np.empty(most, np.uint32), np.empty(most, np.uint64)
    kept = np.zeros(len(watched.at), np.uint64)
    goes, stopped = np.zeros((purses, 1), np.uint64), np.zeros(purses, np.uint64)
    count = fit(arrive_many, len(tape) - begin)(
        begin, tape.paid, tape.got, tape.mark, claims, owners, np.array(ends, np.int64), watched.at, watched.first,
        watched.ends, goes, stopped, kept, at, new,
    )  # fmt: skip
    ended = watched.ends & (kept > 0)
    return np.concatenate([at[:count].astype(np.int64), watched.at[ended]]), np.concatenate([new[:count], kept[ended]])


def micros(within: timedelta) -> int:
    """A longest time in microseconds."""
    if within < timedelta(0):
        raise SettingsError(f"A longest time cannot be negative; got within={within}.")
    return within // timedelta(microseconds=1)


def _spans(record: Record, claims: Positions, within: timedelta) -> list[tuple[Positions, int]]:
    """By instant at which a claim begins: its claim transactions, and the position after the last one in time."""
    time = record.graph.time[: len(record.tape)]
    instants, first = np.unique(time[claims], return_index=True)
    ends = np.searchsorted(time, instants + micros(within), "right")
    return list(zip(np.split(claims, first[1:]), ends.tolist(), strict=True)) if len(claims) else []


def _watched(record: Record) -> Watched:
    tape = record.tape
    undo = np.flatnonzero(tape.mark & UNDO) if len(tape.undoes) else np.zeros(0, np.int64)
    ends = np.array(sorted({*record.assets, *record.stops}), np.int64)
    at = np.unique(np.concatenate([undo, tape.undoes, ends]))
    first = np.zeros(len(at), np.int64)
    first[np.searchsorted(at, undo)] = np.searchsorted(at, tape.undoes)
    return Watched(at, first, np.isin(at, ends))
