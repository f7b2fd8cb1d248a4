"""Which flow of claim money brings most, or least, to a set of places; exact."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._expanded import Expanded, Ints, Money

Places = NDArray[np.bool_]
Sides = NDArray[np.uint8]

_WORTH_COMPILING = 10_000  # arcs, for one flow; below, plain Python is done before the kernels are loaded
_A_FLOW = 20  # how many flows that start from another one cost as much as the first
WANTED, ELSEWHERE = 1, 2
"""Sides of places: those that are asked about, all others (as in the kernels, which are loaded only when needed)."""

_MANY = 100  # places; from so many, rounds of augmenting cost more than they bring
_PATIENCE = 3  # rounds of augmenting; what then is left takes many, and push-relabel none
AGAIN = 16
"""Rounds of augmenting where little changes from one flow to the next."""
_FAR_LESS = 8  # times less to move from the other end makes up for going against the order of time


class Pusher:
    """Moves claim money about in a network: every flow it gives sends every claim to its end, and conserves it."""

    def __init__(self, network: Expanded, flows: int = 1) -> None:
        """`flows`: about how many are going to be asked for."""
        from followmoney.tracing import _kernel_flow as flow
        from followmoney.tracing import _kernel_push as push

        self.network = network
        plain = len(network.cap) * (1 + flows / _A_FLOW) < _WORTH_COMPILING
        kernels: list[Any] = [flow.link, flow.towards, flow.shift, push.pour, push.measure, push.drain]
        link, self._towards, self._shift, self._pour, self._measure, self._drain = (
            kernel.py_func if plain else kernel for kernel in kernels
        )
        self._ptr = np.zeros(network.size + 1, np.int32)
        self.half, self._to, self._mate = (np.empty(2 * len(network.cap), np.int32) for _ in range(3))
        link(network.tail, network.head, self._ptr, self.half, self._to, self._mate)
        self._level = np.full(network.size, -1, np.int32)
        self._queue, self._place, self._path = (np.empty(network.size + 1, np.int32) for _ in range(3))

    def extreme(self, wanted: Places, *, most: bool) -> Money:
        """A flow that brings as much as possible (or as little) to the places wanted; by half-arc."""
        cap = self.first(wanted if most else ~wanted)
        self.shift(cap, wanted, into=most)
        return cap

    def first(self, wanted: Places) -> Money:
        """Some flow, much of it to the places wanted."""
        network = self.network
        for side in (self._sides(wanted), self._sides(np.ones_like(wanted))):
            cap = np.zeros(2 * len(network.cap), np.int64)
            cap[::2] = network.cap
            held = np.zeros(network.size, np.int64)
            self._towards(network.tail, network.head, network.source, side, held, np.zeros_like(held), cap)
            if not held[: network.place].any():
                return cap
        raise AssertionError("claim money got stuck in the network")

    def shift(self, cap: Money, wanted: Places, *, into: bool) -> None:
        """Change a flow, in place, until no more can be brought to (or away from) the places."""
        starts = (np.flatnonzero(wanted) + self.network.place).astype(np.int32)
        half = self.half ^ np.int32(into)
        room = cap[half]
        self.search(room, starts, self._sides(wanted), into=into)
        cap[half] = room

    def _sides(self, wanted: Places) -> Sides:
        side = np.zeros(self.network.size, np.uint8)
        side[self.network.place :] = np.where(wanted, WANTED, ELSEWHERE)
        side[self.network.gained] = ELSEWHERE
        return side

    def search(self, room: Money, starts: Ints, side: Sides, *, into: bool, patience: int | None = None) -> None:
        """Move as much as can be moved between `starts` (WANTED) and what is ELSEWHERE.

        `room` says how much the flow over each half-arc can change; with `into` against the flow, else along it.
        """
        if len(starts) <= _MANY:
            self._shift(
                starts, side, self._ptr, self._to, self._mate, room, self._level, self._queue, self._place, self._path,
                _PATIENCE if patience is None else patience,
            )  # fmt: skip
            if self._queue[-1]:
                return
        self._push_relabel(room, side, into=into)

    def _push_relabel(self, room: Money, side: Sides, *, into: bool) -> None:
        """The same without rounds: all that could be moved is poured out at one end, and what gets stuck goes back."""
        start, end = (ELSEWHERE, WANTED) if into else (WANTED, ELSEWHERE)  # along the order of time
        turned = into
        here, there = self._supply(room, side, start, turned=turned), self._supply(room, side, end, turned=not turned)
        if _FAR_LESS * there < here:
            start, end, turned = end, start, not turned
        way = room[self._mate] if turned else room
        graph = self._ptr, self._to, self._mate, way
        excess, height = np.zeros(len(side), np.int64), self._level
        self._pour(side, start, *graph, excess)
        for goal in (end, start):
            more = True
            while more:
                self._measure(side, goal, *graph, height, self._queue)
                more = self._drain(side, *graph, excess, height, self._queue, self._place)
        height[:] = -1
        if turned:
            room[:] = way[self._mate]

    def _supply(self, room: Money, side: Sides, start: int, *, turned: bool) -> float:
        """About how much could be moved out of one side; its vertices come last of all."""
        first = int(self._ptr[self.network.source])
        owner = np.repeat(side[self.network.source :], np.diff(self._ptr[self.network.source :]))
        slots = first + np.flatnonzero(owner == start)
        return float(room[self._mate[slots] if turned else slots].sum(dtype=np.float64))


def begins(network: Expanded) -> NDArray[np.bool_]:
    """By arc: whether it is where a debit draws on what the payer holds (the arcs after it only pass it on)."""
    inner = len(network.cone.purse)
    entered = np.full(network.size, -3, np.int64)
    entered[network.head] = network.row  # in order: the last stands, and arcs of one transaction follow one another
    came = entered[np.minimum(network.tail, max(inner - 1, 0))]
    return (network.row >= 0) & (network.tail < inner) & (came != network.row)


def arrived(network: Expanded, cap: Money) -> Money:
    """What a flow brings to every place, in common units."""
    ends = np.flatnonzero(network.head >= network.place)
    brought = np.zeros(len(network.kind), np.int64)
    np.add.at(brought, network.head[ends] - network.place, cap[2 * ends + 1])
    return brought


def leading(tail: Ints, head: Ints, leads: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The arcs from which these vertices can be reached."""
    from followmoney.tracing import _kernel_flow as kernels

    keep = np.zeros(len(tail), np.bool_)
    run: Any = kernels.leading if len(tail) >= _WORTH_COMPILING else kernels.leading.py_func
    run(tail, head, leads.copy(), keep)
    return np.flatnonzero(keep)
