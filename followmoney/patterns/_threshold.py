"""Thresholds of a pattern: a number, what it means, its unit, and who says so."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from math import inf
from typing import TypeVar, cast

from followmoney.schema.clock import DAY, HOUR, MINUTE

T = TypeVar("T", int, float, str, dict[str, int])

OURS = "followmoney default"
"""The source of a number that no authority gives."""

MAJOR = "major units by currency"

SPANS = {"minutes": MINUTE, "hours": HOUR, "days": DAY}
"""Units of length of time, in microseconds."""

_TWO_CENTURIES = 73_050
MOST = {
    "minutes": _TWO_CENTURIES * 1_440, "hours": _TWO_CENTURIES * 24, "days": _TWO_CENTURIES,
    "months": 2_400, "years": 200, "share": 1_000, MAJOR: 10**14,
}  # fmt: skip
"""More than this of a unit makes no sense in any threshold: two centuries, a thousand times, a hundred trillion."""
MOST_OF = 10**9
"""More than this of anything that is counted."""


def threshold(
    default: T, meaning: str, *, unit: str, source: str = OURS, low: float = 0, high: float | None = None
) -> T:
    """A threshold as a dataclass field; its metadata feed the help text, the report and `followmoney explain`.

    It makes sense from `low` to `high`; where no `high` is given, a share is at most 1, and any other at most what
    `MOST` says of its unit.
    """
    if high is None:
        high = 1 if unit == "share" else inf
    metadata = {"help": meaning, "unit": unit, "source": source, "low": low, "high": high}
    if isinstance(default, dict):
        copy = dict(default)
        return cast("T", field(default_factory=lambda: dict(copy), metadata=metadata))
    return cast("T", field(default=default, metadata=metadata))


def exact(share: float) -> tuple[int, int]:
    """A share as the fraction it was written as: 0.85 is 17/20. Comparisons then multiply across and never round."""
    return Fraction(str(share)).as_integer_ratio()


def whole_days(span: int, least: float) -> int:
    """Of a length of time its whole days; all of it where they alone would not be the least number of days."""
    days = span // DAY * DAY
    return days if days >= micros(least, "days") else span


def micros(value: float, unit: str) -> int:
    """A length of time in microseconds."""
    return int(Fraction(str(value)) * SPANS[unit])
