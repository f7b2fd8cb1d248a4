"""What moved on each account, step by step, each end by the statement that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.ledger.ledger import Ledger


@dataclass(frozen=True)
class Steps:
    """Every movement in order; a transfer that two statements show arrives when the beneficiary's says so."""

    times: NDArray[np.int64]
    arrivals: NDArray[np.int64]
    transfers: pl.DataFrame
    """Those: transaction, beneficiary, and their step on the beneficiary's account (arrived)."""

    @classmethod
    def of(cls, ledger: Ledger) -> Steps:
        """The steps of a ledger. Cost: a search a transfer that two statements show."""
        times = ledger.numbered["booked_at"].to_physical().to_numpy()
        mirrors = ledger["mirrors"].sort("booked_at", "transaction")
        at = mirrors["booked_at"].to_physical().to_numpy()
        arrived = np.searchsorted(times, at, "right") + np.arange(len(at))
        ends = ledger.numbered.select(transaction="id", beneficiary="beneficiary")
        known = mirrors.select("transaction", arrived=pl.Series(arrived, dtype=pl.Int64))
        return cls(times, at, known.join(ends, on="transaction"))

    def own(self) -> pl.Series:
        """The step of every transaction on the originator's account."""
        return pl.Series(np.arange(len(self.times)) + np.searchsorted(self.arrivals, self.times, "left"))

    def last(self, at: NDArray[np.int64], side: Literal["left", "right"]) -> NDArray[np.int64]:
        """The last step before these times (left), or at them (right)."""
        return np.searchsorted(self.times, at, side) + np.searchsorted(self.arrivals, at, side) - 1


Shown = Literal["anywhere", "here", "elsewhere"]
"""Which movements of an account: all; without those that only the other end's statement shows; or these alone."""


def running(ledger: Ledger, accounts: pl.Series, steps: Steps, shown: Shown = "anywhere") -> pl.DataFrame:
    """The sum of the movements of each account so far, and their number, after each step that moves it."""
    rows = ledger.numbered.lazy().with_columns(place=steps.own())
    columns = ledger.numbered.columns
    if "status" in columns:
        rows = rows.filter(pl.col("status").is_null() | (pl.col("status").cast(pl.String) == "booked"))
    converted = "amount_received" in columns
    received = pl.coalesce("amount_received", "amount") if converted else pl.col("amount")
    currency = pl.coalesce("currency_received", "currency") if converted else pl.col("currency")
    later = steps.transfers.lazy().drop("beneficiary")
    arriving = rows.join(later, left_on="id", right_on="transaction", how="left") if len(steps.transfers) else rows
    here = _here(columns, arrived="arrived" if len(steps.transfers) else None)
    if shown != "anywhere":
        rows, arriving = (
            side.filter(one if shown == "here" else ~one) for side, one in zip((rows, arriving), here, strict=True)
        )
    sides = [
        rows.select(
            "place",
            number="originator",
            currency=pl.col("currency").cast(pl.String),
            change=0 - pl.col("amount").cast(pl.Int128),
        ),
        arriving.select(
            place=pl.coalesce("arrived", "place") if len(steps.transfers) else pl.col("place"),
            number="beneficiary",
            currency=currency.cast(pl.String),
            change=received.cast(pl.Int128),
        ),
    ]
    moved = pl.concat(side.filter(pl.col("number").is_in(accounts.implode())) for side in sides)
    return (
        moved.group_by("number", "currency", "place")
        .agg(pl.col("change").sum(), rows=pl.len().cast(pl.Int64))
        .sort("place")
        .with_columns(
            run=pl.col("change").cum_sum().over("number", "currency"),
            rows=pl.col("rows").cum_sum().over("number", "currency"),
        )
        .drop("change")
        .collect()
    )


def _here(columns: list[str], *, arrived: str | None) -> tuple[pl.Expr, pl.Expr]:
    """Whether a row moves the originator by the originator's own statement, or one nobody knows; the beneficiary."""
    if "side" not in columns:
        return pl.lit(value=True), pl.lit(value=True)
    side = pl.col("side").cast(pl.String)
    got = side.is_null() | (side == "beneficiary")
    return side.is_null() | (side == "originator"), got | pl.col(arrived).is_not_null() if arrived else got
