"""Paths as tables: a row a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._path_words import sentences
from followmoney.tracing._tape import STOP
from followmoney.tracing._ways import AT, GOT, PAID, Ways
from followmoney.tracing.rule import Settlement

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Rows = NDArray[np.int64]


class Found(NamedTuple):
    """A path that was found: its rows in the index, from the claim on."""

    rows: Rows
    last: int
    """The most that can come to the destination by the last step."""


def frame(trace: Trace, ways: Ways, found: list[Found], complete: bool) -> pl.DataFrame:
    """See `tracing/paths.py`."""
    steps = np.concatenate([*(path.rows for path in found), np.zeros(0, np.int64)])
    lengths = [len(path.rows) for path in found]
    carried = [ways.carried(path.rows.tolist(), path.last) for path in found]
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
        "amount_received": tape.received[at],
        "currency_received": pl.Series([names[code] for code in purses[tape.got[at]].tolist()], dtype=text),
        "source": known["source"].cast(text),
        "row": known["row"].cast(pl.Int64),
        "complete": np.full(len(steps), complete),
    })  # fmt: skip


def with_claim_and_words(trace: Trace, ways: Ways, found: list[Found], shown: pl.DataFrame) -> pl.DataFrame:
    """The same with the claim money that the beneficiary then held, and a sentence a step."""
    held = [_held(trace, at) for path in found for at in ways.rows[path.rows, AT].tolist()]
    return shown.with_columns(
        pl.Series("running_claim", held, dtype=pl.Int64), pl.Series("sentence", sentences(shown), dtype=pl.String)
    )


def _held(trace: Trace, at: int) -> int | None:
    """Claim money in the purse that a transaction credits, after it; None where the claim does not stay in a purse."""
    tape, flows = trace.record.tape, trace.flows
    if tape.mark[at] & STOP or (trace.makes_money and not isinstance(trace.chosen, Settlement)):
        return None
    purse, until = tape.got[at], int(np.searchsorted(flows.at, at, "right"))
    before = flows.at[:until]
    into, out = tape.got[before] == purse, tape.paid[before] == purse
    return int(flows.given[:until][into].sum() - flows.taken[:until][out].sum())
