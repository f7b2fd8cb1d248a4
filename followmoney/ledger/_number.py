"""Strings become numbers once: accounts are numbered in the order in which money first touches them."""

from __future__ import annotations

import numpy as np
import polars as pl

CASH, UNKNOWN = "cash", "unknown"


def outside(kind: str, currency: str) -> str:
    """The identifier of the account that stands for cash, or for an unknown end, in a currency."""
    return f"({kind} {currency})"


def ends(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Give every transaction two ends: an empty one is cash where the channel says so, else unknown."""
    found = rows.collect_schema().names()
    cash = (
        (pl.col("channel").cast(pl.String) == CASH).fill_null(value=False)
        if "channel" in found
        else pl.lit(value=False)
    )
    paid = pl.col("currency")
    got = pl.coalesce("currency_received", "currency") if "currency_received" in found else paid

    def end(name: str, currency: pl.Expr) -> pl.Expr:
        kind = pl.when(cash).then(pl.lit(CASH)).otherwise(pl.lit(UNKNOWN))
        given = pl.col(name).cast(pl.String) if name in found else pl.lit(None, dtype=pl.String)
        return pl.coalesce(given, pl.concat_str(pl.lit("("), kind, pl.lit(" "), currency, pl.lit(")"))).alias(name)

    return rows.with_columns(end("originator", paid), end("beneficiary", got))


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Transactions by (booked_at, sequence, id): a total order that does not depend on the order of rows in files."""
    at = frame["booked_at"].to_physical().to_numpy()
    step = np.diff(at)
    if (step > 0).all():
        return frame
    if not (step >= 0).all():
        order = np.argsort(at, kind="stable")
        frame, at = frame[order], at[order]
        step = np.diff(at)
    tied = np.zeros(len(at), bool)
    tied[1:] |= step == 0
    tied[:-1] |= step == 0
    if not tied.any():
        return frame
    where = np.flatnonzero(tied)
    sequence = [pl.col("sequence")] if "sequence" in frame.columns else []
    ties = frame[where].select("booked_at", *sequence, "id").with_columns(pl.Series("_at", where))
    order = np.arange(len(at))
    order[where] = ties.sort("booked_at", *sequence, "id", nulls_last=True)["_at"].to_numpy()
    return frame[order]


def number(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Replace the two ends by dense numbers in order of first appearance; returns the identifiers in that order too.

    `frame` is in order and its ends are Categoricals over one list of categories. Cost: three passes over two columns.
    """
    paid, got = (frame[c].to_physical().to_numpy() for c in ("originator", "beneficiary"))
    size = len(frame)
    if not size:
        return frame.with_columns(pl.col("originator", "beneficiary").cast(pl.UInt32)), pl.Series(
            "id", [], dtype=pl.String
        )
    codes = int(max(paid.max(), got.max())) + 1
    first = np.full(codes, 2 * size, np.int64)
    steps = np.arange(size - 1, -1, -1, dtype=np.int64)
    first[got[::-1]] = steps * 2 + 1  # written backwards, so the earliest write stands
    earlier = np.full(codes, 2 * size, np.int64)
    earlier[paid[::-1]] = steps * 2
    np.minimum(first, earlier, out=first)
    order = np.argsort(first, kind="stable")[: int((first < 2 * size).sum())]
    dense = np.zeros(codes, np.uint32)
    dense[order] = np.arange(len(order), dtype=np.uint32)
    where = first[order]
    odd = (where & 1).astype(bool)
    at = where >> 1
    names = pl.select(
        pl.when(pl.Series(odd))
        .then(frame["beneficiary"].gather(at).cast(pl.String))
        .otherwise(frame["originator"].gather(at).cast(pl.String))
        .alias("id")
    ).to_series()
    return frame.with_columns(pl.Series("originator", dense[paid]), pl.Series("beneficiary", dense[got])), names
