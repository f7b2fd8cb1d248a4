"""Catalogues, each read once; they never change, so threads may share them."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from importlib.resources import files

from followmoney.languages._known import ENGLISH, path
from followmoney.languages._mo import translations
from followmoney.languages._po import Entry, entries


@cache
def read(language: str, catalogue: str) -> tuple[Entry, ...]:
    """The entries of a catalogue."""
    return tuple(entries((files("followmoney") / path(language, catalogue)).read_text(encoding="utf-8")))


@cache
def translator(language: str, catalogue: str) -> NullTranslations:
    """A catalogue as gettext has it."""
    return NullTranslations() if language == ENGLISH else translations(read(language, catalogue))
