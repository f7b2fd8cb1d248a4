"""Figures by name, as they are written: 64=0.15, ES=4."""

from __future__ import annotations

from collections.abc import Iterable

from followmoney.errors import SettingsError

_MOST = 9  # digits of days


def shares(setting: str, given: Iterable[str]) -> dict[str, float]:
    """Shares above 0 and at most 1, by the beginning of a NACE code."""
    found: dict[str, float] = {}
    for text in given:
        sector, _, share = (part.strip() for part in text.partition("="))
        try:
            number = float(share)
        except ValueError:
            number = 0.0
        if not sector or not 0 < number <= 1:
            raise SettingsError(f"{setting} {text!r}: write the beginning of a NACE code and a share, like 64=0.15.")
        found[sector] = number
    return found


def days(setting: str, given: Iterable[str]) -> dict[str, int]:
    """Whole days, by country or for all others."""
    found: dict[str, int] = {}
    for text in given:
        country, _, number = (part.strip() for part in text.partition("="))
        if not country or not (number.isascii() and number.isdigit() and len(number) <= _MOST):
            raise SettingsError(f"{setting} {text!r}: write a country, or other, and whole days, like ES=4.")
        found[country] = int(number)
    return found
