"""Dates and times as text → days and UTC instants, by the formats a file uses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from followmoney.errors import SettingsError
from followmoney.schema.clock import DAY

_SINCE = re.compile(r"days since (\d{4}-\d{2}-\d{2})")
_CLOCK = re.compile(r"%[-_0]?(?:[HIMSsTRXcpklf]|\.?\d?f|\+)")
_ZONE = re.compile(r"%:?[zZ]|%\+|%s")
_EXAMPLE = datetime(2024, 3, 25, 14, 5, tzinfo=UTC)
_FIRST, _LAST = datetime(1800, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def check_format(form: str) -> None:
    """Refuse a date format that cannot be one."""
    since = _SINCE.fullmatch(form)
    try:
        known = bool(date.fromisoformat(since[1])) if since else "%" in form and bool(_EXAMPLE.strftime(form))
    except ValueError:
        known = False
    if not known:
        raise SettingsError(
            f"{form!r} is not a date format; write it like '%d.%m.%Y', '%Y-%m-%d %H:%M' or 'days since 2024-01-01'."
        )


def check_zone(zone: str) -> None:
    """Refuse a time zone nobody knows."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise SettingsError(f"{zone!r} is not a time zone; write it like 'Europe/Madrid' or 'UTC'.") from None


def instants(text: pl.Series, formats: tuple[str, ...], zone: str) -> pl.Series:
    """UTC instants by the first format that fits; a day alone is its midnight in UTC; empty where no format fits.

    A time that the zone's clock skips or shows twice (summer time) is empty too: it does not say when.
    """
    found = pl.coalesce(*(_instant(pl.col("text"), form, zone) for form in formats))
    kept = pl.when(found.is_between(_FIRST, _LAST, closed="left")).then(found)  # "%Y" also reads 24 as the year 24
    return text.to_frame("text").select(kept).to_series()


def days(text: pl.Series, formats: tuple[str, ...]) -> pl.Series:
    """Days by the first format that fits, as the source wrote them; empty where none fits."""
    found = pl.coalesce(*(_day(pl.col("text"), form) for form in formats))
    return text.to_frame("text").select(
        pl.when(found.is_between(_FIRST.date(), _LAST.date(), closed="left")).then(found)
    ).to_series()  # fmt: skip


def has_clock(form: str) -> bool:
    """Whether a format tells a time of day."""
    return bool(_CLOCK.search(form))


def _instant(text: pl.Expr, form: str, zone: str) -> pl.Expr:
    if not has_clock(form):
        return _day(text, form).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    if _ZONE.search(form):
        return text.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False)
    local = text.str.to_datetime(form, time_unit="us", strict=False)
    return local.dt.replace_time_zone(zone, ambiguous="null", non_existent="null").dt.convert_time_zone("UTC")


def _day(text: pl.Expr, form: str) -> pl.Expr:
    since = _SINCE.fullmatch(form)
    if since:
        start = pl.lit(date.fromisoformat(since[1]))
        count = text.cast(pl.Int64, strict=False)
        near = pl.when(count.is_between(-1_000_000, 1_000_000)).then(count)
        return (start.cast(pl.Datetime("us")) + (near * DAY).cast(pl.Duration("us"))).cast(pl.Date)
    if has_clock(form):
        return text.str.to_datetime(form, time_unit="us", strict=False).cast(pl.Date)
    return text.str.to_date(form, strict=False)
