"""Recognises which text a sentence was made from, and what fills its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations

from followmoney.languages._catalogue import read, translator
from followmoney.languages._gaps import NUMBER, PHRASES, shape
from followmoney.languages._known import SENTENCES
from followmoney.languages._po import Entry

_GAP = re.compile(r"\{(\w+)\}")
_DEEP = 4
_BETWEEN = re.compile("; |, | and ")


@dataclass(frozen=True)
class Template:
    """A text with gaps, as a pattern that takes as little as it can for each gap, and one that takes as much."""

    entry: Entry
    least: re.Pattern[str]
    most: re.Pattern[str]

    def gaps(self, sentence: str) -> dict[str, str] | None:
        """What fills the gaps; None where the sentence is not made from it, or could be read in two ways."""
        found = self.least.fullmatch(sentence)
        if found is None:
            return None
        other = self.most.fullmatch(sentence)
        return found.groupdict() if other is not None and other.groups() == found.groups() else None


class Book:
    """All templates of a language, those with most words of their own first."""

    def __init__(self, language: str) -> None:
        """Read the catalogue and make a pattern of each text."""
        found = [entry for entry in read(language, SENTENCES) if entry.one and all(entry.told)]
        self._plurals: NullTranslations = translator(language, SENTENCES)
        self._whole = {entry.one: entry.told[0] for entry in found if entry.more is None and not _GAP.search(entry.one)}
        self._templates = sorted(
            (template for entry in found for template in _templates(entry)),
            key=lambda template: (-len(_GAP.sub("", template.least.pattern)), template.least.pattern),
        )
        self.told = lru_cache(4096)(self._told)

    def _told(self, sentence: str, deep: int = 0) -> str | None:
        """The sentence in this language; None where it is none of ours."""
        if (whole := self._whole.get(sentence)) is not None:
            return whole
        if deep == _DEEP:
            return None
        for template in self._templates:
            gaps = template.gaps(sentence)
            if gaps is not None and (filled := self._filled(gaps, deep)) is not None:
                return self._text(template.entry, gaps).format_map(filled)
        return None

    def _text(self, entry: Entry, gaps: dict[str, str]) -> str:
        if entry.more is None:
            return entry.told[0]
        return self._plurals.ngettext(entry.one, entry.more, int(gaps[NUMBER].replace(",", "")))

    def _filled(self, gaps: dict[str, str], deep: int) -> dict[str, str] | None:
        """The gaps in this language; None where one that followmoney itself words is none of ours."""
        filled: dict[str, str] = {}
        for name, value in gaps.items():
            told = self._phrase(value, deep + 1) if name in PHRASES and value else value
            if told is None:
                return None
            filled[name] = told
        return filled

    def _phrase(self, value: str, deep: int) -> str | None:
        """A phrase, several of them ("A, B and C"), or a bare figure."""
        if not any(letter.islower() for letter in value):
            return value
        if (told := self._told(value, deep)) is not None:
            return told
        for between in _BETWEEN.finditer(value):
            first = self._told(value[: between.start()], deep)
            rest = None if first is None else self._phrase(value[between.end() :], deep)
            if first is not None and rest is not None:
                return f"{first}{self._whole.get(between[0], between[0])}{rest}"
        return None


def _templates(entry: Entry) -> Iterator[Template]:
    for text in {entry.one, entry.more or entry.one}:
        if _GAP.search(text):
            yield Template(entry, re.compile(_pattern(text, "?"), re.DOTALL), re.compile(_pattern(text, ""), re.DOTALL))


def _pattern(text: str, least: str) -> str:
    parts = _GAP.split(text)
    seen: set[str] = set()
    found = ""
    for n, part in enumerate(parts):
        if n % 2 == 0:
            found += re.escape(part)
        elif part in seen:
            found += f"(?P={part})"
        else:
            seen.add(part)
            found += f"(?P<{part}>{shape(part, least)})"
    return found


@cache
def book(language: str) -> Book:
    """The templates of a language, made once."""
    return Book(language)
