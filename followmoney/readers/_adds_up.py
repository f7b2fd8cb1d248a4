"""Whether the entries of a statement lead from its opening to its closing balance, in words."""

from __future__ import annotations

from followmoney.schema.codes import money


def unexplained(what: str, opening: int, change: int, closing: int, currency: str) -> str | None:
    """A sentence where they do not; amounts in minor units."""
    if opening + change == closing:
        return None
    return (
        f"{what}: opening balance and booked entries give {money(opening + change, currency)}, the "
        f"closing balance is {money(closing, currency)}: entries are missing, or too many."
    )
