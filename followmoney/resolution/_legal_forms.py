"""Legal forms as they are written in Europe, each under one name: `legal_forms.csv` beside this file."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

FIRST = frozenset({"ooo", "oao", "ao", "pao", "zao", "sia", "uab", "ab", "as", "oy", "doo", "stichting", "fundacja",
                   "fondazione", "fundacion"})  # fmt: skip
"""Those also written before the name."""


@cache
def forms() -> dict[str, str]:
    """As written (plain letters, one space between words), with " @ES" behind it where a country differs → form.

    Forms that one law writes in several ways or languages are one: in Belgium NV and SA, BV and SRL; a company of one
    member is the form it is a case of (SLU is an SL).
    """
    with (files(__package__ or "followmoney.resolution") / "legal_forms.csv").open(encoding="utf-8") as table:
        return {
            row["written"] + (f" @{row['country']}" if row["country"] else ""): row["form"]
            for row in csv.DictReader(table)
        }


@cache
def longest() -> int:
    """Words of the longest form."""
    return max(len(written.split(" @")[0].split()) for written in forms())


@cache
def last_of_several() -> frozenset[str]:
    """The last words of forms of several words."""
    written = (name.split(" @")[0].split() for name in forms())
    return frozenset(words[-1] for words in written if len(words) > 1)
