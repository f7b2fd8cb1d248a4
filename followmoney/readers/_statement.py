"""Statement rows (own account, counterparty, sign) → originator, beneficiary and an amount above zero."""

from __future__ import annotations

import polars as pl

from followmoney.readers._columns import Assumed, as_money
from followmoney.readers._specification import TableSpecification

DIRECTIONS = ("debit", "credit")


def both_ends(frame: pl.DataFrame, spec: TableSpecification, assumed: Assumed) -> pl.DataFrame:
    """Give every row its two ends by the sign, the direction, or the column its amount stands in."""
    given = frame.columns
    if "debit" in given:
        frame = _from_two_columns(frame, spec, assumed)
    else:
        frame = as_money(frame, "amount", "currency", spec, assumed)
        frame = _by_direction(frame) if "direction" in given else frame.with_columns(_debit=pl.col("amount") < 0)
    other = pl.col("counterparty") if "counterparty" in given else pl.lit(None, dtype=pl.String)
    size = pl.when(pl.col("amount") != -(2**63)).then(pl.col("amount").abs())
    wrong = pl.when(pl.col("own").is_null()).then(pl.lit("own|empty"))
    return frame.with_columns(
        broken=pl.coalesce("broken", wrong),
        originator=pl.when("_debit").then(pl.col("own")).otherwise(other),
        beneficiary=pl.when("_debit").then(other).otherwise(pl.col("own")),
        amount=size,
        side=pl.when("_debit").then(pl.lit("originator")).otherwise(pl.lit("beneficiary")),
    ).drop("_debit", *(c for c in ("counterparty", "direction") if c in given))


def _from_two_columns(frame: pl.DataFrame, spec: TableSpecification, assumed: Assumed) -> pl.DataFrame:
    for name in DIRECTIONS:
        frame = as_money(frame, name, "currency", spec, assumed)
    debit, credit = (pl.col(name).fill_null(0) for name in DIRECTIONS)
    wrong = (
        pl.when((debit != 0) & (credit != 0)).then(pl.lit("amount|debit and credit"))
        .when(pl.col("debit").is_null() & pl.col("credit").is_null()).then(pl.lit("amount|empty"))
        .when(credit < 0).then(pl.lit("amount|sign"))
    )  # fmt: skip
    return frame.with_columns(
        broken=pl.coalesce("broken", wrong), amount=pl.when(debit != 0).then(debit).otherwise(credit), _debit=debit != 0
    ).drop(*DIRECTIONS)


def _by_direction(frame: pl.DataFrame) -> pl.DataFrame:
    """A debit may be written with a minus sign; a credit with one contradicts itself."""
    debit = pl.col("direction") == "debit"
    wrong = (
        pl.when(pl.col("direction").is_null()).then(pl.lit("direction|empty"))
        .when(~pl.col("direction").is_in(DIRECTIONS)).then(pl.lit("direction|enum"))
        .when(~debit & (pl.col("amount") < 0)).then(pl.lit("amount|sign"))
    )  # fmt: skip
    return frame.with_columns(broken=pl.coalesce("broken", wrong), _debit=debit.fill_null(value=False))
