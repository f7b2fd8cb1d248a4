"""`speaking`: the language of all that is said inside a `with`, and nowhere else."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from followmoney.errors import SettingsError, unknown
from followmoney.languages._known import ENGLISH, LANGUAGES

_now: ContextVar[str] = ContextVar("language", default=ENGLISH)


def spoken() -> str:
    """The language spoken now; English outside every `speaking`."""
    return _now.get()


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Speak a language inside this block; other threads and whatever comes after speak as before.

    Raises:
        SettingsError: It is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise SettingsError(unknown("language of a report", language, LANGUAGES))
    before = _now.set(language)
    try:
        yield
    finally:
        _now.reset(before)
