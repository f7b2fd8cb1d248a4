"""Earliest arrival: where claim money can have come at all, when at the earliest, and by which transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.tracing._claim import Until, seen_until
from followmoney.tracing._ends import Ends, Keys, Positions
from followmoney.tracing._reach import reach, reach_many
from followmoney.tracing._record import Record

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Ids = Sequence[str] | str


def arrival(graph: FlowGraph, claim: Ids, until: Until = None, within: timedelta | None = None) -> pl.DataFrame:
    """Everywhere the claim money can have come under any rule at all, and when it can first have come there.

    Forward from the claim transactions in the order of booking; amounts and balances play no part: nothing else can
    hold claim money, but not everything here does. Cash, unknown ends and assets end the way.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed.
        until: Look no further than this day or instant.
        within: The longest time from a claim transaction to an arrival.

    Returns:
        account (or the asset), kind (account, cash, unknown, asset, and fee, pooled, good_faith where asserted),
        holder, name, country, first_arrived, transaction (by which it can first have come), hops (after the claim
        transaction, the fewest of any way that ends with that transaction); by first arrival.

    Cost: preparing the transactions as for a trace; then one pass that takes about as long as adding up balances, and
    with `within` a pass over that time for every instant at which a claim transaction was booked.

    Raises:
        SettingsError: An unknown transaction (with the nearest match), no claim, a folded graph.
    """
    record, _ = seen_until(graph, claim, until)
    at, keys, hops = _first(record, record.tape.claims, within)
    return _frame(record, at, keys).with_columns(hops=hops)


def arrivals(
    graph: FlowGraph, claims: Mapping[str, Ids], until: Until = None, within: timedelta | None = None
) -> pl.DataFrame:
    """The same for many claims, each by itself, 64 in one pass: who can have been reached by whose money, and when.

    Claims may share transactions. Returns claim (its name), and the columns of `arrival` without `hops`; in the order
    of the claims, then by first arrival.

    Cost: one pass, about 1.5 times as long, for up to 64 claims; then 1 µs for every row.

    Raises:
        SettingsError: As `arrival`; and a claim without transactions.
    """
    ids = {name: [some] if isinstance(some, str) else list(some) for name, some in claims.items()}
    for name, some in ids.items():
        if not some:
            raise SettingsError(f"Claim {name!r} has no transaction; name at least one, or leave the claim out.")
    if not ids:
        raise SettingsError("No claim: name at least one, like claims={'Ana': ['t17']}.")
    alike: dict[frozenset[str], list[str]] = {}
    returns = _returns(graph)
    for name, some in ids.items():
        alike.setdefault(frozenset(returns.intersection(some)), []).append(name)
    found = [_together(graph, {name: ids[name] for name in names}, until, within) for names in alike.values()]
    number = {name: at for at, name in enumerate(ids)}
    order = pl.col("claim").replace_strict(number, return_dtype=pl.Int64)
    return pl.concat(found).sort(order, maintain_order=True) if len(found) > 1 else found[0]


def _returns(graph: FlowGraph) -> set[str]:
    """Transactions said to return another one: a claim transaction is no return, so claims on them are kept apart."""
    ledger = graph.ledger.numbered
    if "reverses" not in ledger.columns:
        return set()
    return set(ledger.filter(pl.col("reverses").is_not_null())["id"].to_list())


def _together(
    graph: FlowGraph, claims: Mapping[str, Sequence[str]], until: Until, within: timedelta | None
) -> pl.DataFrame:
    """Claims in order, followed at once."""
    record, _ = seen_until(graph, [one for some in claims.values() for one in some], until)
    place = dict(zip(record.claim, record.tape.claims.tolist(), strict=False))  # those booked later have no place
    starts = {name: np.array(sorted({place[i] for i in its if i in place}), np.int64) for name, its in claims.items()}
    found = [_earliest(record, at)[:2] for at in reach_many(record, starts, within).values()]
    number = np.repeat(np.arange(len(found), dtype=np.uint32), [len(at) for at, _ in found])
    rows = _frame(record, *(np.concatenate(part) for part in zip(*found, strict=True)))
    return rows.select(pl.Series("claim", list(starts), dtype=pl.String).gather(number), pl.all())


def of_trace(trace: Trace, within: timedelta | None) -> pl.DataFrame:
    """See `Trace.arrival`."""
    record, mine = trace.record, set(trace.claim)
    starts = [at for at, name in zip(record.tape.claims.tolist(), record.claim, strict=False) if name in mine]
    at, keys, hops = _first(record, np.array(starts, np.int64), within)
    carried = np.unique(Ends(record).of(np.flatnonzero(trace.outcome.arrived > 0)))
    return _frame(record, at, keys).with_columns(hops=hops, carries=np.isin(keys, carried))


def _first(record: Record, claims: Positions, within: timedelta | None) -> tuple[Positions, Keys, Positions]:
    at, hops = reach(record, claims, within)
    at, keys, slots = _earliest(record, at)
    return at, keys, hops[slots]


def _earliest(record: Record, at: Positions) -> tuple[Positions, Keys, Positions]:
    """The first arrival at every end: where, what end, and its place in `at`, which is in order."""
    keys = Ends(record).of(at)
    slot = np.full(int(keys.max(initial=-1)) + 1, -1, np.int64)
    slot[keys[::-1]] = np.arange(len(at))[::-1]  # written last: the first
    slots = np.sort(slot[slot >= 0])
    return at[slots], keys[slots], slots


def _frame(record: Record, at: Positions, keys: Keys) -> pl.DataFrame:
    graph, named = record.graph, np.zeros(int(keys.max(initial=-1)) + 1, np.bool_)
    named[keys] = True
    ends = Ends(record).frame(np.flatnonzero(named))  # once each: with many claims the same ends come up again
    rows = ends[np.cumsum(named, dtype=np.uint32)[keys] - np.uint32(1)]
    return rows.with_columns(
        pl.Series("first_arrived", graph.time[at]).cast(pl.Datetime("us", "UTC")),
        graph.ledger.numbered["id"].gather(graph.columns.number[at]).alias("transaction"),
    )
