"""Countries as registers write them → the two letters of ISO 3166-1."""

from __future__ import annotations

import polars as pl

_NAMES = dict.fromkeys(
    ["england", "scotland", "wales", "northern ireland", "united kingdom", "great britain", "uk", "england & wales",
     "england and wales", "united kingdom (england)", "united kingdom (scotland)"],
    "GB",
)  # fmt: skip
"""What the British register writes where a code is wanted; other names are not guessed at."""


def country(text: pl.Expr) -> pl.Expr:
    """The country of a code such as GB or US-DE, or of a part of the United Kingdom by name; else empty."""
    code = text.str.strip_chars().str.to_uppercase().str.extract(r"^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$", 1)
    names = text.str.strip_chars().str.to_lowercase().replace_strict(_NAMES, default=None, return_dtype=pl.String)
    return pl.coalesce(names, code)
