"""What differs between two tables of accounts, claims, findings or transactions, row by row and exactly."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from followmoney.finding import Findings
from followmoney.ledger import Ledger
from followmoney.ledger._fitting import fitting

NEW, GONE, CHANGED = "new", "gone", "changed"
ORDER = (NEW, GONE, CHANGED)
PLACES = {"kind": pl.String, "id": pl.String, "currency": pl.String, "claim": pl.Int64}
_BOOKED = ("transactions", "debited", "credited")
_TOLD = ("amount", "currency", "strength", "transactions", "explanation")
_MOVED = ("booked_at", "originator", "beneficiary", "amount", "currency")


def changes(before: pl.DataFrame, after: pl.DataFrame, keys: list[str], figures: list[str]) -> pl.DataFrame:
    """A row for each key in which a figure differs: keys, change, and each figure before and after.

    A key has one row on each side at most. New ones first, then gone, then changed; each by key.
    """
    sides = [
        frame.select(*keys, *(pl.col(f).alias(f"{f}_{side}") for f in figures), pl.lit(value=True).alias(side))
        for frame, side in ((before, "before"), (after, "after"))
    ]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True, nulls_equal=True)
    differs = pl.any_horizontal(pl.col(f"{f}_before").ne_missing(pl.col(f"{f}_after")) for f in figures)
    change = (
        pl.when(pl.col("before").is_null()).then(pl.lit(NEW))
        .when(pl.col("after").is_null()).then(pl.lit(GONE))
        .when(differs).then(pl.lit(CHANGED))
    )  # fmt: skip
    told = both.with_columns(change=change).filter(pl.col("change").is_not_null())
    shown = [f"{f}_{side}" for f in figures for side in ("before", "after")]
    return told.select(*keys, "change", *shown).sort(pl.col("change").cast(pl.Enum(ORDER)), *keys, nulls_last=True)


def flows(ledger: Ledger) -> pl.DataFrame:
    """Account, currency, transactions, debited and credited (minor units), of what was booked."""
    moved = ledger.transactions.filter(pl.col("status").is_null() | (pl.col("status").cast(pl.String) == "booked"))
    wide, none = pl.col("amount").cast(pl.Int128), pl.lit(0, dtype=pl.Int128)
    text = pl.col("currency").cast(pl.String)
    got = pl.coalesce("amount_received", "amount").cast(pl.Int128)
    into = pl.coalesce(pl.col("currency_received").cast(pl.String), text)
    ends = [
        moved.select("id", account="originator", currency=text, debited=wide, credited=none),
        moved.select("id", account="beneficiary", currency=into, debited=none, credited=got),
    ]
    sums = pl.concat(ends).group_by("account", "currency").agg(
        pl.col("id").n_unique().cast(pl.Int64).alias("transactions"), pl.col("debited", "credited").sum()
    )  # fmt: skip
    return fitting(sums)


def accounts(before: Ledger | None, after: Ledger | None) -> pl.DataFrame:
    """Account, currency, change, and what was booked before and after."""
    empty = {"account": pl.String, "currency": pl.String} | dict.fromkeys(_BOOKED, pl.Int64)
    a, b = (pl.DataFrame(schema=empty) if ledger is None else flows(ledger) for ledger in (before, after))
    return changes(a, b, ["account", "currency"], [*_BOOKED])


def transactions(before: Ledger | None, after: Ledger | None) -> pl.DataFrame:
    """Id, change, and when, from, to, how much (before, and after)."""
    a, b = (_rows(ledger if ledger is not None else Ledger.of([])) for ledger in (before, after))
    return changes(a, b, ["id"], [*_MOVED, "rest"]).drop("rest_before", "rest_after")


def _rows(ledger: Ledger) -> pl.DataFrame:
    """Transactions with whatever another version of a source may say differently."""
    frame = ledger.transactions.drop("source", "row")
    frame = frame.with_columns(pl.col(name).cast(pl.String) for name in ("currency", "channel", "status", "side"))
    return frame.select("id", *_MOVED, pl.struct(pl.exclude("id", *_MOVED)).alias("rest"))


def grown(found: Findings, end: datetime) -> pl.DataFrame:
    """Findings with transactions after an instant: all of them are (new), or some (changed).

    What a pattern would have said at that instant nobody computed: of before, only the transactions are known.
    """
    shown = found.evidence.filter(pl.col("booked_at") <= end).group_by("finding").agg(
        pl.col("transaction").n_unique().cast(pl.Int64).alias("known")
    )  # fmt: skip
    frame = found.frame.filter(pl.col("last") > end).join(shown, left_on="id", right_on="finding", how="left")
    frame = frame.with_columns(
        change=pl.when(pl.col("known").is_null()).then(pl.lit(NEW)).otherwise(pl.lit(CHANGED)), finding="id"
    )
    whole = findings(Findings.empty(), Findings.empty()).schema
    told = {f"{name}_after": pl.col(name) for name in ("finding", *_TOLD)} | {"transactions_before": pl.col("known")}
    cells = [told.get(n, pl.col(n) if n in frame.columns else pl.lit(None)).cast(t).alias(n) for n, t in whole.items()]
    return frame.select(cells).sort(pl.col("change").cast(pl.Enum(ORDER)), "pattern", "subject", "finding_after")


def findings(before: Findings, after: Findings) -> pl.DataFrame:
    """Pattern, subject, change; finding, amount, currency, strength, transactions and explanation before and after.

    A finding is its evidence: with one more transaction it has another identifier. So findings of one pattern and
    subject that share transactions are one that changed: those that share most first, each once.
    """
    pairs = _pairs(before, after)
    sides = [found.frame.select("pattern", "subject", *_TOLD, finding="id") for found in (before, after)]
    left = sides[0].with_columns(one=pl.col("finding").replace(pairs))
    right = sides[1].with_columns(one="finding")
    return changes(left, right, ["pattern", "subject", "one"], ["finding", *_TOLD]).drop("one")


def _pairs(before: Findings, after: Findings) -> dict[str, str]:
    """Which finding became which, by identifier."""
    there = set(after.frame["id"])
    pairs = {name: name for name in before.frame["id"] if name in there}
    sides = [
        found.evidence.select("finding", "transaction").unique()
        .join(found.frame.select("id", "pattern", "subject"), left_on="finding", right_on="id")
        .filter(~pl.col("finding").is_in(list(pairs)))
        for found in (before, after)
    ]  # fmt: skip
    shared = sides[0].join(sides[1], on=["pattern", "subject", "transaction"], suffix="_after")
    counted = shared.group_by("finding", "finding_after").len()
    counted = counted.sort("len", "finding", "finding_after", descending=[True, False, False])
    taken = set(pairs)
    for one, other, _ in counted.iter_rows():
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs
