"""What is missing in the files: openings nobody states, accounts and periods without a statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np

from followmoney.graph import FlowGraph
from followmoney.ledger.when import first, micros
from followmoney.tracing._opening import unstated
from followmoney.tracing._places import Named
from followmoney.tracing._record import Record
from followmoney.tracing._tape import STOP

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """One document that is missing: the statement of an account over a period."""

    kind: str
    """opening: the balance it started with; period: movements between two statements; onward: what it paid on."""
    purse: int
    start: date | None
    end: date | None
    position: int
    """Transactions from this position on are booked after the start of the gap."""


def gaps(named: Named) -> list[Gap]:
    """The gaps in accounts that claim money can reach, in order of account and time."""
    record, graph = named.record, named.graph
    reached = np.unique(named.network.cone.purse).tolist()
    nobody, periods = unstated(graph, record.purses), covered(graph)
    pays = np.zeros(len(record.tape.opening), np.bool_)
    pays[record.tape.paid] = True
    found: list[Gap] = []
    for purse in reached:
        if record.tape.outside[purse]:
            continue
        account = int(record.purses.account[purse])
        name = graph.vertices["id"][account]
        known = periods.get(name, [])
        if pays[purse] and nobody[purse]:
            found.append(Gap("opening", purse, None, _first_day(record, purse), 0))
        if known:
            found += [
                Gap("period", purse, end + _DAY, start - _DAY, _position(record, end + _DAY))
                for (_, end), (start, _) in pairwise(known)
            ]
            last = _day(int(graph.time[len(record.tape) - 1]))
            if known[-1][1] < last:
                found.append(Gap("onward", purse, known[-1][1] + _DAY, last, len(record.tape)))
        elif periods or not (pays[purse] or _has_balance(graph, name)):
            found.append(Gap("onward", purse, _first_day(record, purse), None, len(record.tape)))
    return sorted(
        found, key=lambda g: (graph.vertices["id"][int(record.purses.account[g.purse])], g.kind, g.position, g.purse)
    )


def widest(record: Record, gap: Gap) -> Record:
    """The record with the gap closed the other way: the most that the missing document could show.

    opening: other money enough for all the account ever paid. period: everything in the account left unseen, and as
    much other money came in. onward: everything in it at the end of the files left unseen.
    """
    if gap.kind == "opening":
        opening = record.tape.opening.copy()
        opening[gap.purse] = int(record.tape.amount[record.tape.paid == gap.purse].sum())
        return replace(record, tape=replace(record.tape, opening=opening))
    held = max(0, _balance(record, gap.purse, gap.position))
    if not held:
        return record
    return _insert(record, gap, held)


def _insert(record: Record, gap: Gap, amount: int) -> Record:
    """The record with an unseen payment of `amount` to nowhere and, in the middle, as much from nowhere."""
    tape, purses = record.tape, record.purses
    nowhere, count = len(tape.opening), 2 if gap.kind == "period" else 1
    at = [gap.position] * count
    ends = ([gap.purse, nowhere][:count], [nowhere, gap.purse][:count])
    paid, got = (
        np.insert(old, at, np.array(new, old.dtype)) for old, new in zip((tape.paid, tape.got), ends, strict=True)
    )
    money = np.insert(tape.amount, at, amount)
    received = np.insert(tape.received, at, amount) if tape.converted else money
    mark = np.insert(tape.mark, at, np.array([STOP, 0][:count], np.uint8))

    def moved(positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.where(positions >= gap.position, positions + count, positions)

    changed = replace(
        tape, paid=paid, got=got, amount=money, received=received, mark=mark, claims=moved(tape.claims),
        undoes=moved(tape.undoes), opening=np.append(tape.opening, 0), outside=np.append(tape.outside, np.True_),
    )  # fmt: skip
    more = replace(
        purses, paid=paid, got=got, account=np.append(purses.account, np.uint32(purses.account[gap.purse])),
        currency=np.append(purses.currency, purses.currency[gap.purse]),
    )  # fmt: skip
    assets = {at + count * (at >= gap.position): asset for at, asset in record.assets.items()}
    stops = {at + count * (at >= gap.position): kind for at, kind in record.stops.items()}
    return replace(record, tape=changed, purses=more, assets=assets, stops=stops)


def _balance(record: Record, purse: int, position: int) -> int:
    """What is known to be in a purse before the transaction at a position."""
    tape = record.tape
    balance = int(tape.opening[purse])
    touched = np.flatnonzero((tape.paid[:position] == purse) | (tape.got[:position] == purse))
    for at in touched.tolist():
        if tape.paid[at] == purse:
            amount = int(tape.amount[at])
            balance = balance - amount if balance < 0 or amount < balance else 0
        if tape.got[at] == purse:
            balance += int(tape.received[at])
    return balance


def covered(graph: FlowGraph) -> dict[str, list[tuple[date, date]]]:
    """By account, the periods for which there are statements, in order, joined where they meet."""
    joined: dict[str, list[tuple[date, date]]] = {}
    if "statements" not in graph.ledger.tables:
        return joined
    rows = graph.ledger["statements"].select("account", "start", "end").drop_nulls().sort("account", "start", "end")
    for account, start, end in rows.iter_rows():
        periods = joined.setdefault(account, [])
        if periods and start <= periods[-1][1] + _DAY:
            periods[-1] = periods[-1][0], max(periods[-1][1], end)
        else:
            periods.append((start, end))
    return joined


def _has_balance(graph: FlowGraph, account: str) -> bool:
    return "balances" in graph.ledger.tables and account in graph.ledger.balances["account"]


def _first_day(record: Record, purse: int) -> date:
    touched = np.flatnonzero((record.tape.paid == purse) | (record.tape.got == purse))
    return _day(int(record.graph.time[touched[0]]))


def _position(record: Record, day: date) -> int:
    return int(np.searchsorted(record.graph.time[: len(record.tape)], micros(first(day)), "left"))


def _day(time: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time)).date()
