"""The patterns there are: every file of this folder whose name does not start with `_`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from followmoney.errors import SettingsError, expect, unknown
from followmoney.patterns._pattern import Pattern

_TAKES = "names of patterns, or patterns with thresholds of your own, like Structuring(days=3)"


@cache
def _found() -> tuple[tuple[str, type[Pattern]], ...]:
    room = import_module(__package__ or "followmoney.patterns")
    names = sorted(m.name for m in iter_modules(room.__path__) if not m.name.startswith("_"))
    return tuple((name, _class(f"{room.__name__}.{name}")) for name in names)


def _class(path: str) -> type[Pattern]:
    own = [c for c in vars(import_module(path)).values() if isinstance(c, type) and c.__module__ == path]
    return next(c for c in own if issubclass(c, Pattern))


def catalogue() -> dict[str, type[Pattern]]:
    """Every pattern by name, in the order of the names."""
    return dict(_found())


def chosen(patterns: str | Pattern | Iterable[str | Pattern] | None) -> list[Pattern]:
    """The patterns meant: None is all of them; a name means its default settings.

    Raises:
        SettingsError: No pattern has that name.
    """
    known = catalogue()
    if patterns is None:
        return [pattern() for pattern in known.values()]
    if not isinstance(patterns, str | Pattern):
        expect("detect", patterns, Iterable, _TAKES)
    given = [patterns] if isinstance(patterns, str | Pattern) else list(patterns)
    for name in given:
        expect("detect", name, (str, Pattern), _TAKES)
        if isinstance(name, str) and name not in known:
            raise SettingsError(unknown("pattern", name, known))
    return [known[p]() if isinstance(p, str) else p for p in given]


def explain(name: str) -> str:
    """What a pattern means: definition, thresholds with their sources, example, what speaks against it.

    Raises:
        SettingsError: No pattern has that name.
    """
    known = catalogue()
    if name not in known:
        raise SettingsError(unknown("pattern", name, known))
    return known[name].describe()
