"""Recognises which text a sentence was made from, and what fills its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from itertools import islice

from followmoney.languages._catalogue import read, translator
from followmoney.languages._gaps import MIXED, NAMES, NUMBER, shape
from followmoney.languages._known import SENTENCES
from followmoney.languages._po import Entry
from followmoney.languages.speaking import named

_GAP = re.compile(r"\{(\w+)\}")
_DEEP = 4
_ROW = 50  # ends of sentences looked at, or commas of a phrase; beyond, it stays English: nobody made so long a one
_END = re.compile(r"(?<=[.?!]) ")
_AND = " and "
_SOME = re.compile(r"((?:.*, ){4,}.*) and ([\d,]+) more", re.DOTALL)
"""The first five or more of a list, and how many more there are: two names never look like that."""
_MORE = "{names} and {names2} more"
_BETWEEN = re.compile(f"; |, |{_AND}")


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
        self._more = next((entry.told[0] for entry in found if entry.one == _MORE), _MORE)
        self._templates = sorted(
            (template for entry in found for template in _templates(entry)),
            key=lambda template: (-sum(map(len, template.own)), template.own, template.least.pattern),
        )
        self._told = lru_cache(4096)(self._look_up)
        self._one = lru_cache(4096)(self._recognise)
        self._said = lru_cache(4096)(self._phrases)

    def told(self, sentence: str, deep: int = 0) -> str | None:
        """The sentence in this language, or several of them in a row; None where one is none of ours."""
        return self._told(sentence, deep, named())

    def _look_up(self, sentence: str, deep: int, names: frozenset[str]) -> str | None:
        row = self._in_a_row(sentence, deep, names) if deep < _DEEP and sentence not in self._whole else None
        return row if row is not None else self._one(sentence, deep, names)

    def _recognise(self, sentence: str, deep: int, names: frozenset[str]) -> str | None:
        if (whole := self._whole.get(sentence)) is not None:
            return whole
        if deep == _DEEP:
            return None
        for template in self._templates:
            gaps = template.gaps(sentence)
            if gaps is not None and (filled := self._filled(gaps, deep + 1, names)) is not None:
                return self._text(template.entry, gaps).format_map(filled)
        return None

    def _in_a_row(self, sentence: str, deep: int, names: frozenset[str]) -> str | None:
        """Several sentences; what follows one is looked up with its blank, and without."""
        ends = list(islice(_END.finditer(sentence), _ROW + 1))
        for end in ends if len(ends) <= _ROW else ():
            first = self._one(sentence[: end.start()], deep + 1, names)
            if first is None:
                continue
            for begin in (end.start(), end.end()):
                rest = self._told(sentence[begin:], deep, names)
                if rest is not None:
                    return f"{first}{sentence[end.start() : begin]}{rest}"
        return None

    def _text(self, entry: Entry, gaps: dict[str, str]) -> str:
        if entry.more is None:
            return entry.told[0]
        return self._plurals.ngettext(entry.one, entry.more, int(gaps[NUMBER].replace(",", "")))

    def _filled(self, gaps: dict[str, str], deep: int, names: frozenset[str]) -> dict[str, str] | None:
        """The gaps in this language: names and figures kept, words retold; None where words are none of ours."""
        filled: dict[str, str] = {}
        for name, value in gaps.items():
            told = None if name in NAMES else self._said(value, deep, names)
            if told is None and name not in NAMES | MIXED:
                return None
            filled[name] = self._list(value, names) if told is None else told
        return filled

    def _list(self, value: str, names: frozenset[str]) -> str:
        """Names as they are; what stands between them is ours where it can be nothing else."""
        if value not in names and (some := _SOME.fullmatch(value)):
            return self._more.format(names=some[1], names2=some[2])
        head, between, last = value.rpartition(_AND)
        if between and last in names and all(name in names for name in head.split(", ")):
            return f"{head}{self._whole.get(between, between)}{last}"
        return value

    def _phrases(self, value: str, deep: int, names: frozenset[str]) -> str | None:
        """A phrase, or several of them ("A, B and C"); None where it is none of ours."""
        if not any(letter.islower() for letter in value):
            return value
        if (told := self._told(value, deep, names)) is not None:
            return told
        breaks = list(islice(_BETWEEN.finditer(value), _ROW + 1))
        for between in breaks if len(breaks) <= _ROW else ():
            start, end = value[: between.start()], value[between.end() :]
            first = self._told(start, deep, names) if any(letter.islower() for letter in start) else start
            rest = None if first is None else self._said(end, deep, names)
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
            found += f"(?P<{part}>{shape(text, part, least)})"
    return found


@cache
def book(language: str) -> Book:
    """The templates of a language, made once."""
    return Book(language)
