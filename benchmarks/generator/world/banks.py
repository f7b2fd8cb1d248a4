"""Invented banks in three countries, and account numbers of 22 characters with valid check digits, made in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .hashing import Ints

CURRENCIES: Final = ("EUR", "GBP", "GEL")
COUNTRIES: Final = ("DE", "GB", "GE")
RATES_PPM: Final = np.array([1_000_000, 1_170_000, 340_000], np.int64)  # one unit in millionths of a euro


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank of no real country's register: its code opens every account number it gives."""

    bic: str
    country: int
    code: str
    width: int


BANKS: Final = (
    Bank("ZMERDE2X", 0, "99900010", 10),
    Bank("ZTAUDE2X", 0, "99900020", 10),
    Bank("ZLOTDE2X", 0, "99900030", 10),
    Bank("ZQHBGB2L", 1, "ZQHB999900", 8),
    Bank("ZPIEGB2L", 1, "ZPIE999901", 8),
    Bank("ZVAKGE22", 2, "ZV", 16),
)
BANKS_OF: Final = tuple(np.flatnonzero([b.country == c for b in BANKS]) for c in range(len(COUNTRIES)))
_SPREAD: Final = 69_069_069  # coprime to powers of ten: neighbours get numbers far apart, none twice


def account_ids(bank: NDArray[np.int8], others: Mapping[int, str]) -> pl.Series:
    """Number the accounts of each bank; `bank[i]` is the bank of account i; `others` have a number already."""
    number = np.arange(len(bank), dtype=np.int64) * _SPREAD + 1_234_567
    pieces: list[pl.DataFrame] = []
    for k, b in enumerate(BANKS):
        place = np.flatnonzero(bank == k)
        own = number[place] % 10**b.width
        frame = pl.DataFrame({"place": place, "check": _check(b, own), "own": own})
        country = COUNTRIES[b.country]
        text = pl.concat_str(
            pl.lit(country),
            pl.col("check").cast(pl.String).str.zfill(2),
            pl.lit(b.code),
            pl.col("own").cast(pl.String).str.zfill(b.width),
        )
        pieces.append(frame.select("place", text.alias("id")))
    ids = pl.concat(pieces).sort("place")["id"]
    return ids.scatter(sorted(others), [others[n] for n in sorted(others)]) if others else ids


def _check(bank: Bank, own: Ints) -> Ints:
    letters = "".join(str(int(c, 36)) for c in COUNTRIES[bank.country])
    head = int("".join(str(int(c, 36)) for c in bank.code)) % 97
    tail = own % 97 + head * pow(10, bank.width, 97)
    return 98 - (tail * 10**6 + int(letters + "00")) % 97
