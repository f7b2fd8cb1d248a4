"""Days and instants as people write them → UTC instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from followmoney.errors import SettingsError


def _parsed(value: str | date | datetime) -> date | datetime:
    if isinstance(value, date):  # a datetime is one too
        return value
    try:
        if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError  # noqa: TRY004, TRY301 - said below
        return date.fromisoformat(value) if len(value) == len("2024-06-30") else datetime.fromisoformat(value)
    except ValueError:
        raise SettingsError(
            f"{value!r} is not a day or a time; write it like 2024-06-30 or 2024-06-30T14:05:00."
        ) from None


def first(value: str | date | datetime) -> datetime:
    """The first instant of a day, or the instant itself (UTC where no zone is given)."""
    when = _parsed(value)
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def last(value: str | date | datetime) -> datetime:
    """The last microsecond of a day, or the instant itself (UTC where no zone is given)."""
    when = _parsed(value)
    whole_day = not isinstance(when, datetime)
    return first(when) + timedelta(days=1, microseconds=-1) if whole_day else first(when)


def micros(when: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
