"""The cone: what claim money can reach on a tape, as arcs between what purses hold at different times."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._tape import INTEREST, UNDO, Tape

SOURCE, STOPPED, HELD, DEBT, COUNTED, GAINED = -1, -2, -3, -4, -5, -6
"""Ends of arcs that are no vertex: where claims come from, where claim money ends, what may be gained."""

Numbers = NDArray[np.int32]
Money = NDArray[np.int64]

_WORTH_COMPILING = 20_000  # transactions; below, the plain pass is done before the kernel is loaded


@dataclass(frozen=True, eq=False)
class Cone:
    """Arcs in an order in which everything that enters a vertex comes before what leaves it.

    The rule-free model: over an arc goes at most what was paid and what was there; between movements at most the
    balance stays. Debits beyond the balance draw other money, a debt holds nothing.
    """

    tail: Numbers
    """Vertex the money comes from; SOURCE for a claim, GAINED for what it may earn."""
    head: Numbers
    """Vertex it goes to; STOPPED, HELD, DEBT or COUNTED where it ends."""
    cap: Money
    """The most claim money that can go this way; minor units of the purse of `tail`, for what comes in of `head`."""
    row: Numbers
    """Position of the transaction; -1 for money that stays where it is."""
    purse: NDArray[np.uint32]
    """By vertex: the purse it belongs to."""
    exchange: Money
    """Shape (conversions, 3): vertex, position of the transaction, the most that is converted (as debited)."""


def cone(tape: Tape, currency: NDArray[np.uint8], *, earning: bool = False, shared: bool = False) -> Cone:
    """Build the cone of a tape.

    Args:
        tape: What happened.
        currency: By purse.
        earning: Claim money may earn what is marked as interest.
        shared: Money of other claimants, which is other money here, may lie between.

    Cost: two passes, about 25 ns a transaction each once compiled.
    """
    from followmoney.tracing import _kernel_cone as kernels

    compiled = len(tape) >= _WORTH_COMPILING
    fates = kernels.fates if compiled else kernels.fates.py_func
    run = kernels.cone if compiled else kernels.cone.py_func
    order = np.argsort(tape.undoes, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    returned = tape.undoes[order]
    fate = np.zeros(len(returned), np.uint8)
    columns = tape.paid, tape.got, tape.amount, tape.received, tape.mark, rank, returned
    if len(returned):
        assert int((tape.mark & UNDO > 0).sum()) == len(returned)
        fates(*columns, tape.outside, tape.opening.copy(), fate)
    interest = earning and bool((tape.mark & INTEREST).any())
    count = 0, 0, 0
    arrays = _room(count)
    for fill in (False, True):
        arrays = _room(count)
        count = run(*columns, fate, tape.outside, currency, interest, shared, tape.opening.copy(), fill, *arrays)
    return Cone(*arrays)


def _room(
    count: tuple[int, int, int],
) -> tuple[Numbers, Numbers, Money, Numbers, NDArray[np.uint32], Money]:
    arcs, vertices, exchanges = count
    return (
        np.empty(arcs, np.int32), np.empty(arcs, np.int32), np.empty(arcs, np.int64), np.empty(arcs, np.int32),
        np.empty(vertices, np.uint32), np.empty((exchanges, 3), np.int64),
    )  # fmt: skip
