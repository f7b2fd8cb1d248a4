"""Which days the statements received cover, and whether each explains its own balances."""

from __future__ import annotations

import polars as pl

from followmoney.ledger._fitting import fitting
from followmoney.ledger._lost import lost
from followmoney.ledger._on_statement import moved
from followmoney.ledger.ledger import Ledger
from followmoney.schema.sentence import counted, sentence

_SCHEMA = {
    "account": pl.String, "currency": pl.String, "start": pl.Date, "end": pl.Date, "opening": pl.Int64,
    "movements": pl.Int64, "closing": pl.Int64, "difference": pl.Int64, "missing_days": pl.Int64,
    "shared_days": pl.Int64, "carried": pl.Int64, "copies": pl.Int64, "refused": pl.Int64, "elsewhere": pl.Int64,
    "source": pl.String, "row": pl.Int64, "finding": pl.String,
}  # fmt: skip
_KEYS = ("account", "currency")
_SAME = ("account", "currency", "start", "end", "opening", "closing", "movements")
NO_BALANCES = "whether it adds up cannot be told: it states no balances"
"""The finding of a statement of which nothing else is to be said."""


def coverage(ledger: Ledger) -> pl.DataFrame:
    """For every statement received: whether opening + movements = closing, and what lies between it and the one before.

    Only the entries that stand on the statement count, also those that were refused as copies or are taken from the
    statement of the other end. Where a source lists statements without saying which entries stand on them, those booked
    on the account within its days count, unless only the other end's statement shows them. A statement received twice
    (same account, days, balances and movements) is one row with `copies`. Cost: one sort of the movements of these
    accounts.

    Returns:
        One row a statement by account, currency and first day, amounts in minor units: account, currency, start, end,
        opening, movements, closing, difference (closing - opening - movements; empty where a balance is not stated, and
        where nothing says which entries stand on it, another has one of its days too and it would not be 0),
        missing_days (between the statements before and this one), shared_days (also on a statement before; a day that
        two divide, where one opens with what the other closed with, is not), carried (its opening - the closing of the
        one before, where no day is missing or shared), copies, refused (of its entries, copies apart), elsewhere
        (payments of its days that only the statement of the other end shows), source, row, and `finding`: what is
        wrong, in words; empty where nothing is.

    Raises:
        OverflowLimitError: A figure that does not fit into 64 bits.
    """
    told = ledger["statements"]
    if not len(told):
        return pl.DataFrame(schema=_SCHEMA)
    frame = told.sort("source", "row").group_by(_SAME, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("copies"), pl.col("source").first().cast(pl.String),
        pl.col("row", "entries").first(),
    )  # fmt: skip
    frame = lost(ledger, _moved(ledger, frame))
    frame = _beside(frame.sort("account", "currency", "start", "end", "source", "row", nulls_last=True))
    later = pl.col("start").shift(-1).over(_KEYS) <= pl.col("end")
    unclear = ~pl.col("linked") & ((pl.col("shared_days") > 0) | later.fill_null(value=False))
    frame = frame.with_columns(unclear=(unclear & (pl.col("difference") != 0)).fill_null(value=False)).with_columns(
        difference=pl.when(~pl.col("unclear")).then("difference")
    )
    return fitting(frame).with_columns(finding=_finding()).select(*_SCHEMA)


def _moved(ledger: Ledger, frame: pl.DataFrame) -> pl.DataFrame:
    """`movements` where the statement's own entries are not known (`linked`), and `elsewhere`."""
    frame = frame.with_columns(linked=pl.col("movements").is_not_null())
    if not frame["linked"].all():
        frame = moved(ledger, frame, "here").drop("rows")
        frame = frame.with_columns(movements=pl.coalesce(pl.col("movements").cast(pl.Int128), "moved")).drop("moved")
    if "side" not in ledger.numbered.columns:
        return frame.with_columns(elsewhere=pl.lit(0, dtype=pl.Int64))
    return moved(ledger, frame, "elsewhere").drop("moved").rename({"rows": "elsewhere"})


def _beside(frame: pl.DataFrame) -> pl.DataFrame:
    """Its own difference, and what lies between it and the statement before."""
    start, opening, closing = pl.col("start"), pl.col("opening").cast(pl.Int128), pl.col("closing").cast(pl.Int128)
    before, closed = pl.col("end").cum_max().shift(1).over(_KEYS), closing.shift(1).over(_KEYS)
    apart = (start - before).dt.total_days()
    divided = pl.col("linked") & (apart == 0) & (opening == closed)
    until = pl.when(before.is_not_null()).then(pl.min_horizontal(before, "end"))
    shared = ((until - start).dt.total_days() + 1).clip(lower_bound=0).fill_null(0)
    return frame.with_columns(
        difference=closing - opening - pl.col("movements"),
        missing_days=(apart - 1).clip(lower_bound=0).fill_null(0),
        shared_days=pl.when(divided.fill_null(value=False)).then(0).otherwise(shared),
        carried=pl.when((apart == 1) | divided).then(opening - closed),
    )


def _finding() -> pl.Expr:
    """What is wrong with a statement, in words."""
    opens, closes = pl.col("opening").is_not_null(), pl.col("closing").is_not_null()
    missing = counted("{} [day before it is|days before it are] on no statement", "missing_days")
    only = "{} [payment|payments] of its days [stands|stand] only on the statement of the other account"
    others = counted(only, "elsewhere")
    said = [
        (pl.col("end") < pl.col("start"), pl.lit("ends before it begins")),
        (pl.col("difference") != 0, pl.lit("its movements do not lead from its opening to its closing balance")),
        (~opens & ~closes, pl.lit(NO_BALANCES)),
        (opens & ~closes, pl.lit("whether it adds up cannot be told: it does not state what it closes with")),
        (closes & ~opens, pl.lit("whether it adds up cannot be told: it does not state what it opens with")),
        (pl.col("unclear"), pl.lit("whether it adds up cannot be told: another statement has one of its days too")),
        (pl.col("lost").is_not_null(), pl.col("lost")),
        (pl.col("elsewhere") > 0, others),
        (pl.col("missing_days") > 0, missing),
        (pl.col("shared_days") > 0, counted("{} of its days [is|are] also on a statement before", "shared_days")),
        (pl.col("carried") != 0, pl.lit("it does not open with what the statement before closed with")),
        (pl.col("copies") > 1, sentence("received {} times", "copies")),
    ]  # fmt: skip
    words = pl.concat_list(pl.when(wrong).then(text) for wrong, text in said).list.drop_nulls()
    return words.list.join("; ")
