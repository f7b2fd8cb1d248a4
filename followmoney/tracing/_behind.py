"""Figures behind a gap in the statements: claim money that stood in, or came out of, an account not seen whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.ledger.when import first, micros
from followmoney.tracing._gaps import covered
from followmoney.tracing._tape import CLAIM

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Times = NDArray[np.int64]

NEVER = int(np.iinfo(np.int64).max)

_KEYS = ("kind", "id", "currency")


@dataclass(frozen=True, eq=False)
class Behind:
    """Which figures are upper bounds, because money may have moved unseen before them."""

    purse: Times
    """By purse: since when (microseconds) the claim money in it is at most what is shown; NEVER: it is exact."""
    movement: Times
    """By movement of claim money (as in `Trace.flows`): when it was, if it is at most what is shown; NEVER if exact."""


def behind(trace: Trace) -> Behind:
    """Follow the gaps: from an account with one to whoever it paid claim money afterwards.

    A gap is a day without a statement of an account that has statements of other days: between two, after the last
    one, or, where claim money had come already, before the first. Cost: one step a movement of claim money.
    """
    tape, flows, time = trace.record.tape, trace.flows, trace.graph.time
    since, late = np.full(len(tape.opening), NEVER), np.full(len(flows.at), NEVER)
    known = covered(trace.graph)
    if not known or not len(flows.at):
        return Behind(since, late)
    start, gap = _gaps(trace, known)
    columns = time[flows.at], tape.paid[flows.at], tape.got[flows.at], tape.mark[flows.at], flows.given
    for slot, (when, paid, got, mark, given) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        unseen = when < start[got] or when >= gap[got]
        if (since[paid] <= when and not mark & CLAIM) or (unseen and flows.discharged[slot]):
            late[slot] = when
        if given and not tape.outside[got]:
            since[got] = min(since[got], when if unseen or late[slot] <= when else gap[got])
    return Behind(since, late)


def _gaps(trace: Trace, known: Mapping[str, Sequence[tuple[date, date]]]) -> tuple[Times, Times]:
    """By purse: when its first statement starts, and the first gap after it; -NEVER and NEVER where there are none."""
    graph = trace.graph
    last = int(graph.time[len(trace.record.tape) - 1])
    start, gap = np.full(len(graph.vertices), -NEVER), np.full(len(graph.vertices), NEVER)
    for name, periods in known.items():
        account = graph.vertices["id"].index_of(name)
        if account is None:
            continue
        start[account] = micros(first(periods[0][0]))
        ends = [micros(first(end + timedelta(days=1))) for _, end in periods]
        gap[account] = min((end for end in ends if end <= last), default=NEVER)
    account = trace.record.purses.account
    return start[account], gap[account]


def figures(trace: Trace) -> pl.DataFrame:
    """See `Trace.behind_gaps`."""
    from followmoney.tracing._frames import currencies, left

    purses, outcome, behind = trace.record.purses, trace.outcome, trace.behind
    at = np.flatnonzero((outcome.claim > 0) & (behind.purse < NEVER) & ~trace.record.in_hand)
    held = pl.DataFrame(
        {
            "kind": pl.repeat("account", len(at), eager=True),
            "id": trace.graph.vertices["id"].gather(purses.account[at]),
            "currency": currencies(trace, purses.currency[at]),
            "since": behind.purse[at],
        }
    )
    gone = left(trace).filter(pl.col("since") < NEVER).select("kind", pl.col("to").alias("id"), "currency", "since")
    day = pl.col("since").cast(pl.Datetime("us", "UTC")).dt.date()
    return pl.concat([held, gone], how="vertical_relaxed").with_columns(day).sort("since", *_KEYS)


def bound() -> pl.Expr:
    """What a figure is: "<=" behind a gap, else "="."""
    return pl.when(pl.col("since") < NEVER).then(pl.lit("<=")).otherwise(pl.lit("=")).alias("bound")
