"""One transfer on two statements: the rows of both ends paired, so that the money moves once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

DAYS = 5
"""A transfer may be booked on the other account this many days later, or earlier (a weekend and a holiday)."""
_GAP = pl.duration(days=DAYS)
_SAYS_NOTHING = ("NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE", "N/A", "-")
_ENDS = ("originator", "beneficiary")
_FILLED = ("value_date", "channel", "purpose", "reference", "place", "terminal", "conductor", "reverses")
_COLUMNS = ("id", "transaction", "booked_at", "value_date", "source", "row")


@dataclass(frozen=True)
class Paired:
    """Transactions with each transfer once, the rows that were its other side, and how many could not be paired."""

    rows: pl.DataFrame
    mirrors: pl.DataFrame
    """Table mirrors."""
    left: int
    """Rows that look like one of several other sides, so that nobody can say of which: all were kept."""
    unlike: int = 0
    """Pairs alike in all but their references, which differ: both rows were kept."""


def paired(rows: pl.DataFrame) -> Paired:
    """Pair the rows of a transfer that stands on the statements of both its ends.

    Two rows are one transfer where they have the same two ends and one stands on the originator's statement, the other
    on the beneficiary's (column `side`), within five days, and (1) the same amount and reference, or (2) the same
    reference and amounts in two currencies (then the transfer was converted, and both amounts are kept), or (3) the
    same amount, where at most one of them has a reference. Where rows of the same kind follow each other within five
    days, they are paired in order if there are as many on each side; else none of them is. The originator's row stays,
    completed from the other. Rows that are not booked are left alone. Cost: three joins of the rows concerned.
    """
    if "side" not in rows.columns:
        return Paired(rows, pl.DataFrame(), 0)
    legs = _legs(rows)
    if legs is None:
        return Paired(rows, pl.DataFrame(), 0)
    pairs: list[pl.DataFrame] = []
    left = unlike = 0
    for by, fits in (
        (["said", "amount", "currency"], pl.col("said").is_not_null()),
        (["said"], pl.col("said").is_not_null()),
        (["amount", "currency"], pl.lit(value=True)),
    ):
        found, left, unlike = _pairs(legs.filter(fits), [*_ENDS, *by], other_currency=by == ["said"])
        pairs.append(found)
        legs = legs.join(pl.concat([found["debit"], found["credit"]]).to_frame("at"), on="at", how="anti")
    return replace(_merged(rows, pl.concat(pairs), left), unlike=unlike)


def _legs(rows: pl.DataFrame) -> pl.DataFrame | None:
    """The rows that can have another side, in a total order; nothing where no two ends have both sides."""
    there = rows.columns
    said = pl.col("reference").str.strip_chars() if "reference" in there else pl.lit(None, dtype=pl.String)
    able = pl.col("side").is_not_null() & (pl.col("originator") != pl.col("beneficiary"))
    if "status" in there:
        able &= pl.col("status").is_null() | (pl.col("status").cast(pl.String) == "booked")
    posted = pl.col("sequence") if "sequence" in there else pl.lit(None, dtype=pl.Int64).alias("sequence")
    legs = rows.lazy().with_row_index("at").filter(able).select(
        "at", *_ENDS, "amount", pl.col("currency").cast(pl.String), "booked_at", posted, "id",
        pl.when(~said.str.to_uppercase().is_in(_SAYS_NOTHING)).then(said).alias("said"),
        (pl.col("side").cast(pl.String) == "originator").alias("debit"),
    ).collect()  # fmt: skip
    sides = legs.group_by(_ENDS).agg(pl.col("debit").any().alias("out"), (~pl.col("debit")).any().alias("in"))
    both = sides.filter(pl.col("out") & pl.col("in")).select(_ENDS)
    if not len(both):
        return None
    return legs.join(both, on=_ENDS, how="semi").sort("booked_at", "sequence", "id", "at", nulls_last=True)


def _pairs(legs: pl.DataFrame, by: list[str], *, other_currency: bool) -> tuple[pl.DataFrame, int, int]:
    """Rows of the two sides that belong together (debit, credit), how many could not be told apart, `Paired.unlike`."""
    new = (pl.col("booked_at") - pl.col("booked_at").shift(1) > _GAP).fill_null(value=True)
    runs = legs.with_columns(run=new.cum_sum().over(by))
    of = [*by, "run"]
    runs = runs.with_columns(
        debits=pl.col("debit").sum().over(of), size=pl.len().over(of), place=pl.int_range(pl.len()).over([*of, "debit"])
    )
    mixed = (pl.col("debits") > 0) & (pl.col("debits") < pl.col("size"))
    even = mixed & (pl.col("debits") * 2 == pl.col("size"))
    mine, other = (runs.filter(even & side) for side in (pl.col("debit"), ~pl.col("debit")))
    both = mine.join(other, on=[*of, "place"], suffix="_other", nulls_equal=True)
    near = (pl.col("booked_at") - pl.col("booked_at_other")).abs() <= _GAP
    close = both.filter(near)
    if other_currency:
        found = close.filter(pl.col("currency") != pl.col("currency_other"))
    elif "said" not in by:
        found = close.filter(pl.col("said").is_null() | pl.col("said_other").is_null())
    else:
        found = close
    left = 0 if other_currency else int(runs.filter(mixed & ~even).height)
    return found.select(debit="at", credit="at_other"), left, len(close) - len(found)


def _merged(rows: pl.DataFrame, pairs: pl.DataFrame, left: int) -> Paired:
    kept, gone = rows[pairs["debit"]], rows[pairs["credit"]]
    mirrors = gone.select("id", "booked_at", *(c for c in ("value_date",) if c in gone.columns), "source", "row")
    mirrors = mirrors.with_columns(kept["id"].alias("transaction"))
    filled = [c for c in _FILLED if c in rows.columns]
    whole = kept.with_columns(pl.select(pl.coalesce(kept[c], gone[c])).to_series().alias(c) for c in filled)
    whole = _converted(whole, gone)
    alone = pl.repeat(value=True, n=len(rows), eager=True)
    alone = alone.scatter(pl.concat([pairs["debit"], pairs["credit"]]), values=False)
    together = pl.concat([rows.filter(alone), whole], how="diagonal_relaxed") if len(pairs) else rows
    return Paired(together, mirrors.select(c for c in _COLUMNS if c in mirrors.columns), left)


def _converted(kept: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """What the beneficiary's statement says arrived, where that is another currency."""
    other = kept["currency"].cast(pl.String) != gone["currency"].cast(pl.String)
    if not other.any():
        return kept
    for name, value in (("amount_received", gone["amount"]), ("currency_received", gone["currency"])):
        before = kept[name] if name in kept.columns else pl.Series(name, [None] * len(kept), dtype=value.dtype)
        kept = kept.with_columns(pl.select(pl.when(other).then(value).otherwise(before)).to_series().alias(name))
    return kept


def renamed(frame: pl.DataFrame, columns: list[str], mirrors: pl.DataFrame) -> pl.DataFrame:
    """The same rows, naming the transaction that was kept where they named its other side."""
    if not len(mirrors):
        return frame
    was, now = mirrors["id"], mirrors["transaction"]
    there = [c for c in columns if c in frame.columns]
    return frame.with_columns(
        pl.col(c).list.eval(pl.element().replace(was, now))
        if isinstance(frame.schema[c], pl.List)
        else pl.col(c).replace(was, now)
        for c in there
    )
