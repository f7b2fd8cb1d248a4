"""Countries as registers write them → the two letters of ISO 3166-1."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import polars as pl

from followmoney.readers._by_value import by_value

_ALSO = {
    **dict.fromkeys(
        ["england", "scotland", "wales", "northern ireland", "united kingdom", "great britain", "uk",
         "england & wales", "england and wales", "united kingdom (england)", "united kingdom (scotland)"],
        "GB",
    ),
    "usa": "US", "united states of america": "US", "russia": "RU", "british virgin islands": "VG", "iran": "IR",
    "south korea": "KR", "north korea": "KP", "czech republic": "CZ", "turkey": "TR", "taiwan": "TW", "vietnam": "VN",
    "syria": "SY", "venezuela": "VE", "bolivia": "BO", "tanzania": "TZ", "moldova": "MD", "macau": "MO",
    "ivory coast": "CI", "kosovo": "XK", "xkx": "XK",
}  # fmt: skip
"""Names that are not those of the standard."""


@cache
def _names() -> dict[str, str]:
    """Codes of three letters, names, and names turned round ("Iran, Islamic Republic of"), in lower case."""
    found = dict(_ALSO)
    with (Path(__file__).parent / "_countries.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            name, _, of = row["name"].lower().partition(", ")
            found[row["three"].lower()] = found[row["name"].lower()] = row["code"]
            if of:
                found[f"{of} {name}"] = row["code"]
    return found


def country(text: pl.Expr) -> pl.Expr:
    """The country of a code (GB, GBR, US-DE) or of its English name; empty where it is neither."""
    return by_value(text, _country)


def _country(text: pl.Expr) -> pl.Expr:
    given = text.str.strip_chars()
    code = given.str.to_uppercase().str.extract(r"^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$", 1)
    return pl.coalesce(given.str.to_lowercase().replace_strict(_names(), default=None, return_dtype=pl.String), code)
