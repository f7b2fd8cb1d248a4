"""Which flow of claim money brings most, or least, to a set of places; exact."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._expanded import Expanded, Ints, Money

Places = NDArray[np.bool_]

_WORTH_COMPILING = 30_000  # arcs times flows; below, plain Python is done before the kernels are loaded
WANTED, ELSEWHERE = 1, 2
"""Sides of places: those that are asked about, all others (as in the kernels, which are loaded only when needed)."""

_MANY = 200  # places; where they take many rounds, push-relabel is faster
_PATIENCE = 12  # rounds
_EXACT_DOUBLES = 2**53
_NEVER = 2**31 - 1


class Pusher:
    """Moves claim money about in a network: every flow it gives sends every claim to its end, and conserves it."""

    def __init__(self, network: Expanded, flows: int = 1) -> None:
        from followmoney.tracing import _kernel_flow as kernels

        self.network = network
        plain = len(network.cap) * flows < _WORTH_COMPILING
        self._towards: Any = kernels.towards.py_func if plain else kernels.towards
        self._shift: Any = kernels.shift.py_func if plain else kernels.shift
        link: Any = kernels.link.py_func if plain else kernels.link
        self._ptr = np.zeros(network.size + 1, np.int32)
        self.half, self._to, self._mate = (np.empty(2 * len(network.cap), np.int32) for _ in range(3))
        link(network.tail, network.head, self._ptr, self.half, self._to, self._mate)
        self._level = np.full(network.size, -1, np.int32)
        self._queue, self._place, self._path = (np.empty(network.size + 1, np.int32) for _ in range(3))

    def extreme(self, wanted: Places, *, most: bool) -> Money:
        """A flow that brings as much as possible (or as little) to the places wanted; by half-arc."""
        network = self.network
        cap = self.first(wanted if most else ~wanted)
        exact = network.claimed < _EXACT_DOUBLES and not network.converted
        patience = _PATIENCE if exact and int(wanted.sum()) > _MANY else _NEVER
        done = self.shift(cap, wanted, into=most, patience=patience)
        return cap if done else self._by_push_relabel(wanted if most else ~wanted)

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

    def shift(self, cap: Money, wanted: Places, *, into: bool, patience: int = _NEVER) -> bool:
        """Change a flow, in place, until no more can be brought to (or away from) the places; False: gave up early."""
        starts = (np.flatnonzero(wanted) + self.network.place).astype(np.int32)
        return self._run(cap, starts, self._sides(wanted), into=into, patience=patience)

    def _sides(self, wanted: Places) -> NDArray[np.uint8]:
        side = np.zeros(self.network.size, np.uint8)
        side[self.network.place :] = np.where(wanted, WANTED, ELSEWHERE)
        side[self.network.gained] = ELSEWHERE
        return side

    def _run(self, cap: Money, starts: Ints, side: NDArray[np.uint8], *, into: bool, patience: int = _NEVER) -> bool:
        half = self.half ^ np.int32(into)
        room = cap[half]
        done = self.search(room, starts, side, patience)
        cap[half] = room
        return done

    def search(self, room: Money, starts: Ints, side: NDArray[np.uint8], patience: int = _NEVER) -> bool:
        """Move as much as can be moved between `starts` and what is ELSEWHERE; False: gave up before."""
        self._shift(
            starts, side, self._ptr, self._to, self._mate, room, self._level, self._queue, self._place, self._path,
            patience,
        )  # fmt: skip
        return bool(self._queue[-1])

    def _by_push_relabel(self, wanted: Places) -> Money:
        """The same from nothing: a maximum flow to the places wanted, then the rest of the claims to any other."""
        from followmoney.graph.adapter import maximum_flow

        network = self.network
        leads = self._sides(wanted) == WANTED
        keep = leading(network.tail, network.head, leads)
        ends = (np.flatnonzero(wanted) + network.place).astype(np.int32)
        room = np.bincount(network.head, weights=np.minimum(network.cap, network.claimed), minlength=network.size)[ends]
        _, flow, _ = maximum_flow(
            network.size + 1,
            np.concatenate([network.tail[keep], ends]),
            np.concatenate([network.head[keep], np.full(len(ends), network.size, np.int32)]),
            np.concatenate([network.cap[keep], np.minimum(room, network.claimed).astype(np.int64)]),
            network.source,
            network.size,
        )
        cap = np.zeros(2 * len(network.cap), np.int64)
        cap[::2] = network.cap
        cap[2 * keep] -= flow[: len(keep)]
        cap[2 * keep + 1] = flow[: len(keep)]
        side = self._sides(wanted)
        side[side == WANTED] = 0
        side[network.source] = WANTED
        self._run(cap, np.array([network.source], np.int32), side, into=False)
        return cap


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
