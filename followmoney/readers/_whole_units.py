"""One decimal amount → whole minor units, exactly, or the rule that says why not."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from followmoney.schema.codes import exponent

_MOST = 2**63 - 1
_DIGITS = 64  # written before or after the point


class AmountError(ValueError):
    """An amount that cannot be taken; its text is the end of the rule: `dtype` or `decimals`."""


def whole_units(text: str | Decimal, currency: str) -> int:
    """The amount in minor units of its currency.

    Raises:
        AmountError: No amount, more decimals than the currency has, or more than 64 bits.
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS or len(value.as_tuple().digits) > _DIGITS:
        raise AmountError("dtype")
    shifted = value.scaleb(exponent(currency))
    if shifted != shifted.to_integral_value():
        raise AmountError("decimals")
    if abs(shifted) > _MOST:
        raise AmountError("dtype")
    return int(shifted)


def within(total: int) -> int | None:
    """A sum, where it fits into 64 bits."""
    return total if abs(total) < 2**63 else None
