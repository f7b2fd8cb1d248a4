"""Paths as tables: a row a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._ways import AT, GOT, PAID, Ways

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Rows = NDArray[np.int64]


def frame(trace: Trace, ways: Ways, found: list[Rows], *, complete: bool) -> pl.DataFrame:
    """See `tracing/paths.py`; a path is given by its rows, from the claim on."""
    steps = np.concatenate([*found, np.zeros(0, np.int64)])
    lengths = [len(path) for path in found]
    carried = [ways.carried(path.tolist()) for path in found]
    at, graph, tape = ways.rows[steps, AT], trace.graph, trace.record.tape
    known = ways.names.ledger[graph.columns.number[at]]
    purses = trace.record.purses.currency
    paid, got = ways.rows[steps, PAID].tolist(), ways.rows[steps, GOT].tolist()
    text, names = pl.String, trace.graph.currencies or ("",)
    assets = [trace.record.assets.get(i) for i in at.tolist()]
    return pl.DataFrame({
        "path": np.repeat(np.arange(1, len(found) + 1), lengths),
        "step": np.concatenate([np.arange(n) for n in [*lengths, 0]]),
        "transaction": known["id"],
        "booked_at": pl.Series(graph.time[at]).cast(pl.Datetime("us", "UTC")),
        "originator": pl.Series([ways.names.account[purse] for purse in paid], dtype=text),
        "beneficiary": pl.Series([ways.names.account[purse] for purse in got], dtype=text),
        "amount": graph.amount[at],
        "claim": trace.outcome.moved[at],
        "strength": np.repeat(np.array([some[-1] for some in carried], np.int64), lengths),
        "currency": pl.Series([names[code] for code in purses[tape.paid[at]].tolist()], dtype=text),
        "originator_name": pl.Series([ways.names.name[purse] for purse in paid], dtype=text),
        "beneficiary_name": pl.Series([ways.names.name[purse] for purse in got], dtype=text),
        "asset": pl.Series(assets, dtype=pl.String),
        "carried": np.array([most for some in carried for most in some], np.int64),
        "currency_received": pl.Series([names[code] for code in purses[tape.got[at]].tolist()], dtype=text),
        "source": known["source"].cast(text),
        "row": known["row"].cast(pl.Int64),
        "complete": np.full(len(steps), complete),
    })  # fmt: skip


def with_claim_and_words(trace: Trace, ways: Ways, path: pl.DataFrame) -> pl.DataFrame:
    """The same with the claim money that the beneficiary then held, and a sentence a step."""
    raise NotImplementedError

