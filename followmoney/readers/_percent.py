"""Percentages as registers write them → the least and the most share, as fractions of the whole."""

from __future__ import annotations

import polars as pl

_NUMBER = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_RANGE = rf"^(?<least>{_NUMBER})(?:-|\.\.|to|bis|a)(?<most>{_NUMBER})$"
_ONE = rf"^(?<sign>>=|<=|>|<|≥|≤)?(?<share>{_NUMBER})$"


def percent(column: str | pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Least and most share of "33.3", "33,3 %", "25-50", ">50"; a text that is none stays, so that it is refused.

    What is over 100 % stays over the whole, and the row is refused by its rule.
    """
    found = pl.col(column) if isinstance(column, str) else column
    text = found.str.to_lowercase().str.replace_all(r"[\s%\u00a0\u202f]", "").str.replace_all(",", ".", literal=True)
    text = text.str.replace_all("[–—]", "-")
    one = text.str.extract_groups(_ONE).struct.field
    both = text.str.extract_groups(_RANGE).struct.field
    share, sign = _fraction(one("share")), one("sign").fill_null("")
    least = pl.when(sign.is_in(["<", "<=", "≤"])).then(pl.when(share.is_not_null()).then(pl.lit("0"))).otherwise(share)
    most = pl.when(sign.is_in([">", ">=", "≥"])).then(pl.when(share.is_not_null()).then(pl.lit("1"))).otherwise(share)
    stated = pl.when(text != "").then(found)
    return pl.coalesce(least, _fraction(both("least")), stated), pl.coalesce(most, _fraction(both("most")), stated)


def _fraction(text: pl.Expr) -> pl.Expr:
    """A percentage as the fraction nearest to it: 33.3 is 0.333, not 0.33299999999999996."""
    return (text + "e-2").cast(pl.Float64, strict=False).cast(pl.String)
