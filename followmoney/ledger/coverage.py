"""Which days the statements received cover, and whether each explains its own balances."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.ledger._fitting import fitting
from followmoney.ledger._lost import lost
from followmoney.ledger._steps import Steps, running
from followmoney.ledger.ledger import Ledger
from followmoney.schema.clock import DAY
from followmoney.schema.sentence import sentence

_SCHEMA = {
    "account": pl.String, "currency": pl.String, "start": pl.Date, "end": pl.Date, "opening": pl.Int64,
    "movements": pl.Int64, "closing": pl.Int64, "difference": pl.Int64, "missing_days": pl.Int64,
    "shared_days": pl.Int64, "carried": pl.Int64, "copies": pl.Int64, "source": pl.String, "row": pl.Int64,
    "finding": pl.String,
}  # fmt: skip
_KEYS = ("account", "currency")


def coverage(ledger: Ledger) -> pl.DataFrame:
    """For every statement received: whether opening + movements = closing, and what lies between it and the one before.

    A statement received twice (same account, days and balances) is one row with `copies`. Cost: one sort of the
    movements of these accounts.

    Returns:
        One row a statement by account, currency and first day, amounts in minor units: account, currency, start, end,
        opening, movements (booked on the account within its days), closing, difference (closing - opening - movements;
        empty where a balance is not stated, and where the days of two statements overlap and it would not be 0: rows
        are known by their day, not by the statement they came on), missing_days (between the statements before and this
        one), shared_days (also on a statement before), carried (its opening - the closing of the one before, where no
        day is missing or shared), copies, source, row, and `finding`: what is wrong, in words (also how many of its
        rows were refused, and their sum where readable); empty where nothing is.

    Raises:
        OverflowLimitError: A figure that does not fit into 64 bits.
    """
    told = ledger["statements"]
    if not len(told):
        return pl.DataFrame(schema=_SCHEMA)
    same = ["account", "currency", "start", "end", "opening", "closing"]
    frame = told.sort("source", "row").group_by(same, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("copies"), pl.col("source").first().cast(pl.String), pl.col("row").first()
    )  # fmt: skip
    frame = _moved(ledger, frame).sort("account", "currency", "start", "end", "source", "row", nulls_last=True)
    before = pl.col("end").cum_max().shift(1).over(_KEYS)
    apart = (pl.col("start") - before).dt.total_days()
    until = pl.when(before.is_not_null()).then(pl.min_horizontal(before, "end"))
    frame = frame.with_columns(
        difference=pl.col("closing").cast(pl.Int128) - pl.col("opening") - pl.col("movements"),
        missing_days=(apart - 1).clip(lower_bound=0).fill_null(0),
        shared_days=((until - pl.col("start")).dt.total_days() + 1).clip(lower_bound=0).fill_null(0),
        carried=pl.when(apart == 1).then(
            pl.col("opening").cast(pl.Int128) - pl.col("closing").cast(pl.Int128).shift(1).over(_KEYS)
        ),
    )
    later = pl.col("start").shift(-1).over(_KEYS) <= pl.col("end")
    unclear = ((pl.col("shared_days") > 0) | later.fill_null(value=False)) & (pl.col("difference") != 0)
    frame = frame.with_columns(unclear=unclear.fill_null(value=False)).with_columns(
        difference=pl.when(~pl.col("unclear")).then("difference")
    )
    frame = fitting(frame)
    return frame.with_columns(lost=lost(ledger, frame)).with_columns(finding=_finding()).select(*_SCHEMA)


def _moved(ledger: Ledger, frame: pl.DataFrame) -> pl.DataFrame:
    """`movements`: what the rows booked within the statement's days come to; its currency where it does not say."""
    numbers = ledger.accounts.select(account="id", number=pl.int_range(pl.len(), dtype=pl.UInt32), kept="currency")
    frame = frame.join(numbers, on="account", how="left").with_columns(
        pl.col("number").fill_null(2**32 - 1), currency=pl.coalesce("currency", "kept")
    )
    steps = Steps.of(ledger)
    start, end = (frame[c].cast(pl.Datetime("us")).to_physical().to_numpy() for c in ("start", "end"))
    places = {"first": steps.last(start, "left"), "last": steps.last(end + DAY - 1, "right")}
    frame = frame.with_columns(pl.Series(f"at_{name}", place.astype(np.int64)) for name, place in places.items())
    run = running(ledger, frame["number"].unique(), steps)
    for name in places:
        frame = frame.sort(f"at_{name}").join_asof(
            run.rename({"run": name}), left_on=f"at_{name}", right_on="place", by=["number", "currency"],
            strategy="backward", check_sortedness=False,
        )  # fmt: skip
    moved = pl.col("last").fill_null(0) - pl.col("first").fill_null(0)
    return frame.with_columns(movements=pl.when(pl.col("currency").is_not_null()).then(moved))


def _finding() -> pl.Expr:
    """What is wrong with a statement, in words."""
    said = [
        (pl.col("end") < pl.col("start"), pl.lit("ends before it begins")),
        (pl.col("difference") != 0, pl.lit("its movements do not lead from its opening to its closing balance")),
        (pl.col("unclear"), pl.lit("whether it adds up cannot be told: another statement has one of its days too")),
        (pl.col("lost").is_not_null(), pl.col("lost")),
        (pl.col("missing_days") > 0, sentence("{} days before it are on no statement", "missing_days")),
        (pl.col("shared_days") > 0, sentence("{} of its days are also on a statement before", "shared_days")),
        (pl.col("carried") != 0, pl.lit("it does not open with what the statement before closed with")),
        (pl.col("copies") > 1, sentence("received {} times", "copies")),
    ]
    words = pl.concat_list(pl.when(wrong).then(text) for wrong, text in said).list.drop_nulls()
    return words.list.join("; ")
