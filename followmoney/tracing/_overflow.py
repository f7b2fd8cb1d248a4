"""Sums of money must fit 64 bits exactly; where they might not, nothing is computed."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import OverflowLimitError
from followmoney.graph import FlowGraph
from followmoney.tracing._purses import Purses
from followmoney.tracing._tape import Tape

_SAFE = 2.0**62  # far enough below 2^63 for a sum in double precision to decide
_LIMIT = 2**63 - 1


def refuse_overflow(tape: Tape, graph: FlowGraph, purses: Purses) -> None:
    """Raise OverflowLimitError, naming the account, if more money passes through it than 64 bits can count."""
    columns = (tape.amount, tape.received, tape.opening)
    if sum(len(column) * float(max(column.max(initial=0), -int(column.min(initial=0)))) for column in columns) < _SAFE:
        return
    if sum(np.abs(column).sum(dtype=np.float64) for column in columns) < _SAFE:
        return
    claimed = exact_sum(tape.received[tape.claims])
    if claimed > _LIMIT:
        raise OverflowLimitError(
            f"The claim adds up to {claimed:,} minor units, more than 64 bits can count. Name fewer claim transactions."
        )
    for ends, money, counts in ((tape.got, tape.received, ~tape.outside), (tape.paid, tape.amount, tape.opening < 0)):
        sums = pl.DataFrame({"purse": ends, "sum": money}).group_by("purse").agg(pl.col("sum").cast(pl.Int128).sum())
        stated = pl.Series(np.abs(tape.opening)).cast(pl.Int128).gather(sums["purse"])
        over = sums.filter((sums["sum"] + stated > _LIMIT) & pl.Series(counts).gather(sums["purse"]))["purse"].sort()
        if len(over):
            account, currency = int(purses.account[over[0]]), int(purses.currency[over[0]])
            raise OverflowLimitError(
                f"More {graph.currencies[currency]} passes through account {graph.vertices['id'][account]} than "
                "64 bits can count exactly. Check its amounts (minor units), or trace a shorter period."
            )


def exact_sum(money: NDArray[np.int64]) -> int:
    """A sum that cannot overflow."""
    return (int((money >> 32).sum()) << 32) + int((money & 0xFFFFFFFF).sum())
