"""Stays of money in accounts, oldest money leaving first: how long each part of it was there."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

import numpy as np

from followmoney.case.survival import Stay

if TYPE_CHECKING:
    from collections.abc import Collection

    from followmoney.tracing import Trace


def stays(trace: Trace, purses: Collection[int]) -> dict[int, list[Stay]]:
    """The stays in these purses (what one account holds in one currency), all money counted, claimed or not.

    Oldest first (FIFO). What was there before the records begin leaves first, and is not counted: nobody knows since
    when it was there. Money still there has not left: its stay lasts up to the end of the trace. Payments of an account
    to itself are left out. Cost: one pass over the movements of these purses.
    """
    tape = trace.record.tape
    wanted = np.zeros(len(tape.opening), np.bool_)
    wanted[list(purses)] = True
    wanted &= ~tape.outside
    time = trace.graph.time
    now = end(trace)
    held: dict[int, deque[list[int]]] = defaultdict(deque)
    unknown = {purse: max(0, int(tape.opening[purse])) for purse in purses}
    debt = {purse: max(0, -int(tape.opening[purse])) for purse in purses}
    found: dict[int, list[Stay]] = {purse: [] for purse in purses}
    for at in np.flatnonzero((wanted[tape.paid] | wanted[tape.got]) & (tape.paid != tape.got)).tolist():
        paid, got, when = int(tape.paid[at]), int(tape.got[at]), int(time[at])
        if wanted[paid]:
            rest = int(tape.amount[at])
            before = min(rest, unknown[paid])
            unknown[paid] -= before
            rest -= before
            lots = held[paid]
            while rest and lots:
                part = min(rest, lots[0][1])
                found[paid].append(Stay(when - lots[0][0], part, left=True))
                rest -= part
                lots[0][1] -= part
                if not lots[0][1]:
                    lots.popleft()
        if wanted[got]:
            paid_off = min(int(tape.received[at]), debt[got])
            debt[got] -= paid_off
            if tape.received[at] > paid_off:
                held[got].append([when, int(tape.received[at]) - paid_off])
    for purse, lots in held.items():
        found[purse] += [Stay(now - since, amount, left=False) for since, amount in lots]
    return found


def end(trace: Trace) -> int:
    """When the trace ends, in microseconds: the day or instant asked for, else its last transaction."""
    if trace.until is not None:
        from followmoney.ledger.when import micros

        return micros(trace.until)
    size = len(trace.record.tape)
    return int(trace.graph.time[size - 1]) if size else 0
