"""Do the movements explain the balances? Opening + movements = closing, account by account, balance by balance."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.ledger._fitting import fitting
from followmoney.ledger._steps import Steps, running
from followmoney.ledger.ledger import Ledger
from followmoney.schema.clock import DAY

_KEYS = ("account", "currency")


def integrity(ledger: Ledger, *, tolerance: int = 0) -> pl.DataFrame:
    """For every account with stated balances: whether opening + movements gives them, and where it first does not.

    Each balance is compared with the one before it plus the movements between, so that one missing row is one
    difference, not one in every balance after it. A balance of a day counts that day's movements; an opening one does
    not. Only booked transactions move money. `tolerance` (minor units) is for banks that state rounded balances. Cost:
    one sort of the movements of these accounts.

    Returns:
        One row an account and currency, amounts in minor units: account, currency, opening (stated, else implied by the
        first balance), opening_stated, movements (from the opening to the last balance), expected (opening +
        movements), closing (the last balance), difference (closing - expected), stated (balances), compared (those
        after the first), agree (those that follow from the one before), first_at, first_after (the transaction), and
        first_difference: the first that does not.

    Raises:
        OverflowLimitError: A figure that does not fit into 64 bits.
    """
    balances = ledger.balances
    if not len(balances):
        return pl.DataFrame(schema=_SCHEMA)
    numbers = ledger.accounts.select(account="id", number=pl.int_range(pl.len(), dtype=pl.UInt32))
    known = balances.join(numbers, on="account", how="left").with_columns(pl.col("number").fill_null(2**32 - 1))
    steps = Steps.of(ledger)
    known = _placed(ledger, known, steps)
    so_far = running(ledger, known["number"].unique(), steps)
    known = known.sort("place").join_asof(
        so_far, on="place", by=["number", "currency"], strategy="backward", check_sortedness=False
    )
    known = known.with_columns(pl.col("run").fill_null(0), pl.col("amount").cast(pl.Int128)).sort(
        *_KEYS, "place", "at", "opens", "source", "row", descending=[False] * 4 + [True] + [False] * 2
    )
    moved = pl.col("run") - pl.col("run").shift(1).over(*_KEYS)
    gained = pl.col("amount") - pl.col("amount").shift(1).over(*_KEYS)
    known = known.with_columns(off=gained - moved)
    wrong = ~pl.col("off").is_between(-tolerance, tolerance)
    opening = pl.when(pl.col("opens").first()).then(0).otherwise(pl.col("run").first())
    found = (
        known.group_by(*_KEYS, maintain_order=True)
        .agg(
            opening=pl.col("amount").first() - opening,
            opening_stated=pl.col("opens").first(),
            movements=pl.col("run").last() - pl.col("run").first() + opening,
            closing=pl.col("amount").last(),
            stated=pl.len().cast(pl.Int64),
            compared=pl.len().cast(pl.Int64) - 1,
            agree=pl.col("off").is_between(-tolerance, tolerance).sum().cast(pl.Int64),
            first_at=pl.col("at").filter(wrong).first(),
            first_after=pl.col("after").filter(wrong).first(),
            first_difference=pl.col("off").filter(wrong).first(),
        )
        .with_columns(expected=pl.col("opening") + pl.col("movements"))
        .with_columns(difference=pl.col("closing") - pl.col("expected"))
        .select(*_SCHEMA)
        .sort(*_KEYS)
    )
    return fitting(found)


_SCHEMA = {
    "account": pl.String, "currency": pl.String, "opening": pl.Int64, "opening_stated": pl.Boolean,
    "movements": pl.Int64, "expected": pl.Int64, "closing": pl.Int64, "difference": pl.Int64, "stated": pl.Int64,
    "compared": pl.Int64, "agree": pl.Int64, "first_at": pl.Datetime("us", "UTC"), "first_after": pl.String,
    "first_difference": pl.Int64,
}  # fmt: skip


def _placed(ledger: Ledger, known: pl.DataFrame, steps: Steps) -> pl.DataFrame:
    """`place`: the last step that a balance counts."""
    ids = ledger.numbered.select(after="id", exact=steps.own())
    known = known.join(ids, on="after", how="left", maintain_order="left")
    known = known.join(
        steps.transfers, left_on=["after", "number"], right_on=["transaction", "beneficiary"], how="left",
        maintain_order="left",
    )  # fmt: skip
    opens = (known["kind"].cast(pl.String) == "opening").to_numpy()
    at = known["at"].to_physical().to_numpy()
    end = np.where(at % DAY == 0, at + DAY - 1, at)
    place = pl.Series(np.where(opens, steps.last(at, "left"), steps.last(end, "right")))
    return known.with_columns(place=pl.coalesce("arrived", "exact", place), opens=pl.Series(opens)).drop(
        "exact", "arrived"
    )
