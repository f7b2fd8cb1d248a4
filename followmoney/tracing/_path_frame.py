"""Paths as tables: a row a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.tracing._path_words import sentences
from followmoney.tracing._tape import STOP
from followmoney.tracing._ways import AMOUNT, AT, GOT, PAID, RECEIVED, Ways
from followmoney.tracing.rule import Settlement

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

Rows = NDArray[np.int64]


_KEPT = 500_000  # rows of an index; 0.2 kB each
_COMPLETE = pl.Series("complete", [False, True])


class Found(NamedTuple):
    """Paths that were found, the best first; see `_kernel_paths.told`."""

    rows: NDArray[np.uint32]
    """From the claim on, path after path."""
    numbers: Rows
    """Path, step, strength, carried: of all rows the first, then of all the second, ..."""


def frame(trace: Trace, ways: Ways, found: Found, complete: bool) -> pl.DataFrame:
    """See `tracing/paths.py`. Made in few steps: a table of a few rows costs what its columns cost, each by itself."""
    size = len(found.rows)
    if ways.table is None and len(ways.rows) <= _KEPT:
        ways.table = _table(trace, ways, np.arange(len(ways.rows)))
    table = _table(trace, ways, found.rows) if ways.table is None else ways.table[pl.Series(found.rows)]
    numbers = pl.Series(found.numbers)
    for column, (place, name) in enumerate(((0, "path"), (1, "step"), (8, "strength"), (13, "carried"))):
        table.insert_column(place, numbers.slice(column * size, size).alias(name))
    return table.insert_column(18, _COMPLETE.new_from_index(int(complete), size))


def _table(trace: Trace, ways: Ways, rows: NDArray[np.integer]) -> pl.DataFrame:
    """What the table says of rows of the index, whatever path they are on."""
    graph, bought = trace.graph, trace.record.assets
    known = ways.rows[rows]
    at = known[:, AT]
    ledger = ways.names.ledger[graph.columns.number[at]]
    payer, payee = ways.names.ends[known[:, PAID]], ways.names.ends[known[:, GOT]]
    return pl.DataFrame({
        "transaction": ledger["id"],
        "booked_at": pl.Series(graph.time[at]).cast(pl.Datetime("us", "UTC")),
        "originator": payer["account"],
        "beneficiary": payee["account"],
        "amount": known[:, AMOUNT],
        "claim": trace.outcome.moved[at],
        "currency": payer["currency"],
        "originator_name": payer["name"],
        "beneficiary_name": payee["name"],
        "asset": pl.Series([bought.get(i) for i in at.tolist()] if bought else [None] * len(at), dtype=pl.String),
        "amount_received": known[:, RECEIVED],
        "currency_received": payee["currency"],
        "source": ledger["source"].cast(pl.String),
        "row": ledger["row"].cast(pl.Int64),
    })  # fmt: skip


def with_claim_and_words(trace: Trace, ways: Ways, found: Found, shown: pl.DataFrame) -> pl.DataFrame:
    """The same with the claim money that the beneficiary then held, and a sentence a step."""
    held = [_held(trace, at) for at in ways.rows[found.rows, AT].tolist()]
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
