"""One line of a sketch: its words, and the error that says where and what was expected."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from followmoney.errors import InputError, SettingsError
from followmoney.schema.codes import minor

_WORD = re.compile(r'(?:"[^"]*"|[^\s"])+')
_CURRENCY = re.compile(r"[A-Z]{3,5}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_RANGE = re.compile(r"([A-Za-z]+)(\d+)\.\.\1(\d+)")
_MANY = 1_000
_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


@dataclass(frozen=True)
class Line:
    """A line that is not empty: its number, its text, its words."""

    number: int
    text: str
    words: tuple[str, ...]

    def error(self, expected: str) -> InputError:
        """The error for this line: what was expected there."""
        return InputError(f"Sketch, line {self.number}: {self.text!r}: {expected}")

    def at(self, place: int, expected: str) -> str:
        """The word at a place, unquoted."""
        if place >= len(self.words):
            raise self.error(f"the line ends where {expected} should stand.")
        return unquoted(self.words[place])

    def money(self, word: str, currency: str) -> int:
        """An amount such as 9,500.00, in minor units."""
        if not _AMOUNT.fullmatch(word):
            raise self.error(f"{word!r} is not an amount; write it like 9,500.00.")
        try:
            return self._fits(minor(word, currency))
        except SettingsError as error:
            raise self.error(str(error)) from None

    def day(self, word: str) -> date:
        """A day such as 2024-03-04."""
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise self.error(f"{word!r} is not a day; write it like 2024-03-04.") from None

    def moment(self, word: str) -> datetime:
        """A day or a time such as 2024-03-04T10:05 (UTC where no zone is given)."""
        try:
            when = datetime.fromisoformat(word)
        except ValueError:
            raise self.error(f"{word!r} is not a date; write it like 2024-03-04 or 2024-03-04T10:05.") from None
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)

    def whole(self, word: str) -> int:
        """A whole number."""
        try:
            return self._fits(int(word))
        except ValueError:
            raise self.error(f"{word!r} is not a whole number.") from None

    def _fits(self, number: int) -> int:
        if not -(2**63) <= number < 2**63:
            raise self.error(f"{number} does not fit into 64 bits.")
        return number


def lines(text: str) -> list[Line]:
    """The lines that say something: comments (`#` at the start, `--` anywhere) and empty lines left out."""
    found: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#"):
            continue
        if line.count('"') % 2:
            raise InputError(f"Sketch, line {number}: {line!r}: a quotation mark is not closed.")
        words: list[str] = _WORD.findall(line)
        comment = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
        if words[:comment]:
            found += _each(Line(number, line, tuple(words[:comment])))
    return found


def _each(line: Line) -> list[Line]:
    """The line, or where its second word is a range (`party K1..K60 company`) one for each of them."""
    first, *others = line.words
    spoken = _RANGE.fullmatch(others[0]) if others else None
    if spoken is None:
        return [line]
    name, low, high = spoken[1], int(spoken[2]), int(spoken[3])
    if not 0 <= high - low < _MANY:
        raise line.error(f"{others[0]!r} should run upwards, over {_MANY:,} names at most.")
    return [replace(line, words=(first, f"{name}{n}", *others[1:])) for n in range(low, high + 1)]


def unquoted(word: str) -> str:
    """The word without its quotation marks."""
    return word.replace('"', "")


def is_currency(word: str) -> bool:
    """Whether a word looks like EUR."""
    return bool(_CURRENCY.fullmatch(word))


def is_country(word: str) -> bool:
    """Whether a word looks like ES."""
    return bool(_COUNTRY.fullmatch(word))


def is_amount(word: str) -> bool:
    """Whether a word looks like 9,500.00."""
    return bool(_AMOUNT.fullmatch(word))
