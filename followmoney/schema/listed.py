"""Countries that the FATF lists, from when to when: `listed.csv` beside this file, a row a published change.

`url` is the FATF's own statement; where its text was read elsewhere, `read_at` says where. (The Bahamas were taken off
in December 2020; the statement is the one of February 2021, in which they are no longer listed.)

The last plenary in the table is that of 19 June 2026; no statement of the one of October 2026 was at hand. What was
paid after 19 June 2026 is beyond the table: it is examined by the lists of that day, and a note with the findings says
so.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from followmoney.errors import SettingsError

FATF = {
    "call for action": "High-risk jurisdictions subject to a call for action (the black list).",
    "increased monitoring": "Jurisdictions under increased monitoring (the grey list).",
}
"""The lists of the Financial Action Task Force, and what they are."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One country on one list for one time."""

    place: str
    """Country or territory (ISO 3166)."""
    list: str
    """Which list; a key of `FATF`."""
    since: date
    """Day of the plenary that listed it; where that was before the table begins, the first day of the table."""
    until: date | None
    """Day of the plenary that took it off: from that day on it is not listed. None: still listed."""
    source: str
    """Where that was published."""
    removal: str = ""
    """Where it was published that it was taken off."""

    def on(self, day: date) -> bool:
        """Whether it was listed on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@cache
def _read() -> tuple[tuple[Listing, ...], date, date]:
    found: list[Listing] = []
    current: dict[tuple[str, str], int] = {}
    days: list[date] = []
    with (files(__package__ or "followmoney.schema") / "listed.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            days.append(day := date.fromisoformat(row["day"]))
            key = row["list"], row["place"]
            if row["change"] == "removed":
                at = current.pop(key)
                found[at] = replace(found[at], until=day, removal=row["url"])
            else:
                current[key] = len(found)
                found.append(Listing(place=key[1], list=key[0], since=day, until=None, source=row["url"]))
    return tuple(found), days[0], days[-1]


def listed(place: str | None = None, on: date | None = None) -> list[Listing]:
    """Which countries the FATF listed: all, those of one country, or those in force on one day.

    A day before the table begins is an error, because nothing is known of it.

    Raises:
        SettingsError: The table begins later.
    """
    every, first, _ = _read()
    if on is not None and on < first:
        raise SettingsError(f"What was listed on {on} is not known; the table of listed countries begins on {first}.")
    return [x for x in every if place in {None, x.place} and (on is None or x.on(on))]


def covered() -> tuple[date, date]:
    """The first day of the table, and the day of the last plenary in it."""
    _, first, last = _read()
    return first, last
