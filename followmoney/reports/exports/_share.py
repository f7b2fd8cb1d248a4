"""Shares as others write them: in percent, exactly as far as the fraction says."""

from __future__ import annotations

from decimal import Decimal


def percent(share: float) -> str:
    """A fraction in percent without rounding: 0.625 is "62.5"."""
    value = Decimal(repr(share)).scaleb(2)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
