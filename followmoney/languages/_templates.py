"""Recognises which text a sentence was made from, and what fills its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from itertools import islice

from followmoney.languages._catalogue import read, translator
from followmoney.languages._gaps import NAMES, NUMBER, shape
from followmoney.languages._known import SENTENCES
from followmoney.languages._po import Entry

_GAP = re.compile(r"\{(\w+)\}")
_DEEP = 4
_ROW = 50  # ends of sentences looked at, or commas of a phrase; beyond, it stays English: nobody made so long a one
_END = re.compile(r"(?<=[.?!]) ")
_BETWEEN = re.compile("; |, | and ")


@dataclass(frozen=True)
class Template:
    """A text with gaps, as a pattern that takes as little as it can for each gap, and one that takes as much."""

    entry: Entry
    own: tuple[str, ...]
    """Its own words, between the gaps."""
    least: re.Pattern[str]
    most: re.Pattern[str]

    def gaps(self, sentence: str) -> dict[str, str] | None:
        """What fills the gaps; None where the sentence is not made from it, or could be read in two ways."""
        if not all(part in sentence for part in self.own):
            return None
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
            key=lambda template: (-sum(map(len, template.own)), template.own, template.least.pattern),
        )

        self._known = lru_cache(4096)(self._one)
        self._row = lru_cache(4096)(self._in_a_row)

    def told(self, sentence: str, deep: int = 0) -> str | None:
        """The sentence in this language, or several of them in a row; None where one is none of ours."""
        one = self._known(sentence, deep)
        return one if one is not None or deep == _DEEP else self._row(sentence, deep)

    def _one(self, sentence: str, deep: int) -> str | None:
        if (whole := self._whole.get(sentence)) is not None:
            return whole
        if deep == _DEEP:
            return None
        for template in self._templates:
            gaps = template.gaps(sentence)
            if gaps is not None:
                return self._text(template.entry, gaps).format_map(self._filled(gaps, deep + 1))
        return None

    def _in_a_row(self, sentence: str, deep: int) -> str | None:
        """Several sentences; what follows one is looked up with its blank, and without."""
        for end in islice(_END.finditer(sentence), _ROW):
            first = self._known(sentence[: end.start()], deep + 1)
            if first is None:
                continue
            for begin in (end.start(), end.end()):
                rest = self.told(sentence[begin:], deep)
                if rest is not None:
                    return f"{first}{sentence[end.start() : begin]}{rest}"
        return None

    def _text(self, entry: Entry, gaps: dict[str, str]) -> str:
        if entry.more is None:
            return entry.told[0]
        return self._plurals.ngettext(entry.one, entry.more, int(gaps[NUMBER].replace(",", "")))

    def _filled(self, gaps: dict[str, str], deep: int) -> dict[str, str]:
        """The gaps in this language: names and figures as they are, and words that followmoney made retold."""
        return {
            name: value if name in NAMES or not value else self._phrase(value, deep) or value
            for name, value in gaps.items()
        }

    def _phrase(self, value: str, deep: int) -> str | None:
        """A phrase, or several of them ("A, B and C"); None where it is none of ours."""
        if not any(letter.islower() for letter in value):
            return value
        if (told := self.told(value, deep)) is not None:
            return told
        for between in islice(_BETWEEN.finditer(value), _ROW):
            first = self.told(value[: between.start()], deep)
            rest = None if first is None else self._phrase(value[between.end() :], deep)
            if first is not None and rest is not None:
                return f"{first}{self._whole.get(between[0], between[0])}{rest}"
        return None


def _templates(entry: Entry) -> Iterator[Template]:
    for text in dict.fromkeys((entry.one, entry.more or entry.one)):
        if _GAP.search(text):
            least, most = (re.compile(_pattern(text, how), re.DOTALL) for how in ("?", ""))
            yield Template(entry, tuple(filter(None, _GAP.split(text)[::2])), least, most)


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
