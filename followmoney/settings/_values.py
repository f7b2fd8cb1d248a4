"""A value as a file, the environment or a flag gives it → the type of its setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args, get_origin

from followmoney.errors import SettingsError, unknown
from followmoney.settings._assertions import assertions
from followmoney.settings._claimants import claimants
from followmoney.settings._leaves import Leaf, optional

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NAMES = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}


def read(leaf: Leaf, value: Any, origin: str) -> Any:  # noqa: ANN401
    """The value in the setting's type; anything else is an error that names the setting and where it was given."""
    hint = leaf.hint
    if leaf.path in _OWN:
        return _OWN[leaf.path](value, origin)
    if optional(hint):
        if value is None or value == "":
            return None
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_one(leaf, get_args(hint)[0], part, origin) for part in _parts(value))
    if get_origin(hint) is dict:
        return {k: _one(leaf, get_args(hint)[1], v, origin) for k, v in sorted(_pairs(leaf, value, origin).items())}
    return _one(leaf, hint, value, origin)


def _one(leaf: Leaf, hint: Any, value: Any, origin: str) -> Any:  # noqa: ANN401
    if leaf.choices:
        if value not in leaf.choices:
            raise SettingsError(f"{origin}: {unknown(f'value for {leaf.path},', str(value), leaf.choices)}")
        return value
    try:
        made = _TYPED.get(hint, lambda given: given)(value)
    except (ValueError, TypeError, OverflowError, KeyError):
        raise SettingsError(
            f"{origin}: {leaf.path} is {value!r}, but must be {_NAMES.get(hint, 'another value')}."
        ) from None
    whole = isinstance(made, float) and type(leaf.default) is int and made.is_integer()
    return int(made) if whole else made  # one value is written in one way, 7 or 7.0, wherever it came from


def _parts(value: Any) -> list[Any]:  # noqa: ANN401
    """Several values: a list, or a text with commas (flags and the environment)."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return list(value) if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType]


def _pairs(leaf: Leaf, value: Any, origin: str) -> dict[str, Any]:  # noqa: ANN401
    """Values by name: a table, or a text like EUR=10000,USD=10000."""
    if isinstance(value, Mapping):
        return {str(k): v for k, v in value.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    pairs = [part.partition("=") for part in _parts(value) if isinstance(part, str)]
    if not pairs or not all(sign for _, sign, _ in pairs):
        raise SettingsError(f"{origin}: {leaf.path} is {value!r}, but must be pairs like EUR=10000,USD=10000.")
    return {name.strip(): amount.strip() for name, _, amount in pairs}


def _number(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool | float):
        raise TypeError
    return int(value)


def _fraction(value: Any) -> float:  # noqa: ANN401
    number = float("nan" if isinstance(value, bool) else value)
    if number - number != 0:  # neither a number nor finite
        raise ValueError
    return number


def _truth(value: Any) -> bool:  # noqa: ANN401
    return value if isinstance(value, bool) else _WORDS[str(value).lower()]


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, date):  # TOML has dates of its own; a time is a date too
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError
    return value


_TYPED: dict[Any, Callable[[Any], Any]] = {int: _number, float: _fraction, bool: _truth, str: _text}

_OWN: dict[str, Callable[[Any, str], Any]] = {"trace.assertions": assertions, "trace.claimants": claimants}
"""Settings that are tables of their own."""
