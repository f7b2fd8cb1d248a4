"""Every row of evidence stands in the ledger, word for word, with its file and row."""

from __future__ import annotations

import polars as pl

from followmoney.custody.check import Check, check
from followmoney.ledger import Ledger

_WORDS = ("source", "row", "booked_at", "originator", "beneficiary", "amount", "currency")
_NAMED = 5


def evidence(name: str, rows: pl.DataFrame, ledger: Ledger) -> Check:
    """Whether each row is a transaction of the ledger as its source has it. `rows` name it `transaction` or `id`."""
    key = "transaction" if "transaction" in rows.columns else "id"
    same = [column for column in _WORDS if column in rows.columns]
    text = ("source", "currency")
    plain = [*(pl.col(c).cast(pl.String) for c in text if c in same), pl.col("row").cast(pl.Int64)]
    asked = rows.select(key, *same).with_columns(plain)
    there = ledger.transactions.select(pl.col("id").alias(key), *same).with_columns(plain)
    lacking = asked.join(there, on=[key, *same], how="anti", nulls_equal=True)
    shown = [f"{row[0]} ({row[1]} row {row[2]})" for row in lacking.select(key, "source", "row").iter_rows()]
    return check(name, f"Every row of {name} stands in the ledger, with its file and row.", len(rows), shown)


def findings(frame: pl.DataFrame, rows: pl.DataFrame) -> Check:
    """Whether every finding has evidence, and all evidence a finding."""
    ids, shown = set(frame["id"]), set(rows["finding"])
    wrong = [f"{name} has no evidence" for name in sorted(ids - shown)]
    wrong += [f"evidence of {name}, which is no finding" for name in sorted(shown - ids)]
    return check("findings", "Every finding has evidence.", len(ids | shown), wrong)


def sources(ledger: Ledger, recorded: pl.DataFrame) -> Check:
    """Whether every row that was taken or refused names a source that was read, and a row of it."""
    known = set(recorded["source"])
    frames = [ledger.numbered, ledger.refused, *ledger.tables.values()]
    named = [frame.select(pl.col("source").cast(pl.String)) for frame in frames if "source" in frame.columns]
    found = pl.concat(named).filter(pl.col("source").fill_null("") != "")
    strange = sorted(set(found["source"]) - known)
    return check(
        "sources", "Every row names a file that was read.", found["source"].n_unique(),
        [f"{name} is not among the files read" for name in strange[:_NAMED]],
    )  # fmt: skip
