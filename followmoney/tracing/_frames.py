"""The tables of a trace: holders, exits, transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.schema import table
from followmoney.tracing._apart import claim_of
from followmoney.tracing._behind import bound
from followmoney.tracing._own import own
from followmoney.tracing.backward import backward, by_movement

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_INSTANT = pl.Datetime("us", "UTC")
_SHOWN = ("id", "booked_at", "originator", "beneficiary", "amount", "currency")
_CONTEXT = ("channel", "purpose", "source", "row")


def currencies(trace: Trace, codes: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> pl.Series:
    """Currencies by name."""
    names = pl.Series("currency", list(trace.graph.currencies) or [""], dtype=pl.String)
    return names.gather(codes.astype(np.uint32))


def holders(trace: Trace) -> pl.DataFrame:
    """See `Trace.holders`."""
    purses, outcome, tape, flows = trace.record.purses, trace.outcome, trace.record.tape, trace.flows
    last = np.zeros(len(purses.account), np.int64)
    for ends, money in ((tape.paid, flows.taken), (tape.got, flows.given)):
        at = flows.at[money > 0]
        np.maximum.at(last, ends[at], trace.graph.time[at])
    at = np.flatnonzero((outcome.claim > 0) & ~trace.record.in_hand)
    accounts = trace.graph.vertices[purses.account[at]]
    held = pl.DataFrame({
        "account": accounts["id"],
        "holder": accounts["holder"] if "holder" in accounts.columns else _empty(len(at)),
        "country": accounts["country"] if "country" in accounts.columns else _empty(len(at)),
        "currency": currencies(trace, purses.currency[at]),
        "balance": outcome.balance[at],
        "claim": outcome.claim[at],
        "last_moved": pl.Series(last[at]).cast(_INSTANT),
        "since": trace.behind.purse[at],
        **{f"claim_{name}": claim_of(trace.outcomes, number)[at] for number, name in enumerate(trace.several, 1)},
    })  # fmt: skip
    names = trace.graph.ledger.parties.lazy().select(holder="id", name="name")
    names = names.filter(pl.col("holder").is_in(held["holder"].implode())).collect()
    return (
        held.join(names, on="holder", how="left", maintain_order="left")
        .with_columns(bound(), share=pl.col("claim") / pl.col("balance"))
        .sort("claim", "account", "currency", descending=[True, False, False])
        .select(
            "account",
            "holder",
            "name",
            "country",
            "currency",
            "balance",
            "claim",
            "bound",
            "share",
            "last_moved",
            *[f"claim_{name}" for name in trace.several],
        )
    )


def exits(trace: Trace) -> pl.DataFrame:
    """See `Trace.exits`."""
    return left(trace).with_columns(bound()).drop("since")


def left(trace: Trace) -> pl.DataFrame:
    """The exits, and since when (microseconds) each is at most what is shown."""
    graph, tape, flows, purses = trace.graph, trace.record.tape, trace.flows, trace.record.purses
    late = trace.behind.movement
    hand = np.flatnonzero((trace.outcome.claim > 0) & trace.record.in_hand)
    to = np.concatenate([tape.got[flows.left_at], hand]).astype(np.uint32)
    accounts = graph.vertices[purses.account[to]]
    rows = [*flows.left_at.tolist(), *[-1] * len(hand)]
    assets = pl.Series([trace.record.assets.get(at) for at in rows], dtype=pl.String)
    asserted = pl.Series([trace.record.stops.get(at) for at in rows], dtype=pl.String)
    scheme = accounts["scheme"].cast(pl.String) if "scheme" in accounts.columns else _empty(len(accounts))
    shown = pl.coalesce(asserted, scheme)
    exits = pl.DataFrame({
        "kind": pl.select(pl.when(assets.is_null()).then(shown).otherwise(pl.lit("asset"))).to_series(),
        "to": pl.select(pl.coalesce(assets, accounts["id"])).to_series(),
        "currency": currencies(trace, purses.currency[to]),
        "claim": np.concatenate([flows.left, trace.outcome.claim[hand]]),
        "since": np.concatenate([late[np.searchsorted(flows.at, flows.left_at)], trace.behind.purse[hand]]),
    })  # fmt: skip
    moved, discharged = backward(trace), flows.discharged - by_movement(trace)
    linked = pl.DataFrame(
        [
            (its.kind, its.to, currencies(trace, purses.currency[tape.got[[its.at]]])[0], its.claim,
             late[np.searchsorted(flows.at, its.at)])
            for its in moved
        ],
        schema=exits.schema, orient="row",
    )  # fmt: skip
    paid_off = flows.at[discharged > 0]
    debts = pl.DataFrame({
        "kind": pl.repeat("debt", len(paid_off), eager=True),
        "to": graph.vertices["id"].gather(purses.account[tape.got[paid_off]]),
        "currency": currencies(trace, purses.currency[tape.got[paid_off]]),
        "claim": discharged[discharged > 0],
        "since": late[discharged > 0],
    })  # fmt: skip
    return (
        pl.concat([exits, linked, debts], how="vertical_relaxed")
        .group_by("kind", "to", "currency")
        .agg(pl.col("claim").sum(), pl.col("since").min())
        .filter(pl.col("claim") != 0)
        .sort("claim", "kind", "to", "currency", descending=[True, False, False, False])
    )


def transactions(trace: Trace) -> pl.DataFrame:
    """See `Trace.transactions`."""
    at = trace.flows.at
    claims = pl.Series("claim", trace.outcome.moved[at]), pl.Series("claim_received", trace.outcome.arrived[at])
    frame = trace.graph.only(at).to_polars()
    given = set(frame.columns)
    columns = table("transactions").columns()
    missing = [pl.lit(None, dtype=columns[c].dtype).alias(c) for c in _CONTEXT if c not in given]
    return frame.with_columns(*missing, *claims).select(
        *_SHOWN[:-1], pl.col("currency").cast(pl.String), "claim", "claim_received", own(trace), *_CONTEXT
    )


def _empty(rows: int) -> pl.Series:
    return pl.Series([None] * rows, dtype=pl.String)
