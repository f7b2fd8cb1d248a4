"""Do the movements explain the balances? Opening + movements = closing, account by account, balance by balance."""

from __future__ import annotations

import numpy as np
import polars as pl

from followmoney.errors import OverflowLimitError
from followmoney.ledger.ledger import Ledger

_DAY = 86_400_000_000
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
    known = _placed(ledger, known)
    running = _running(ledger, known["number"].unique())
    known = known.sort("place").join_asof(
        running, on="place", by=["number", "currency"], strategy="backward", check_sortedness=False
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
    return _fitting(found)


_SCHEMA = {
    "account": pl.String, "currency": pl.String, "opening": pl.Int64, "opening_stated": pl.Boolean,
    "movements": pl.Int64, "expected": pl.Int64, "closing": pl.Int64, "difference": pl.Int64, "stated": pl.Int64,
    "compared": pl.Int64, "agree": pl.Int64, "first_at": pl.Datetime("us", "UTC"), "first_after": pl.String,
    "first_difference": pl.Int64,
}  # fmt: skip


def _fitting(found: pl.DataFrame) -> pl.DataFrame:
    """The same in 64 bits; sums are made in 128."""
    wide = [name for name, dtype in found.schema.items() if dtype == pl.Int128]
    over = found.filter(
        pl.any_horizontal(
            pl.col(name).cast(pl.Int64, strict=False).is_null() & pl.col(name).is_not_null() for name in wide
        )
    )
    if len(over):
        account, currency = over.row(0)[:2]
        raise OverflowLimitError(
            f"Balances and movements of account {account} in {currency} do not fit into 64 bits; look at the amounts "
            "of its largest transactions and balances: one is likely misread."
        )
    return found.with_columns(pl.col(wide).cast(pl.Int64))


def _placed(ledger: Ledger, known: pl.DataFrame) -> pl.DataFrame:
    """`place`: the number of the last transaction that a balance counts."""
    ids = ledger.numbered.select(after="id", exact=pl.int_range(pl.len(), dtype=pl.Int64))
    known = known.join(ids, on="after", how="left", maintain_order="left")
    opens = (known["kind"].cast(pl.String) == "opening").to_numpy()
    at = known["at"].to_physical().to_numpy()
    times = ledger.numbered["booked_at"].to_physical().to_numpy()
    end = np.where(at % _DAY == 0, at + _DAY - 1, at)
    place = np.where(opens, np.searchsorted(times, at, "left"), np.searchsorted(times, end, "right")) - 1
    return known.with_columns(place=pl.coalesce("exact", pl.Series(place)), opens=pl.Series(opens)).drop("exact")


def _running(ledger: Ledger, accounts: pl.Series) -> pl.DataFrame:
    """The sum of all movements of each account so far, after each transaction that moves it."""
    rows = ledger.numbered.lazy().with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    columns = ledger.numbered.columns
    if "status" in columns:
        rows = rows.filter(pl.col("status").is_null() | (pl.col("status").cast(pl.String) == "booked"))
    converted = "amount_received" in columns
    received = pl.coalesce("amount_received", "amount") if converted else pl.col("amount")
    currency = pl.coalesce("currency_received", "currency") if converted else pl.col("currency")
    sides = [
        rows.select(
            "place",
            number="originator",
            currency=pl.col("currency").cast(pl.String),
            change=0 - pl.col("amount").cast(pl.Int128),
        ),
        rows.select("place", number="beneficiary", currency=currency.cast(pl.String), change=received.cast(pl.Int128)),
    ]
    moved = pl.concat(side.filter(pl.col("number").is_in(accounts.implode())) for side in sides)
    return (
        moved.group_by("number", "currency", "place")
        .agg(pl.col("change").sum())
        .sort("place")
        .with_columns(run=pl.col("change").cum_sum().over("number", "currency"))
        .drop("change")
        .collect()
    )
