"""Days, moments and amounts as ISO 20022 messages write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from followmoney.schema.codes import exponent

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_AMOUNT = re.compile(r"\+?([0-9]{0,18})(?:\.([0-9]{0,18}))?", re.ASCII)
_MOST = 2**63 - 1

Moment = tuple[datetime, date, bool]
"""In UTC; the day as written; whether it has a clock but no zone (then the clock was taken for UTC)."""


@lru_cache(maxsize=8192)
def read_moment(text: str) -> Moment | None:
    """A day alone is its midnight in UTC, as written: the zone of a day says nothing of when it was booked."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, clock, zone = match.groups()
    try:
        written = date.fromisoformat(day)
        if clock is None:
            return datetime(written.year, written.month, written.day, tzinfo=UTC), written, False
        if clock.startswith("24:00:00"):
            return None
        at = datetime.fromisoformat(f"{day}T{clock[:15]}{zone or 'Z'}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at, written, zone is None


def minor_units(text: str, currency: str) -> tuple[int | None, str | None]:
    """An amount in minor units, exactly; or None and the rule it breaks."""
    if text[-3:-2] == "." and len(text) < 18 and text.isascii() and exponent(currency) == 2:  # noqa: PLR2004 - as most
        digits = text[:-3] + text[-2:]
        if digits.isdigit():
            return int(digits), None
    match = _AMOUNT.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None, "amount|dtype"
    decimals = exponent(currency)
    whole, fraction = match[1], match[2] or ""
    if fraction[decimals:].strip("0"):
        return None, "amount|decimals"
    value = int(whole + fraction[:decimals].ljust(decimals, "0") or "0")
    return (value, None) if value <= _MOST else (None, "amount|dtype")


def is_set(text: str | None) -> bool:
    """Whether an indicator says yes."""
    return text is not None and text.lower() in ("true", "1")
