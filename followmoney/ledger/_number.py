"""Strings become numbers once: accounts are numbered in the order in which money first touches them."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.schema.sentence import sentence

CASH, UNKNOWN = "cash", "unknown"


def outside(kind: str, currency: str) -> str:
    """The identifier of the account that stands for cash, or for an unknown end, in a currency."""
    return f"({kind} {currency})"


def like_outside(account: pl.Expr) -> pl.Expr:
    """Whether a source's identifier looks like one of those: its money would mix with cash or with an unknown end."""
    ours = pl.any_horizontal(account.str.starts_with(f"({kind} ") for kind in (CASH, UNKNOWN))
    return ours & account.str.ends_with(")")


def with_ends(frame: pl.DataFrame, dtype: pl.Categorical) -> pl.DataFrame:
    """Give every transaction two ends: an empty one is cash where the channel says so, else unknown."""
    for end, currency in (("originator", "currency"), ("beneficiary", "currency_received")):
        if end not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=dtype).alias(end))
        if not frame[end].null_count():
            continue
        cash = pl.col("channel").cast(pl.String) == CASH if "channel" in frame.columns else pl.lit(value=False)
        kind = pl.when(cash).then(pl.lit(CASH)).otherwise(pl.lit(UNKNOWN))
        money = pl.coalesce(currency, "currency") if currency in frame.columns else pl.col("currency")
        name = sentence("({} {})", kind, money.cast(pl.String)).alias(end)
        empty = frame.lazy().with_row_index("at").filter(pl.col(end).is_null()).select("at", name.cast(dtype)).collect()
        frame = frame.with_columns(frame[end].scatter(empty["at"], empty[end]))
    return frame


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Transactions by (booked_at, sequence, id): a total order that does not depend on the order of rows in files.

    Uses up `frame`.
    """
    at = frame["booked_at"].cast(pl.Int64).to_numpy()
    step = np.diff(at)
    if (step > 0).all():
        return frame
    if not (step >= 0).all():
        order = np.argsort(at, kind="stable")
        frame, at = _moved(frame, order), at[order]
        step = np.diff(at)
    where = _disordered(frame, step == 0)
    if not len(where):
        return frame
    order = np.arange(len(at))
    ties = frame[where].select("booked_at", _posted(frame), "id").with_columns(pl.Series("_at", where))
    order[where] = ties.sort("booked_at", "_posted", "id")["_at"].to_numpy()
    return _moved(frame, order)


def _moved(frame: pl.DataFrame, order: NDArray[np.intp]) -> pl.DataFrame:
    """The rows in this order, column by column, each given up as it is moved: 10^8 rows are never held twice."""
    return pl.DataFrame([frame.drop_in_place(name).gather(order) for name in frame.columns])


def _posted(frame: pl.DataFrame) -> pl.Expr:
    """The posting sequence; a row without one comes after those with one."""
    sequence = pl.col("sequence").fill_null(2**63 - 1) if "sequence" in frame.columns else pl.lit(0, dtype=pl.Int64)
    return sequence.alias("_posted")


def _disordered(frame: pl.DataFrame, tied: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Rows of every run of equal times in which some row comes before one it should follow."""
    same = pl.Series("same", np.concatenate([[False], tied]))
    posted, name = pl.col("_posted"), pl.col("id")
    behind = (posted < posted.shift(1)) | ((posted == posted.shift(1)) & (name < name.shift(1)))
    wrong = frame.select(_posted(frame), "id").select((behind & same).fill_null(value=False)).to_series().to_numpy()
    if not wrong.any():
        return np.zeros(0, np.intp)
    run = np.cumsum(~same.to_numpy())
    bad = np.zeros(int(run[-1]) + 1, bool)
    bad[run[wrong]] = True
    return np.flatnonzero(bad[run])


def number(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Replace the two ends by dense numbers in order of first appearance; returns the identifiers in that order too.

    `frame` is in order and its ends are Categoricals over one list of categories. Cost: three passes over two columns.
    """
    accounts, size = frame.schema["originator"], len(frame)
    paid, got = (codes.to_numpy() for codes in frame.select(pl.col("originator", "beneficiary").to_physical()))
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
    names = pl.Series("id", order, dtype=pl.UInt32).cat.to(accounts).cast(pl.String)
    return frame.with_columns(pl.Series("originator", dense[paid]), pl.Series("beneficiary", dense[got])), names
