"""What an account and its holder are called where a bank's file names them: by number, by name alone, or not at all."""

from __future__ import annotations

import re

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_NRB = 26
"""Digits of a Polish account number: an IBAN without its PL."""


def account_id(text: str | None) -> str | None:
    """The account's number: an IBAN without spaces in capitals, anything else as written."""
    plain = " ".join((text or "").split())
    return iban(plain) or plain or None


def iban(text: str) -> str | None:
    """The text as an IBAN, if it has the form of one."""
    joined = text.replace(" ", "").upper()
    if len(joined) == _NRB and joined.isdigit() and is_valid(f"PL{joined}"):
        joined = f"PL{joined}"
    return joined if _IBAN.fullmatch(joined) else None


def is_valid(number: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 7064, modulus 97)."""
    turned = number[4:] + number[:4]
    return number.isascii() and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def is_bic(text: str | None) -> bool:
    """Whether the text has the form of a bank's identifier code."""
    return bool(text and _BIC.fullmatch(text))


def named_only(name: str) -> str:
    """The account of somebody who is named without an account number; the same name as written is the same account."""
    return f"{name} (no account number)"


def holder_of(account: str) -> str:
    """The party that holds an account, where nothing better identifies it."""
    return f"holder of {account}"


def account_row(account: str, *, named: bool = False) -> dict[str, str | None]:
    """The row of an account as far as its number tells: scheme and country."""
    known = None if named else iban(account)
    scheme = "IBAN" if known else None if named else "BBAN"
    return {"id": account, "scheme": scheme, "country": known[:2] if known else None}


def without_number(count: int, accounts: int) -> list[str]:
    """The note on counterparties that are named without an account number."""
    if not count:
        return []
    note = (
        f"{count:,} transactions name the other side without an account number; each name as written was taken for one "
        f"account, called after it ({accounts:,} such accounts)."
    )
    return [note]
