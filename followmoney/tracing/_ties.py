"""Transactions that share an instant and no posting sequence: which of them matter, and in which orders they can be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import permutations, product
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._known_order import Known, known_order
from followmoney.tracing._record import Record
from followmoney.tracing._tape import Tape
from followmoney.tracing._touched import NEVER, instants, reached

Order = tuple[int, ...]

_MANY = 10**9
_LARGE = 12  # transactions; more of them can be in more orders than anybody looks at


@dataclass(frozen=True)
class Tie:
    """Transactions of one instant whose order among themselves can change where claim money is."""

    at: Order
    """Their positions, as they stand."""
    after: Mapping[int, Collection[int]]
    """Position → some that are known to come before it; empty where nothing is known."""
    side: Mapping[int, int]
    """Position → -1 for a credit of the accounts they share, 1 for a debit, 0 for both."""

    def arranged(self, key: Callable[[int], int]) -> Order:
        """The order that takes next, of those that can come next, the one with the least key, then the first."""
        waits = {at: set(self.after.get(at, ())) for at in self.at}
        then: dict[int, list[int]] = {}
        for at, first in waits.items():
            for other in first:
                then.setdefault(other, []).append(at)
        ready = [(key(at), at) for at, first in waits.items() if not first]
        heapify(ready)
        order: list[int] = []
        while ready:
            at = heappop(ready)[1]
            order.append(at)
            for other in then.get(at, []):
                waits[other].remove(at)
                if not waits[other]:
                    heappush(ready, (key(other), other))
        return tuple(order)

    def orders(self, limit: int) -> list[Order] | None:
        """Every order they can be in; None if there are more than `limit`."""
        if not self.after:
            many = len(self.at) > _LARGE or factorial(len(self.at)) > limit
            return None if many else list(permutations(self.at))
        found: list[Order] = []
        begun: list[tuple[Order, frozenset[int]]] = [((), frozenset(self.at))]
        while begun and len(found) <= limit:
            order, rest = begun.pop()
            if not rest:
                found.append(order)
            begun += [
                ((*order, at), rest - {at})
                for at in sorted(rest, reverse=True)
                if rest.isdisjoint(self.after.get(at, ()))
            ]
        return found if len(found) <= limit else None


@dataclass(frozen=True)
class Ties:
    """All ties of a tape that matter."""

    ties: tuple[Tie, ...]
    size: int

    @property
    def possible(self) -> int | None:
        """How many orders there can be at most; None: more than a billion."""
        found = 1
        for tie in self.ties:
            found *= factorial(min(len(tie.at), _LARGE + 1))
            if found > _MANY:
                return None
        return found

    def orders(self, limit: int) -> tuple[list[NDArray[np.int64]], bool]:
        """Orders of the whole tape, the one that stands first; and whether they are all there can be.

        Where there are more than `limit` it is the order of identifiers, its reverse, credits first and debits first.
        """
        each = [tie.orders(limit) for tie in self.ties]
        alone = [orders for orders in each if orders is not None]
        found = [tuple(tie.at for tie in self.ties)]
        complete = len(alone) == len(each) and prod(map(len, alone)) <= limit
        if complete:
            found += product(*alone)
        else:
            found.append(tuple(tie.arranged(lambda at: -at) for tie in self.ties))
            found.append(tuple(tie.arranged(lambda at, side=tie.side: side[at]) for tie in self.ties))
            found.append(tuple(tie.arranged(lambda at, side=tie.side: -side[at]) for tie in self.ties))
        return [self._whole(one) for one in dict.fromkeys(found)], complete

    def _whole(self, orders: Iterable[Order]) -> NDArray[np.int64]:
        order = np.arange(self.size)
        for tie, now in zip(self.ties, orders, strict=True):
            order[list(tie.at)] = now
        return order


def ties(record: Record) -> Ties:
    """The ties that can matter: of accounts that claim money can reach, by some rule and some order."""
    tape, instant = record.tape, instants(record.tape)
    same = np.flatnonzero(instant[1:] == instant[:-1])
    if not len(same):
        return Ties((), len(tape))
    rows = np.union1d(same, same + 1)
    reach, known = reached(tape).tolist(), known_order(record, rows)
    groups = np.split(rows, np.flatnonzero(np.diff(instant[rows])) + 1)
    found = [tie for group in groups for tie in _of(tape, group.tolist(), int(instant[group[0]]), reach, known)]
    return Ties(tuple(found), len(tape))


def _of(tape: Tape, group: list[int], now: int, reach: list[int], known: Known) -> Iterator[Tie]:
    """The ties of one instant: transactions that share a purse where order matters, or that must follow each other."""
    out, into = dict[int, list[int]](), dict[int, list[int]]()
    for at in group:
        out.setdefault(int(tape.paid[at]), []).append(at)
        into.setdefault(int(tape.got[at]), []).append(at)
    shared: dict[int, list[int]] = {}
    for purse in out.keys() | into.keys():
        both = sorted({*out.get(purse, ()), *into.get(purse, ())})
        # before claim money comes only a balance that may fall short of a debit makes a difference
        if len(both) > 1 and (reach[purse] <= now or (reach[purse] < NEVER and purse in out and purse in into)):
            shared[purse] = both
    matter = {at for both in shared.values() for at in both}
    for members in _joined(group, [*shared.values(), *known.pairs(group)]):
        if matter.isdisjoint(members):
            continue
        side = {at: (int(tape.paid[at]) in shared) - (int(tape.got[at]) in shared) for at in members}
        tie = Tie(tuple(members), known.after(members), side)
        only = tie.orders(1)
        if only is None or (only and only[0] != tie.at):  # none at all: what is known contradicts itself
            yield tie


def _joined(group: list[int], sets: Iterable[list[int]]) -> list[list[int]]:
    """Members of a group that some set has together, each list in order; in order of the first."""
    part = {at: [at] for at in group}
    for some in sets:
        for at in some[1:]:
            one, other = part[some[0]], part[at]
            if one is not other:
                one, other = (one, other) if len(one) >= len(other) else (other, one)
                one += other
                part.update(dict.fromkeys(other, one))
    lists = {id(members): sorted(members) for members in part.values()}
    return sorted((members for members in lists.values() if len(members) > 1), key=min)
