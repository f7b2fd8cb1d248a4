"""`speaking`: the language of all that is said inside a `with`, and nowhere else."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from followmoney.errors import SettingsError, unknown
from followmoney.languages._known import ENGLISH, LANGUAGES

_now: ContextVar[str] = ContextVar("language", default=ENGLISH)
_names: ContextVar[frozenset[str]] = ContextVar("names", default=frozenset[str]())


def spoken() -> str:
    """The language spoken now; English outside every `speaking`."""
    return _now.get()


def named() -> frozenset[str]:
    """The names known to whoever speaks now, so that a list of names can be told from one name with an "and" in it."""
    return _names.get()


@contextmanager
def speaking(language: str, names: frozenset[str] = frozenset()) -> Generator[None]:
    """Speak a language inside this block; other threads and whatever comes after speak as before.

    Args:
        language: One of `LANGUAGES`.
        names: Of parties, accounts and places that may be listed.

    Raises:
        SettingsError: It is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise SettingsError(unknown("language of a report", language, LANGUAGES))
    before, known = _now.set(language), _names.set(names)
    try:
        yield
    finally:
        _now.reset(before)
        _names.reset(known)
