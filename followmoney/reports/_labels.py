"""Words on pictures: printable, measured, shortened; the same on every machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from followmoney.schema.codes import exponent

LONGEST, KEPT = 500, 160
"""Characters: what is longer than the first is shown as far as the second, and says so."""
_NARROW = frozenset("iljtfrI.,:;'|!()[]{}/ -·")
_WIDE = frozenset("mwMW@%&—…→")
_LINE = 1.22  # height of a line of text, in sizes
_POINTS = 72.0
_MORE = "…"


def printable(text: str) -> str:
    """The text without control and direction characters, which could turn what stands beside it around."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())


def width(text: str, size: float) -> float:
    """Inches a line takes in DejaVu Sans (a little more rather than less)."""
    return sum(_share(c) for c in text) * size / _POINTS


def height(lines: int, size: float) -> float:
    """Inches that some lines take."""
    return lines * _LINE * size / _POINTS


def shorten(text: str, room: float, size: float) -> str:
    """The text, or as much of its beginning as fits `room` inches."""
    if width(text, size) <= room:
        return text
    taken, kept = 0.0, 0
    for char in text:  # from the beginning: a name of ten thousand letters is met as well
        taken += _share(char)
        if (taken + _share(_MORE)) * size / _POINTS > room:
            break
        kept += 1
    return text[:kept].rstrip() + _MORE


def fitting(word: str, room: float, size: float) -> Iterator[str]:
    """A word in pieces of at most `room` inches; most words are one."""
    begin, taken = 0, 0.0
    for at, char in enumerate(word):
        share = _share(char)
        if at > begin and (taken + share) * size / _POINTS > room:
            yield word[begin:at]
            begin, taken = at, 0.0
        taken += share
    yield word[begin:]


def brief(text: str) -> str:
    """A name in a sentence under a picture: whole, or its beginning where nobody would read it whole."""
    seen = printable(text)
    return seen if len(seen) <= LONGEST else f"{seen[:KEPT].rstrip()}{_MORE}"


def wrapped(text: str, room: float, size: float, lines: int = 2) -> list[str]:
    """The text in at most `lines` lines of `room` inches; the last is shortened if need be."""
    words, found = printable(text).split(" "), list[str]()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        found.append(shorten(line, room, size))
    if words:
        found.append(shorten(" ".join(words), room, size))
    return [line for line in found if line]


def short_account(identifier: str) -> str:
    """An account number as people quote it: its beginning and its end ("ES91…1332")."""
    text = printable(identifier)
    return text if len(text) <= 12 else f"{text[:4]}…{text[-4:]}"  # noqa: PLR2004 - an IBAN is longer, a name is not


def compact(amount: int, currency: str) -> str:
    """An amount in minor units in few letters, for a picture: 38.2k, 1.88m; tables have it to the cent."""
    unit = 10 ** exponent(currency)
    for name, size, decimals in (("bn", 10**9, 2), ("m", 10**6, 2), ("k", 10**3, 1)):
        if abs(amount) >= size * unit:
            return f"{_rounded(amount, size * unit, decimals)}{name}"
    return _rounded(amount, unit, 0)


def _rounded(amount: int, unit: int, decimals: int) -> str:
    steps = (2 * abs(amount) * 10**decimals + unit) // (2 * unit)
    digits = str(steps).rjust(decimals + 1, "0")
    whole, part = (digits[:-decimals], digits[-decimals:].rstrip("0")) if decimals else (digits, "")
    return ("-" if amount < 0 else "") + whole + (f".{part}" if part else "")


def _share(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in _NARROW:
        return 0.40
    return 0.97 if char in _WIDE else 0.73 if char.isupper() else 0.64
