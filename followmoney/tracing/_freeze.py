"""How much claim money can still reach some places when some of its holders cannot pay any more."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._hitting import TooManyError, fewest
from followmoney.tracing._places import Mask, Named
from followmoney.tracing._push import ELSEWHERE, WANTED, Pusher, begins, leading

_MOST_TRIED = 64  # members tried in each round of the greedy order, by what flows through them
_MOST_ROUNDS = 500  # sets found before the search for the fewest members is given up


class Step(NamedTuple):
    """One more member frozen."""

    member: int
    marginal: int
    left: int


class Freezer:
    """Freezing members (accounts, banks, countries) of a network, from a time on: their later payments do not happen.

    Everyone else pays as booked, and what no longer arrives from a frozen account is replaced by other money.
    """

    def __init__(self, named: Named, wanted: Mask, member: NDArray[np.int64], start: int) -> None:
        """`member` by account, -1 for accounts that cannot be frozen; `start`: position of the first frozen payment."""
        network = named.network
        self._pusher = Pusher(network, flows=100)
        self._side = np.zeros(network.size, np.uint8)
        self._side[network.place :] = np.where(wanted, ELSEWHERE, 0)
        account = named.record.purses.account
        inner = max(len(network.cone.purse) - 1, 0)
        purse = network.cone.purse if len(network.cone.purse) else np.zeros(1, np.uint32)
        payer = account[purse[np.minimum(network.tail, inner)]]
        stops = begins(network) & (network.row >= start)
        self.member = np.where(stops, member[payer], -1)
        """By arc: the member that can stop it, or -1."""
        self._cap = np.zeros_like(network.cap)
        keep = leading(network.tail, network.head, self._side == ELSEWHERE)
        self._cap[keep] = network.cap[keep]
        self._comes = (network.tail == network.source) | ((network.tail == network.gained) & (network.row >= 0))
        self._cap[(network.tail == network.gained) & ~self._comes] = 0  # what roundings may gain nobody can stop
        self.members = sorted({int(m) for m in np.unique(self.member[keep]) if m >= 0})
        """Members through which claim money can go on to the places."""
        self._source = np.array([network.source, network.gained], np.int32)

    def flow(self, frozen: Collection[int]) -> tuple[int, NDArray[np.int64]]:
        """The most that can still arrive, and how much of it goes over each arc."""
        cap = np.zeros(2 * len(self._cap), np.int64)
        cap[::2] = np.where(np.isin(self.member, list(frozen)) & (self.member >= 0), 0, self._cap)
        side = self._side.copy()
        side[self._source] = WANTED
        room = cap[self._pusher.half]
        self._pusher.search(room, self._source, side, into=False)
        cap[self._pusher.half] = room
        over = cap[1::2]
        return int(sum(over[self._comes].tolist())), over

    def through(self, over: NDArray[np.int64]) -> dict[int, int]:
        """How much a flow brings through each member."""
        sums: dict[int, int] = {}
        for at in np.flatnonzero((over > 0) & (self.member >= 0)).tolist():
            member = int(self.member[at])
            sums[member] = sums.get(member, 0) + int(over[at])
        return sums

    def greedy(self, floor: int) -> list[Step]:
        """Freeze one member after the other, each time the one that stops most, until no more than `floor` is left."""
        steps: list[Step] = []
        frozen: list[int] = []
        left, over = self.flow(())
        while left > floor:
            through = self.through(over)
            order = sorted(through, key=lambda m: (-through[m], m))
            best = Step(order[0], 0, left)
            for member in order[:_MOST_TRIED]:
                if through[member] <= best.marginal:
                    break
                now, _ = self.flow([*frozen, member])
                if left - now > best.marginal:
                    best = Step(member, left - now, now)
            steps.append(best)
            frozen.append(best.member)
            left, over = self.flow(frozen)
        return steps

    def fewest(self, floor: int) -> tuple[int, ...] | None:
        """The fewest members that leave no more than `floor`; None if that could not be proven in reasonable time.

        Every set of members that does not suffice lets some flow pass; a set that does must have a member of that flow.
        """
        needed: list[frozenset[int]] = []
        for _ in range(_MOST_ROUNDS):
            try:
                found = fewest(needed)
            except TooManyError:
                return None
            left, over = self.flow(found)
            if left <= floor:
                return found
            needed.append(self._way(found) if floor == 0 else frozenset(self.through(over)))
        return None

    def _way(self, frozen: Collection[int]) -> frozenset[int]:
        """The members on one way that is still open, with as few of them as a search from member to member finds."""
        network = self._pusher.network
        usable = (self._cap > 0) & ~np.isin(self.member, list(frozen))
        cost = np.full(network.size, np.iinfo(np.int64).max)
        cost[self._source] = 0
        came = np.full(network.size, -1, np.int64)
        for at in np.flatnonzero(usable).tolist():  # in order: all that enters a vertex comes before what leaves it
            tail, head = int(network.tail[at]), int(network.head[at])
            if cost[tail] < cost[head]:
                price = int(cost[tail]) + (self.member[at] >= 0)
                if price < cost[head]:
                    cost[head], came[head] = price, at
        ends = np.flatnonzero(self._side == ELSEWHERE)
        at = int(came[ends[np.argmin(cost[ends])]])
        members = set[int]()
        while at >= 0:
            if self.member[at] >= 0:
                members.add(int(self.member[at]))
            at = int(came[network.tail[at]])
        return frozenset(members)
