"""Dates as registers write them (2024, 2024-05, 2024-05-01T00:00:00Z) → the first and the last day they mean."""

from __future__ import annotations

import polars as pl

from followmoney.readers._by_value import by_value

_DATE = r"^(?<year>[0-9]{4})(?:-(?<month>[0-9]{1,2})(?:-(?<day>[0-9]{1,2})(?:[T ].*)?)?)?$"


def first_day(column: str | pl.Expr) -> pl.Expr:
    """The first day a date can mean; a text that is no date stays, so that the row says which rule it breaks."""
    return by_value(_text(column), lambda text: _written(text, last=False))


def last_day(column: str | pl.Expr) -> pl.Expr:
    """The last day a date can mean; a text that is no date stays."""
    return by_value(_text(column), lambda text: _written(text, last=True))


def last_if_partial(column: str | pl.Expr) -> pl.Expr:
    """The last day a date can mean, where it says no day; else empty."""
    return by_value(_text(column), _last_of_partial)


def _last_of_partial(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^[0-9]{4}(?:-[0-9]{1,2})?$")).then(_written(text, last=True))


def _text(column: str | pl.Expr) -> pl.Expr:
    text = (pl.col(column) if isinstance(column, str) else column).str.strip_chars()
    return pl.when(text != "").then(text)


def _written(text: pl.Expr, *, last: bool) -> pl.Expr:
    part = text.str.extract_groups(_DATE).struct.field
    year, month, day = part("year"), part("month"), part("day")
    months = month.fill_null("12" if last else "1").str.zfill(2)
    first = pl.concat_str(year, pl.lit("-"), months, pl.lit("-"), day.fill_null("01").str.zfill(2))
    parsed = first.str.to_date("%Y-%m-%d", strict=False)
    whole = pl.when(day.is_null()).then(parsed.dt.month_end()).otherwise(parsed) if last else parsed
    return pl.coalesce(whole.dt.to_string("%Y-%m-%d"), text)
