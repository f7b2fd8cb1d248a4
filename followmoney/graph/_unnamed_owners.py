"""Owners that a source does not name, with the reason it gives: a sentence for each reason."""

from __future__ import annotations

from datetime import date

import polars as pl

from followmoney.graph._interests import some
from followmoney.ledger import Ledger

_NAME = r"^\(not named: (?<reason>.*)\)$"  # as readers of registers write it


def unnamed_owners(ledger: Ledger, day: date | None) -> list[str]:
    """Who is said to have an owner, or a controller, that the source does not name, on a day (None: now)."""
    people = ledger.parties.filter(pl.col("kind").cast(pl.String) == "unknown").select(
        owner="id", reason=pl.col("name").str.extract(_NAME, 1)
    )
    people = people.drop_nulls("reason")
    if not len(people):
        return []
    ended = pl.col("end").is_null() if day is None else (pl.col("end") > day).fill_null(value=True)
    begun = pl.lit(value=True) if day is None else (pl.col("start") <= day).fill_null(value=True)
    held = ledger.interests.filter(ended & begun).select("owner", "owned").join(people, on="owner")
    reasons = held.group_by("reason").agg(pl.col("owned").unique()).sort("reason")
    return [
        f"The source names no owner, and says why ({reason}), of {some(companies)}."
        for reason, companies in reasons.iter_rows()
    ]
