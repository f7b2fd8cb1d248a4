"""Identifiers and posting order of entries, the same in every statement that covers their day whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b

_PLACES = ("row", "id", "sequence")
_SERIAL = 6  # an entry reference as short as this, of digits only, numbers the entries of one statement


class Order:
    """Identifiers and places within the day, by account; statements may overlap, or share a day between them."""

    def __init__(self) -> None:
        self._begun: dict[tuple[str, str], dict[str, int]] = {}
        self._ends: dict[tuple[str, str], int] = {}
        self._times: Counter[str] = Counter()
        self._day: dict[tuple[str, str], int] = {}
        self._paged: dict[object, tuple[set[int], Counter[str], dict[tuple[str, str], int]]] = {}

    def new_statement(self, paged: object = None, page: int = 1) -> None:
        """Entries that follow stand in another statement, or on a further page of the one so called.

        A page that comes again counts anew, so that its entries are called as they were.
        """
        self._times, self._day = Counter(), {}
        if paged is not None:
            seen, times, day = self._paged.setdefault(paged, (set(), self._times, self._day))
            if page not in seen:
                seen.add(page)
                self._times, self._day = times, day

    def place(self, account: str, day: str, reference: str | None, row: Mapping[str, object]) -> tuple[str, int]:
        """An entry's identifier and its place in the day's order of booking (from 1).

        The identifier is account/day/reference; without a reference, a fingerprint of the content stands in its place.
        The second of several alike in one statement gets `(2)`. A statement whose first entry of a day begins another
        one of that day repeats it; else it goes on where the other ended.
        """
        name = f"{account}/{day}/{reference or _fingerprint(row)}"
        self._times[name] += 1
        if (times := self._times[name]) > 1:
            name = f"{name} ({times})"
        key = account, day
        before = self._day.get(key)
        if before is None:
            begun = self._begun.setdefault(key, {})
            before = begun.setdefault(name, self._ends.get(key, 0))
        at = self._day[key] = before + 1
        self._ends[key] = max(self._ends.get(key, 0), at)
        return name, at


def reference(servicer: str | None, entry: str | None) -> str | None:
    """What the bank calls the entry: its own reference, else the entry's, unless that only counts entries."""
    if servicer:
        return servicer
    return entry if entry and not (len(entry) <= _SERIAL and entry.isdigit()) else None


def _fingerprint(row: Mapping[str, object]) -> str:
    content = repr([value for column, value in row.items() if column not in _PLACES])
    return blake2b(content.encode(errors="replace"), digest_size=6).hexdigest()
