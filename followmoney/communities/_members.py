"""The members of every network: what each received and paid, and the parts it plays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from followmoney.communities._flows import Flows
from followmoney.graph import FlowGraph
from followmoney.graph.adapter import cut_vertices

FOUR_FIFTHS = 4, 5
_PARTIES = 3  # a collector or distributor has so many payers or payees among the members, or more
_TWICE = 2  # and so many times as many as on the other side

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def roles(graph: FlowGraph, network: Ints, moved: Flows) -> dict[str, Mask]:
    """Which vertices play which part in their network; `network` is its place for every vertex, or -1."""
    size, of = len(network), moved.of_member
    paid, got = graph.originator[moved.inside], graph.beneficiary[moved.inside]
    pairs = np.unique(paid.astype(np.uint64) << np.uint64(32) | got)
    low, high = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(2**32 - 1)).astype(np.int64)
    payees, payers = np.bincount(low, minlength=size), np.bincount(high, minlength=size)
    keys = np.unique(np.minimum(low, high) << 32 | np.maximum(low, high))
    ties = np.stack([keys >> 32, keys & (2**32 - 1)], axis=1)
    partners = np.bincount(ties.ravel(), minlength=size)
    others = np.bincount(network[network >= 0], minlength=1)[network] - 1
    bridge = np.zeros(size, np.bool_)
    bridge[cut_vertices(size, ties[others[ties[:, 0]] > 1])] = True  # of two, neither can be one
    held = {name: amount.astype(np.uint64) for name, amount in of.items()}  # the sum of two may need the 64th bit
    came, went = held["received"] + held["incoming"], held["paid"] + held["outgoing"]
    return {
        "hub": (partners >= _PARTIES) & (2 * partners >= others),
        "collector": (payers >= _PARTIES) & (payers >= _TWICE * payees),
        "distributor": (payees >= _PARTIES) & (payees >= _TWICE * payers),
        "pass_through": _share(went, came) & _share(came, went) & (came > 0),
        "bridge": bridge,
        "entry": _fewest(of["incoming"], network),
        "exit": _fewest(of["outgoing"], network),
    }


def _share(part: NDArray[np.uint64], whole: NDArray[np.uint64]) -> Mask:
    """Part ≥ 4/5 of whole, without multiplying large numbers: whole is split into fives and a rest."""
    up, down = (np.uint64(n) for n in FOUR_FIFTHS)
    fives, rest = np.divmod(whole, down)
    return part >= up * fives + (up * rest + down - np.uint64(1)) // down


def _fewest(amount: Ints, network: Ints) -> Mask:
    """The fewest vertices of each network, largest first, that together have four fifths of its amount."""
    at = np.flatnonzero((network >= 0) & (amount > 0))
    at = at[np.lexsort((at, -amount[at], network[at]))]
    held, start = amount[at].astype(np.uint64), np.flatnonzero(np.diff(network[at], prepend=-1))
    ends = np.cumsum(held)  # may run over 64 bits and around; what is left of it within a network is exact
    many = np.diff(start, append=len(at))
    first = (ends - held)[start]
    whole = ends[start + many - 1] - first if len(at) else first
    enough = _share(ends - held - first.repeat(many), whole.repeat(many))
    chosen = np.zeros(len(network), np.bool_)
    chosen[at[~enough]] = True
    return chosen


def leads(graph: FlowGraph, network: Ints, moved: Flows) -> Ints:
    """The member of every network with the most transactions among members; of several, the one first touched."""
    size = len(network)
    ends = (graph.originator[moved.inside], graph.beneficiary[moved.inside])
    times = np.bincount(ends[0], minlength=size) + np.bincount(ends[1], minlength=size)
    return _largest(times, network, np.flatnonzero(network >= 0))


def gates(amount: Ints, network: Ints) -> Ints:
    """The member of every network with the largest amount; -1 where nobody has any."""
    found = np.full(int(network.max(initial=-1)) + 1, -1)
    some = np.flatnonzero((network >= 0) & (amount > 0))
    found[np.unique(network[some])] = _largest(amount, network, some)
    return found


def _largest(of: Ints, network: Ints, at: Ints) -> Ints:
    at = at[np.lexsort((at, -of[at], network[at]))]
    return at[np.flatnonzero(np.diff(network[at], prepend=-1))]
