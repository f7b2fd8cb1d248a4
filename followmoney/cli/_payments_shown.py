"""Who is behind both ends of each payment, as the command line shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_ENDS = ("originator", "beneficiary")


def named(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """With the names of holders and owners beside their identifiers."""
    import polars as pl

    for column in (f"{end}_{what}" for end in _ENDS for what in ("holder", "owner")):
        told = frame[column].replace_strict(names, default=None, return_dtype=pl.String).alias(f"{column}_name")
        frame = frame.insert_column(frame.columns.index(column) + 1, told)
    return frame


def short(frame: pl.DataFrame) -> pl.DataFrame:
    """For people: of each end the account and who is behind it, or why nobody is."""
    import polars as pl

    ends = [
        pl.coalesce(
            pl.col(f"{end}_owner_name") + ", " + pl.col(f"{end}_owner"), f"{end}_owner",
            "(" + pl.col(f"{end}_why") + ")",
        ).alias(f"{end}_owner")
        for end in _ENDS
    ]  # fmt: skip
    columns = ("transaction", "booked_at", "originator", "originator_owner", "beneficiary", "beneficiary_owner")
    return frame.with_columns(ends).select(*columns, "amount", "currency")
