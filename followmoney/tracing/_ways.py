"""What a search for paths needs of a trace, made once: what carries claim money, and how much each can bring."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph._kernels import fit
from followmoney.graph._rows import compress
from followmoney.tracing._way_names import Names

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

AT, TIME, PAID, GOT, BEGINS, TAKES, GIVEN, AMOUNT, RECEIVED, COLUMNS = range(10)
"""Columns of what is known of a transaction that carries claim money: its position and time, the purses at its ends,
what it brings if it is a claim transaction, the most of other claim money that it can carry on, the most that can go on
from there, and the whole amounts debited and credited."""

_USUAL_HOPS = 6

Money = NDArray[np.int64]


class Ways:
    """The transactions that carry claim money, by purse credited and then in order: the rows; `Trace.ways` keeps it.

    Cost: a few passes over the transactions; then 1 µs and 140 bytes a row, and 110 bytes more where time matters;
    0.2 kB more for tables, unless rows are very many.
    """

    def __init__(self, trace: Trace) -> None:
        tape, flows, record = trace.record.tape, trace.flows, trace.record
        place = dict(zip(record.claim, tape.claims.tolist(), strict=False))  # those booked later have no place
        claims = np.array(sorted(place[name] for name in trace.claim if name in place), np.int64)
        begins = np.isin(flows.at, claims)
        carry = np.flatnonzero(begins | (flows.taken > 0))
        at = flows.at[carry]
        seen = np.zeros(len(tape.opening), np.bool_)
        seen[tape.paid[at]] = True
        seen[tape.got[at]] = True
        number = np.cumsum(seen) - 1
        by_purse = compress(number[tape.got[at]].astype(np.uint32), int(seen.sum()))
        self.ptr: Money = by_purse.ptr
        """By purse: where its rows begin. Purses are those that claim money touched, numbered anew."""
        carry = carry[by_purse.row]
        at = flows.at[carry]
        self.rows: Money = np.empty((len(at), COLUMNS), np.int64)
        for column, values in (
            (AT, at), (TIME, trace.graph.time[at]), (PAID, number[tape.paid[at]]), (GOT, number[tape.got[at]]),
            (BEGINS, np.where(begins[carry], trace.outcome.arrived[at], 0)), (TAKES, flows.taken[carry]),
            (GIVEN, flows.given[carry]), (AMOUNT, tape.amount[at]), (RECEIVED, tape.received[at]),
        ):  # fmt: skip
            self.rows[:, column] = values
        self.discharged: Money = flows.discharged[carry]
        """By row: how much of it paid off a debt."""
        self.narrow = not tape.converted or bool((self.rows[:, AMOUNT] == self.rows[:, RECEIVED]).all())
        """No row converts money."""
        self.names = Names(record, record.purses.account[seen], record.purses.currency[seen], at)
        self.table: pl.DataFrame | None = None
        """By row: what tables of paths say of it; see `_path_frame`."""
        self._wide = np.zeros((len(at), 0), np.int64)
        self._late = (self._wide, self._wide)

    def index(self, hops: int, *, fastest: bool, timed: bool) -> tuple[Money, Money]:
        """How much can have come by each row in so many transactions or fewer, and how late it can have begun."""
        if not fastest and self._wide.shape[1] <= hops:
            from followmoney.tracing._kernel_paths import widest

            most = max(hops, _USUAL_HOPS)
            self._wide = fit(widest, len(self.rows))(self._in_order, self.rows, len(self.ptr) - 1, most)
        if (fastest or timed) and self._late[0].shape[1] <= hops:
            from followmoney.tracing._kernel_paths import latest

            most = max(hops, _USUAL_HOPS)
            self._late = fit(latest, len(self.rows))(self._in_order, self.rows, len(self.ptr) - 1, most)
        return (self._late[1] if fastest else self._wide), self._late[0]

    @cached_property
    def _in_order(self) -> Money:
        """The rows in order of booking."""
        return np.argsort(self.rows[:, AT], kind="stable")
