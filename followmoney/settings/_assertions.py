"""What an analyst asserts beyond the records, as tables: how a settings file says it, and how it is written again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from pathlib import Path
from typing import Any

from followmoney.errors import SettingsError, unknown
from followmoney.tracing.assertions import Assertion

PATH = "trace.assertions"
_KEYS: dict[str, Field[Any]] = {item.name: item for item in fields(Assertion)}
_NEEDED = [n for n, item in _KEYS.items() if item.default is MISSING and item.default_factory is MISSING]


def assertions(value: Any, origin: str, path: str = PATH) -> tuple[Assertion, ...]:  # noqa: ANN401
    """The assertions in a list of tables; the error names the file, which assertion it is, and the key."""
    rows: list[Any] = list(value) if isinstance(value, list | tuple) else [None]  # pyright: ignore[reportUnknownArgumentType]
    if not all(isinstance(row, Mapping | Assertion) for row in rows):
        raise SettingsError(f"{origin}: {path} must be tables, each beginning with the line [[{path}]].")
    return tuple(_one(row, origin, f"{path} {number}") for number, row in enumerate(rows, 1))


def from_file(name: str, origin: str) -> tuple[Assertion, ...]:
    """The assertions in a file of their own, as tables that each begin with [[assertions]]."""
    try:
        content = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{origin}: cannot read {name}: {error.strerror}. Check the path.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name} is not a TOML file: {error}.") from None
    if other := sorted(set(content) - {"assertions"}):
        raise SettingsError(
            f"{name}: unknown key {other[0]!r}; a file of assertions has only tables that begin with [[assertions]]."
        )
    return assertions(content.get("assertions", []), name, "assertions")


def table(assertion: Assertion) -> dict[str, Any]:
    """An assertion as a table: every key that is set."""
    values = {name: getattr(assertion, name) for name in _KEYS}
    return {name: value for name, value in values.items() if value is not None}


def _one(row: Any, origin: str, path: str) -> Assertion:  # noqa: ANN401
    if isinstance(row, Assertion):
        return row
    given: dict[str, Any] = dict(row)
    for name in given:
        if name not in _KEYS:
            raise SettingsError(f"{origin}: {path}: {unknown('key', str(name), _KEYS)}")
    if missing := [name for name in _NEEDED if name not in given]:
        raise SettingsError(f"{origin}: {path} does not say {', '.join(missing)}. Needed: {', '.join(_NEEDED)}.")
    try:
        return Assertion(**{name: _value(name, value) for name, value in given.items()})
    except _WrongError as error:
        raise SettingsError(f"{origin}: {path}.{error}") from None
    except SettingsError as error:
        raise SettingsError(f"{origin}: {path}: {error}") from None


class _WrongError(ValueError):
    """A value of the wrong kind."""


def _value(name: str, value: Any) -> Any:  # noqa: ANN401
    """A value in the type of its key."""
    if name == "about":
        names: Any = [value] if isinstance(value, str) else value
        if isinstance(names, list) and all(isinstance(n, str) and n for n in names):  # pyright: ignore[reportUnknownVariableType]
            return tuple(names)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        raise _WrongError(f'about is {value!r}, but must be identifiers, like ["t17"].')
    if name in {"when", "since"}:
        return _day(name, value)
    if name == "on":
        if isinstance(value, bool):
            return value
        raise _WrongError(f"on is {value!r}, but must be true or false.")
    if isinstance(value, str):
        return value
    raise _WrongError(f"{name} is {value!r}, but must be a text.")


def _day(name: str, value: Any) -> date:  # noqa: ANN401
    shown = value.isoformat() if isinstance(value, date) else value
    try:
        return date.fromisoformat(shown)
    except (ValueError, TypeError):
        raise _WrongError(f"{name} is {shown!r}, but must be a day like 2024-06-30.") from None
