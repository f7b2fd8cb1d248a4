"""Account numbers that pass the check digits but belong to no bank that exists."""

from __future__ import annotations

import hashlib
import string
from typing import Final

_DIGIT: Final = {c: str(i) for i, c in enumerate(string.digits + string.ascii_uppercase)}
_CCC_WEIGHTS: Final = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
_TAIL: Final = {"NL": 10, "EE": 14, "CY": 21, "MT": 23, "GB": 14, "ES": 14}


def checked(country: str, bban: str) -> str:
    """Put the ISO 13616 check digits between a country and its domestic number."""
    number = int("".join(_DIGIT[c] for c in f"{bban}{country}00"))
    return f"{country}{98 - number % 97:02d}{bban}"


def is_valid(iban: str) -> bool:
    """Tell whether the check digits of an IBAN are right."""
    return int("".join(_DIGIT[c] for c in iban[4:] + iban[:4])) % 97 == 1


def lei(stem: str) -> str:
    """Add the two ISO 17442 check digits to eighteen characters."""
    return f"{stem}{98 - int(''.join(_DIGIT[c] for c in f'{stem}00')) % 97:02d}"


def invented(country: str, bank: str, name: str) -> str:
    """Make the account number of a named account at an invented bank; the same name gives the same number."""
    width = _TAIL[country]
    digits = str(int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "big"))[-width:].zfill(width)
    if country == "ES":
        branch, body = digits[:4], digits[4:]
        digits = f"{branch}{_ccc('00' + bank + branch)}{_ccc(body)}{body}"
    return checked(country, bank + digits)


def _ccc(digits: str) -> int:
    rest = 11 - sum(int(d) * w for d, w in zip(digits, _CCC_WEIGHTS, strict=True)) % 11
    return {10: 1, 11: 0}.get(rest, rest)
