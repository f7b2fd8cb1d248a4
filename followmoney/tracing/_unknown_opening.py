"""Opening balances that nobody states, but that payments prove: the figures if they were clean, and if claim money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.tracing._comparison import KEYS, followed, where
from followmoney.tracing._opening import unstated
from followmoney.tracing._overflow import refuse_overflow
from followmoney.tracing._sweep import each
from followmoney.tracing._tape import CLAIM, Outcome, Tape, added

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace


def openings(trace: Trace) -> pl.DataFrame:
    """See `Trace.openings`."""
    unknown = implied(trace)
    clean = where(_clean(trace, unknown) if unknown else trace)
    ours = where(_claimed(trace, unknown)) if unknown else clean
    return (
        clean.rename({"claim": "opening_clean"})
        .join(ours.rename({"claim": "opening_claim"}), on=KEYS, how="full", coalesce=True)
        .with_columns(pl.col("opening_clean", "opening_claim").fill_null(0))
        .sort("opening_claim", "opening_clean", *KEYS, descending=[True, True, False, False, False])
    )


def implied(trace: Trace) -> dict[int, int]:
    """By purse that claim money reached and whose opening nobody states: the least that explains its payments."""
    record, tape, flows = trace.record, trace.record.tape, trace.flows
    wanted = np.zeros(len(tape.opening), np.bool_)
    wanted[tape.got[flows.at[flows.given > 0]]] = True
    wanted &= ~(tape.outside | record.in_hand) & unstated(trace.graph, record.purses)
    balance = dict.fromkeys(np.flatnonzero(wanted).tolist(), 0)
    lowest = balance.copy()
    rows = np.flatnonzero(wanted[tape.paid] | wanted[tape.got])
    columns = (tape.paid[rows], tape.got[rows], tape.amount[rows], tape.received[rows])
    for paid, got, amount, received in zip(*(column.tolist() for column in columns), strict=True):
        if paid in balance:
            balance[paid] -= amount
            lowest[paid] = min(lowest[paid], balance[paid])
        if got in balance:
            balance[got] += received
    return {purse: -low for purse, low in lowest.items() if low < 0}


def unopened(trace: Trace) -> tuple[str, ...]:
    """See `Trace.unopened`."""
    record, tape, flows = trace.record, trace.record.tape, trace.flows
    purses = np.unique(tape.got[flows.at[flows.given > 0]])
    nobody = unstated(trace.graph, record.purses) & ~(tape.outside | record.in_hand)
    accounts = np.unique(record.purses.account[purses[nobody[purses]]])
    return tuple(sorted(trace.graph.vertices["id"].gather(accounts).to_list()))


def _clean(trace: Trace, unknown: dict[int, int]) -> Trace:
    """The trace with these openings, as other money."""
    record = trace.record
    opening = record.tape.opening.copy()
    opening[list(unknown)] = list(unknown.values())
    tape = replace(record.tape, opening=opening)
    refuse_overflow(tape, trace.graph, record.purses)
    return followed(replace(trace, record=replace(record, tape=tape)))


def _claimed(trace: Trace, unknown: dict[int, int]) -> Trace:
    """The trace with these openings as claim money; where several claim, as that of one more, who is added."""
    tape = _brought(trace.record.tape, unknown)
    outcomes = [_cut(outcome, len(unknown)) for outcome in each(tape, trace.chosen)]
    if trace.claimant is not None:
        outcomes = [outcomes[trace.claimants.index(trace.claimant)], outcomes[-1]]
    return replace(trace, outcome=added(outcomes), outcomes=(), claimants=(), claimant=None)


def _brought(tape: Tape, unknown: dict[int, int]) -> Tape:
    """The tape with one more claim transaction an opening, before all others, from an outside end of its own each."""
    more, count = len(unknown), len(tape.opening)
    ends, money = list(unknown), list(unknown.values())
    amount = np.concatenate([np.array(money, np.int64), tape.amount])
    owner = None if tape.owner is None else np.concatenate([np.full(more, tape.claimants + 1), tape.owner])
    currency, status, time = tape.currency, tape.status, tape.time
    return replace(
        tape,
        paid=np.concatenate([np.arange(count, count + more), tape.paid]).astype(np.uint32),
        got=np.concatenate([np.array(ends, np.uint32), tape.got]),
        amount=amount,
        received=np.concatenate([amount[:more], tape.received]) if tape.converted else amount,
        mark=np.concatenate([np.full(more, CLAIM, np.uint8), tape.mark]),
        claims=np.concatenate([np.arange(more), tape.claims + more]),
        undoes=tape.undoes + more,
        opening=np.concatenate([tape.opening, np.zeros(more, np.int64)]),
        outside=np.concatenate([tape.outside, np.ones(more, np.bool_)]),
        owner=owner,
        claimants=1 if owner is None else tape.claimants + 1,
        time=None if time is None else np.concatenate([np.full(more, time[0] - 1), time]),
        currency=None if currency is None else np.concatenate([currency, currency[ends]]),
        status=None if status is None else np.concatenate([status, np.zeros(more, np.uint8)]),
        assets={at + more: asset for at, asset in tape.assets.items()},
        earned={at + more: start for at, start in tape.earned.items()},
    )


def _cut(outcome: Outcome, more: int) -> Outcome:
    """The outcome without the transactions that brought the openings, and the ends they came from."""
    moved = outcome.moved[more:]
    return Outcome(
        moved,
        moved if outcome.arrived is outcome.moved else outcome.arrived[more:],
        outcome.carried[more:],
        outcome.discharged[more:],
        outcome.unwound,
        outcome.balance[:-more],
        outcome.claim[:-more],
        outcome.accrued[more:],
        outcome.followed[:-more],
    )
