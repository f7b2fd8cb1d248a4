"""Identifiers of parties in one spelling, and only those that can be right: a wrong one neither joins nor parts."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import polars as pl

_LEAST = 4  # signs; shorter "numbers" are mostly fillers
_BORNE = 20  # parties; an identifier that more bear is a filler ("99999999")


def usable(parties: pl.DataFrame) -> pl.DataFrame:
    """The identifiers of every party, in order: lei, register_number, vat; null where there is none or it is not valid.

    A register number counts within its country (`country` stands before it), a VAT number within the country it begins
    with, or else within that of the party. python-stdnum checks LEI, VAT numbers, and register numbers of countries
    whose check it knows; where it knows none, four signs with a digit among them will do.
    """
    country = pl.col("country").fill_null("")
    joined = (country + ":" + pl.col("register_number")).alias("register_number")
    taxed = (country + ":" + pl.col("vat")).alias("vat")
    asked = parties.select("lei", pl.when(country != "").then(joined), taxed)
    return asked.select(_of(asked[name]).alias(name) for name in asked.columns)


def ibans(written: pl.Series) -> pl.Series:
    """IBANs in one spelling; null where the check digits are wrong."""
    from stdnum import iban  # pyright: ignore[reportMissingTypeStubs]

    def one(text: str) -> str | None:
        squeezed = re.sub(r"\W", "", text).upper()
        return squeezed if iban.is_valid(squeezed) else None

    return _by_value(written, one)


def _of(column: pl.Series) -> pl.Series:
    rule = {"lei": _lei, "register_number": _registered, "vat": _taxed}[column.name]
    clean = _by_value(column, rule)
    often = clean.drop_nulls().value_counts(name="n").filter(pl.col("n") > _BORNE)[column.name]
    return pl.select(pl.when(~clean.is_in(often.implode())).then(clean).alias(column.name)).to_series()


def _by_value(column: pl.Series, rule: Any) -> pl.Series:  # noqa: ANN401
    """A rule applied to every distinct value once."""
    values = column.drop_nulls().unique()
    table = pl.DataFrame({"was": values, "now": pl.Series([rule(v) for v in values], dtype=pl.String)})
    frame = pl.DataFrame({"was": column}).join(table, on="was", how="left", maintain_order="left")
    return frame["now"].alias(column.name)


def _lei(text: str) -> str | None:
    from stdnum import lei  # pyright: ignore[reportMissingTypeStubs]

    return text if lei.is_valid(text) else None


def _registered(text: str) -> str | None:
    country, _, number = text.partition(":")
    clean = re.sub(r"[\W_]", "", number).upper()
    if not _plausible(clean):
        return None
    check = _check(country, _REGISTERS.get(country, ""))
    if check is not None and not check.is_valid(clean):
        return None
    return f"{country}:{clean.lstrip('0')}"


def _taxed(text: str) -> str | None:
    country, _, number = text.partition(":")
    clean = re.sub(r"[\W_]", "", number).upper()
    if not _plausible(clean):
        return None
    if clean[:2].isalpha():
        country, clean = {"EL": "GR"}.get(clean[:2], clean[:2]), clean[2:]
    check = _check(country, "vat")
    if check is not None and not check.is_valid(clean):
        return None
    return f"{country}:{clean}" if country else None


def _plausible(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return len(number) >= _LEAST and len(set(digits)) > 1 and digits not in "12345678901234567890"


_REGISTERS = {"BE": "vat", "BG": "vat", "DK": "cvr", "EE": "registrikood", "FI": "ytunnus", "FR": "siren", "HR": "oib",
              "LV": "pvn", "NO": "orgnr", "PL": "", "PT": "nif", "RO": "cf", "SE": "orgnr"}  # fmt: skip
"""Countries whose register number python-stdnum can check, and by what."""


@cache
def _check(country: str, name: str) -> Any:  # noqa: ANN401
    """The module of python-stdnum that checks a kind of number, if it has one."""
    from stdnum import get_cc_module  # pyright: ignore[reportMissingTypeStubs]

    return get_cc_module(country.lower(), name) if country and name else None
