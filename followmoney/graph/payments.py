"""Who is behind both ends of every payment, on its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from followmoney.graph._interests import persons
from followmoney.graph._owners_by_day import NO_HOLDING, every_day
from followmoney.graph.enough import QUARTER, Enough
from followmoney.graph.fold import first_and_last, held
from followmoney.ledger import Ledger

_ENDS = ("originator", "beneficiary")


def owners_of_payments(
    ledger: Ledger, *, companies: Iterable[str] | None = None, threshold: float = QUARTER,
    lower: Mapping[str, float] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Who owned the holder of each account in the end, on the day of each payment; where nobody counts, why.

    The one person with whom `FlowGraph.fold("beneficial_owner")` counts the account of a company on that day: whoever
    owns more than half of it or, failing that, the one with the largest share of `threshold` or more, by least shares.

    Args:
        ledger: Its transactions, accounts, parties and interests are used.
        companies: Only payments from or to accounts of these holders; None: all.
        threshold: Share that is enough, as a fraction, inclusive; 25 % in Regulation (EU) 2024/1624 art. 52(1).
        lower: What is enough in sectors with higher risks, by the beginning of their NACE code: {"64": 0.15}.

    Returns:
        A row a transaction, in the order of the ledger: transaction, booked_at, originator, originator_holder,
        originator_owner (the person; null where nobody counts), originator_why, the same of the beneficiary, amount
        (minor units), currency.

    Cost: that of the fold, and a sorted join of the transactions an end.
    """
    known = held(ledger.accounts).select("id", "party", "scheme")
    columns = ("id", "booked_at", *_ENDS, "amount", "currency")
    rows = ledger.transactions.select(columns).with_columns(pl.col(*_ENDS).cast(pl.String)).with_row_index("at")
    if companies is not None:
        mine = known.filter(pl.col("party").is_in(sorted(set(companies))))["id"].implode()
        rows = rows.filter(pl.any_horizontal(pl.col(*_ENDS).is_in(mine)))
    people = persons(ledger)
    legal = known.filter(~pl.col("party").is_in(people.implode()))["party"].drop_nulls().unique()
    spells = every_day(ledger, legal, *(first_and_last(ledger) or (date.min, date.min)), Enough.of(threshold, lower))
    for end in _ENDS:
        rows = _behind(rows, known, spells, people, end)
    named = [column for end in _ENDS for column in (end, f"{end}_holder", f"{end}_owner", f"{end}_why")]
    return rows.sort("at").select(pl.col("id").alias("transaction"), "booked_at", *named, "amount", "currency")


def _behind(rows: pl.DataFrame, known: pl.DataFrame, spells: pl.DataFrame, people: pl.Series, end: str) -> pl.DataFrame:
    holder, owner, why = (f"{end}_{what}" for what in ("holder", "owner", "why"))
    told = known.rename({"id": end, "party": holder, "scheme": "of"})
    found = rows.join(told, on=end, how="left", maintain_order="left").with_columns(day=pl.col("booked_at").dt.date())
    asked = found.sort("day").join_asof(
        spells.rename({"company": holder, "person": owner, "why": why}).sort("since"),
        left_on="day", right_on="since", by=holder, check_sortedness=False,
    )  # fmt: skip
    himself, outside = pl.col(holder).is_in(people.implode()), pl.col("of").is_in(["cash", "unknown"])
    reason = (
        pl.when(outside).then(pl.lit("no account"))
        .when(pl.col(holder).is_null()).then(pl.lit("who holds the account is not known"))
        .when(himself).then(pl.lit("holds the account"))
        .otherwise(pl.col(why).fill_null(NO_HOLDING)).alias(why)
    )  # fmt: skip
    person = pl.when(himself).then(holder).otherwise(owner).alias(owner)
    return asked.with_columns(reason, person).drop("day", "since", "of")
