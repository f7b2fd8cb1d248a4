"""Holders of claim money, and who is behind each of them on the day the trace ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from followmoney.graph.beneficial import beneficial_owners
from followmoney.tracing import _frames

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace

_HIMSELF = "holds it"


def behind(trace: Trace, threshold: float, lower: Mapping[str, float] | None) -> pl.DataFrame:
    """See `Trace.beneficial_owners`."""
    ledger = trace.graph.ledger
    held = _frames.holders(trace).select("account", "holder", "name", "currency", "claim")
    kinds = ledger.parties.select(holder="id", kind=pl.col("kind").cast(pl.String))
    held = held.with_row_index("place").join(kinds, on="holder", how="left", maintain_order="left")
    legal = held.filter(pl.col("kind").fill_null("unknown") != "person")["holder"].drop_nulls().unique().to_list()
    found = beneficial_owners(ledger, _last_day(trace), companies=legal, threshold=threshold, lower=lower).frame
    ground = found.select(
        pl.col("company").alias("holder"), "person", "article", "ground", "certain", "share_min", "share_max", "path"
    )
    himself = held.filter(pl.col("kind") == "person").select(
        pl.col("holder"), pl.col("holder").alias("person"), pl.lit(None, dtype=pl.String).alias("article"),
        pl.lit(_HIMSELF).alias("ground"), pl.lit(value=True).alias("certain"), pl.lit(1.0).alias("share_min"),
        pl.lit(1.0).alias("share_max"), pl.col("holder").alias("path"),
    ).unique(maintain_order=True)  # fmt: skip
    names = ledger.parties.select(person="id", person_name="name")
    rows = held.join(pl.concat([ground, himself]), on="holder", how="left", maintain_order="left_right")
    return rows.join(names, on="person", how="left", maintain_order="left").select(
        "account", "holder", "name", "currency", "claim", "person", "person_name", "article", "ground", "certain",
        "share_min", "share_max", "path",
    )  # fmt: skip


def _last_day(trace: Trace) -> date | None:
    """The day the trace ends: that of `until`, else of the last transaction."""
    if trace.until is not None:
        return trace.until.astimezone(UTC).date()
    if not len(trace.graph):
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(trace.graph.time[-1]))).date()
