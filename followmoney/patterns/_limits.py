"""Cash limits by country and date, each with the law that sets it: `cash_limits.csv` beside this file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from followmoney.errors import SettingsError, unknown

Instrument = Literal["deposit", "payment", "border"]

INSTRUMENTS = {
    "deposit": "a bank must report cash that is paid in or taken out",
    "payment": "cash is not allowed as payment for goods or services",
    "border": "cash must be declared at the border",
}
ANYONE = "anyone"


@dataclass(frozen=True, kw_only=True)
class CashLimit:
    """An amount of cash from which on (or above which) a law forbids it, or has it reported or declared."""

    place: str
    """Country (ISO 3166), or EU."""
    instrument: Instrument
    whom: str
    """Whom it binds."""
    amount: int
    """Major units."""
    currency: str
    inclusive: bool
    """The amount itself is already too much; if not, only what is above it is."""
    since: date
    """First day."""
    until: date | None
    """Last day; None: still in force."""
    source: str
    kind: str
    """Act, regulation or decree."""
    url: str

    def on(self, day: date) -> bool:
        """Whether it was in force."""
        return self.since <= day and (self.until is None or day <= self.until)


@cache
def _read() -> tuple[CashLimit, ...]:
    with (files(__package__ or "followmoney.patterns") / "cash_limits.csv").open(encoding="utf-8") as table:
        return tuple(
            CashLimit(
                place=row["place"],
                instrument=cast("Instrument", row["instrument"]),
                whom=row["whom"],
                amount=int(row["amount"]),
                currency=row["currency"],
                inclusive=row["inclusive"] == "yes",
                since=date.fromisoformat(row["since"]),
                until=date.fromisoformat(row["until"]) if row["until"] else None,
                source=row["source"],
                kind=row["kind"],
                url=row["url"],
            )
            for row in csv.DictReader(table)
        )


def cash_limits(
    place: str | None = None, instrument: Instrument | None = None, on: date | None = None
) -> list[CashLimit]:
    """The cash limits known, each with the law that sets it; None: any. A limit that is not here may still exist."""
    return [
        limit
        for limit in _read()
        if place in {None, limit.place} and instrument in {None, limit.instrument} and (on is None or limit.on(on))
    ]


def binding(place: str, instrument: str) -> list[CashLimit]:
    """The limits that bind everyone in a country, of all times.

    Raises:
        SettingsError: No such instrument, no such country, or no such limit there.
    """
    if instrument not in INSTRUMENTS:
        raise SettingsError(unknown("kind of cash limit", instrument, INSTRUMENTS))
    places = sorted({limit.place for limit in _read()})
    if place not in places:
        raise SettingsError(unknown("place with cash limits", place, places))
    found = [limit for limit in cash_limits(place) if limit.instrument == instrument and limit.whom == ANYONE]
    if not found:
        known = sorted({limit.instrument for limit in cash_limits(place)})
        raise SettingsError(
            f"No {instrument} limit is known for {place}, only {' and '.join(known)}; `followmoney patterns --limits` "
            "lists all, and `limits` takes an amount of your own."
        )
    return found
