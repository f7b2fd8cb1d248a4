"""Days, times, countries and currencies as goAML reports write them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime

_COUNTRY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3,5}")
_SHOWN = 5


def moment(text: str | None) -> datetime | str | None:
    """A time in UTC; one without a zone is taken as UTC. What cannot be read stays text."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return text


class Values:
    """Reads values, and counts those that cannot be read: they stay empty and are told."""

    def __init__(self) -> None:
        self._left: dict[str, Counter[str]] = {"dates": Counter(), "countries": Counter(), "currencies": Counter()}

    def day(self, text: str | None) -> date | None:
        """The day as written, whatever the zone."""
        if text is None:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self._left["dates"][text[:40]] += 1
            return None

    def country(self, *texts: str | None) -> str | None:
        """The first that is two letters."""
        return self._first("countries", _COUNTRY, texts)

    def currency(self, *texts: str | None) -> str | None:
        """The first that is a currency code."""
        return self._first("currencies", _CURRENCY, texts)

    def _first(self, kind: str, form: re.Pattern[str], texts: tuple[str | None, ...]) -> str | None:
        given = [text for text in texts if text and text != "-"]
        found = next((text.upper() for text in given if form.fullmatch(text.upper())), None)
        if found is None:
            self._left[kind].update(text[:40] for text in given)
        return found

    def notes(self) -> list[str]:
        """A sentence for each kind of value that was left empty."""
        found: list[str] = []
        for kind, some in self._left.items():
            named = ", ".join(sorted(some)[:_SHOWN]) + (" …" if len(some) > _SHOWN else "")
            if some:
                found.append(f"{sum(some.values()):,} {kind} could not be read and were left empty ({named}).")
        return found
