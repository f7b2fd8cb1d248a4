"""A column as found → the column in the schema's type; what cannot be read so is empty; moments have bounds."""

from __future__ import annotations

from datetime import date

import polars as pl

from followmoney.schema.clock import DAY
from followmoney.schema.refusals import EVER, days

_UNITS = {"ms": (1, 1_000), "us": (1, 1), "ns": (1_000, 1)}
"""Multiplier and divisor from microseconds."""
_MOST = 2**63 - 1
_EPOCH = date(1970, 1, 1)
_ISO = (
    r"^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<minute>\d{2}:\d{2})(?:(?<second>:[0-5]\d)(?<part>\.\d{1,9})?)?"
    r"(?<zone>Z|[+-]\d{2}:?\d{2})?)?$"
)


def typed(name: str, wanted: pl.DataType, found: pl.DataType) -> pl.Expr:
    """The column in the schema's type; a cell that cannot be read so becomes empty (and breaks `<column>|dtype`)."""
    column = pl.col(name)
    if found == wanted:
        return column
    if isinstance(found, pl.Categorical | pl.Enum):
        column, found = column.cast(pl.String), pl.String()
    if isinstance(wanted, pl.Datetime):
        return _instant(column, found)
    if isinstance(wanted, pl.Date):
        return _day(column, found)
    if isinstance(wanted, pl.Enum):
        return column.cast(pl.String, strict=False).cast(wanted, strict=False)
    if isinstance(wanted, pl.Int64) and (found.is_float() or found.is_decimal()):
        whole = pl.when(column == column.cast(pl.Int64, strict=False)).then(column)  # 12.5 is never cut to 12
        return whole.cast(pl.Int64, strict=False)
    if isinstance(wanted, pl.List) and not isinstance(found, pl.List):  # a text is a list of one
        column = pl.when(column.is_not_null()).then(pl.concat_list(column.cast(pl.String, strict=False)))
    return column.cast(wanted, strict=False)


def in_range(table: str, name: str, wanted: pl.DataType, found: pl.DataType) -> pl.Expr:
    """Whether a day or moment lies within sensible years.

    Looked at as the numbers they are stored as: a calendar cannot show every one of them.
    """
    bounds = days(table)
    if isinstance(found, pl.Date | pl.Datetime):
        return _within(pl.col(name), found, bounds)
    return _within(typed(name, wanted, found), wanted, bounds)


def showable(name: str, found: pl.DataType) -> pl.Expr:
    """A day or moment as text; as the number it is stored as where a calendar cannot show it."""
    column = pl.col(name)
    shown = _safe(column, found).dt.to_string("%Y-%m-%d" if isinstance(found, pl.Date) else "%Y-%m-%d %H:%M:%S%.f")
    return pl.coalesce(shown, column.to_physical().cast(pl.String)).alias(name)


def _instant(column: pl.Expr, found: pl.DataType) -> pl.Expr:
    """A moment in UTC; text and times without a zone are taken as UTC; text is ISO 8601, row by row."""
    if found == pl.String:
        part = column.str.extract_groups(_ISO).struct.field
        text = pl.concat_str(
            part("day"), pl.lit("T"), part("minute").fill_null("00:00"), part("second").fill_null(":00"),
            part("part").fill_null(".0"), part("zone").fill_null("Z").replace("Z", "+0000"),
        )  # fmt: skip
        return text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", time_unit="us", time_zone="UTC", strict=False)
    safe = _safe(column, found)
    if isinstance(found, pl.Datetime) and found.time_zone is not None:
        return safe.dt.convert_time_zone("UTC").dt.cast_time_unit("us")
    return safe.cast(pl.Datetime("us"), strict=False).dt.replace_time_zone("UTC")


def _day(column: pl.Expr, found: pl.DataType) -> pl.Expr:
    if found == pl.String:
        whole = pl.when(column.str.contains(r"^\d{4}-\d{2}-\d{2}$")).then(column)  # "%Y" also reads 24 as a year
        return whole.str.to_date("%Y-%m-%d", strict=False)
    return _safe(column, found).cast(pl.Date, strict=False)


def _safe(column: pl.Expr, found: pl.DataType) -> pl.Expr:
    """The moments that a calendar can show: conversions stop at others."""
    return pl.when(_within(column, found, EVER)).then(column) if isinstance(found, pl.Date | pl.Datetime) else column


def _within(column: pl.Expr, found: pl.DataType, bounds: tuple[date, date]) -> pl.Expr:
    first, last = ((day - _EPOCH).days for day in bounds)
    if isinstance(found, pl.Datetime):
        times, over = _UNITS[found.time_unit]
        first, last = (first * DAY * times // over, ((last + 1) * DAY * times // over) - 1)
    return column.to_physical().is_between(max(first, -_MOST), min(last, _MOST))
