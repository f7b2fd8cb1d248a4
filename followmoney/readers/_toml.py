"""TOML tables → frozen dataclasses; an unknown key is an error with the nearest match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from followmoney.errors import SettingsError, unknown

T = TypeVar("T")


def keys(given: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    """Refuse a key nobody knows."""
    for name in given:
        if name not in known:
            raise SettingsError(f"{where}: {unknown('key', name, known)}")


def build(cls: type[T], given: Mapping[str, Any], where: str) -> T:
    """The dataclass from a TOML table; values are of the type of its defaults (a list may be written as one item)."""
    known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
    keys(given, tuple(known), where)
    values: dict[str, Any] = {}
    for name, value in given.items():
        default = known[name].default
        wanted = "text | number" if "|" in str(known[name].type) else _kind(default)
        values[name] = texts(value, f"{where}.{name}") if wanted == "list" else value
        if _kind(values[name]) not in wanted:
            raise SettingsError(f"{where}.{name} is {value!r}; it should be a {wanted}.")
    try:
        return cls(**values)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error}") from None


def texts(value: object, where: str) -> tuple[str, ...]:
    """A list of texts, or one text."""
    items: list[object] = list(value) if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownArgumentType]
    if not all(isinstance(item, str) for item in items):
        raise SettingsError(f"{where} is {value!r}; it should be a text or a list of texts.")
    return tuple(str(item) for item in items)


def section(value: object, where: str) -> dict[str, Any]:
    """A TOML table of anything."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where} is {value!r}; it should be a table.")
    return {str(name): item for name, item in value.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def mapping(value: object, where: str) -> dict[str, str]:
    """A table of text to text; numbers are taken as text."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where} is {value!r}; it should be a table.")
    pairs: dict[str, object] = value  # pyright: ignore[reportUnknownVariableType]
    for name, item in pairs.items():
        if not isinstance(item, str | int) or isinstance(item, bool):
            raise SettingsError(f"{where}.{name} is {item!r}; it should be a text.")
    return {str(name): str(item) for name, item in pairs.items()}


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int):
        return "number"
    return "list" if isinstance(value, tuple | list) else "text" if isinstance(value, str) else "table"
