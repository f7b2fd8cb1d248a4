"""Thresholds that make no sense are refused before anything is looked for: with the pattern, the threshold, and why."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from math import inf, isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, cast

from followmoney.errors import SettingsError
from followmoney.patterns._threshold import MAJOR, MOST, MOST_OF

if TYPE_CHECKING:
    from followmoney.patterns._pattern import Pattern

_BANDS = (
    ("low", "high"), ("passed", "most"), ("shortest", "longest"), ("young", "old"), ("payers", "most"),
    ("payees", "most"), ("depositors", "most"),
)  # fmt: skip
"""Thresholds of which the first is none above the second, or nothing could ever be found."""
_CURRENCY = re.compile(r"[A-Z]{3,5}")


def sane(pattern: Pattern) -> None:
    """Refuse thresholds of a wrong kind, out of their range, or that exclude one another.

    Raises:
        SettingsError: The first that makes no sense.
    """
    for field in dataclasses.fields(pattern):
        value, unit = getattr(pattern, field.name), field.metadata["unit"]
        said = f"{pattern.name}: {field.name} = {value!r}"
        if field.type in {"str", str}:
            if not isinstance(value, str):
                raise SettingsError(f"{said} is not text; give a {unit}.")
        elif unit == MAJOR:
            _amounts(said, value, field.metadata["low"])
        else:
            _number(said, value, whole=field.type in {"int", int})
            _within(said, value, field.metadata["low"], min(field.metadata["high"], MOST.get(unit, MOST_OF)))
    for least, most in _BANDS:
        if getattr(pattern, least, 0) > getattr(pattern, most, inf):
            raise SettingsError(
                f"{pattern.name}: {least} = {getattr(pattern, least)} is above {most} = {getattr(pattern, most)}, "
                f"which makes no sense; give a {least} that is not above {most}."
            )


def _number(said: str, value: Any, *, whole: bool) -> None:  # noqa: ANN401
    kind = Integral if whole else Real
    if isinstance(value, bool) or not isinstance(value, kind) or not isfinite(value):
        raise SettingsError(f"{said} makes no sense; give a {'whole ' if whole else ''}number.")


def _within(said: str, value: float, low: float, high: float) -> None:
    if value < low:
        raise SettingsError(f"{said} makes no sense; give {low} or more.")
    if value > high:
        raise SettingsError(f"{said} makes no sense; give {high:,} or less.")


def _amounts(said: str, given: Any, low: float) -> None:  # noqa: ANN401
    if not isinstance(given, Mapping) or not given:
        raise SettingsError(f'{said} gives no amount, so that nothing could be found; give one like {{"EUR": 10000}}.')
    for currency, amount in cast("Mapping[Any, Any]", given).items():
        if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
            meant = str(currency).strip().upper()
            hint = f" Did you mean {meant[:3]!r}?" if _CURRENCY.fullmatch(meant[:3]) else ""
            raise SettingsError(f"{said}: {currency!r} is not a currency; give its code in capitals, like EUR.{hint}")
        _number(f"{said}: {amount!r}", amount, whole=True)
        _within(f"{said}: {amount!r}", amount, low, MOST[MAJOR])
