"""The community methods there are: every file of this folder that defines a `Method`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from followmoney.communities._method import Method, seeded
from followmoney.errors import SettingsError, unknown


@cache
def _found() -> tuple[tuple[str, type[Method]], ...]:
    room = import_module(__package__ or "followmoney.communities")
    names = sorted(m.name for m in iter_modules(room.__path__) if not m.name.startswith("_"))
    return tuple((name, cls) for name in names for cls in _classes(f"{room.__name__}.{name}"))


def _classes(path: str) -> list[type[Method]]:
    own = [c for c in vars(import_module(path)).values() if isinstance(c, type) and c.__module__ == path]
    return [c for c in own if issubclass(c, Method)]


def catalogue() -> dict[str, type[Method]]:
    """Every community method by name, in the order of the names."""
    return dict(_found())


def chosen(method: str | Method, seed: int, options: Mapping[str, Any]) -> Method:
    """The method meant, with its options and, where it draws random numbers, the seed.

    Raises:
        SettingsError: No method has that name, or the method has no such option.
    """
    seeded(seed)
    if isinstance(method, Method):
        if options:
            raise SettingsError(f"Give options to {method.name} itself, or name the method; not both.")
        return method
    known = catalogue()
    if method not in known:
        raise SettingsError(unknown("community method", method, known))
    taken = {f.name for f in fields(known[method])}
    for name in options:
        if name not in taken:
            raise SettingsError(unknown(f"option of {method}", name, taken | {"seed"}))
    return known[method](**({"seed": seed} if "seed" in taken else {}), **options)
