"""Identifiers of parties in one spelling, and only those that can be right: a wrong one neither joins nor parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl

from followmoney.schema.sentence import sentence

_LEAST = 4  # signs; shorter "numbers" are mostly fillers
_IN_A_ROW = "12345678901234567890"
_BORNE = 20  # parties; an identifier that more bear is a filler ("99999999")


def usable(parties: pl.DataFrame) -> pl.DataFrame:
    """The identifiers of every party, in order: lei, register_number, vat; null where there is none or it is not valid.

    A register number counts within its country (`country` stands before it), a VAT number within the country it begins
    with, or else within that of the party. python-stdnum checks LEI, VAT numbers, and register numbers of countries
    whose check it knows (about 20 µs each); where it knows none, four signs with different digits will do.
    """
    told = parties.select(
        "lei",
        "country",
        _clean("register_number").alias("register_number"),
        _clean("vat").alias("vat"),
        pl.col("vat").str.extract(r"^\s*([A-Za-z]{2})").str.to_uppercase().replace("EL", "GR").alias("within"),
    )
    begins = pl.col("within").is_not_null()
    register = pl.when(_plausible("register_number")).then(sentence("{}:{}", "country", "register_number"))
    number = pl.when(begins).then(pl.col("vat").str.slice(2)).otherwise("vat")
    vat = pl.when(_plausible("vat")).then(sentence("{}:{}", pl.coalesce("within", "country"), number))
    asked = told.select("lei", register.alias("register_number"), vat.alias("vat"))
    return pl.DataFrame(
        [
            _borne(_checked(asked["lei"], _lei, None)),
            _borne(
                _bare(
                    _checked(asked["register_number"], _numbered, [c for c in _REGISTERS if _check(c, _REGISTERS[c])])
                )
            ),
            _borne(_checked(asked["vat"], _taxed, None)),
        ]
    )


def _clean(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all(r"[\W_]", "").str.to_uppercase()


def _plausible(name: str) -> pl.Expr:
    """Long enough, and neither one digit again and again nor digits in a row."""
    digits = pl.col(name).str.replace_all(r"\D", "")
    varied = digits.str.strip_chars(digits.str.slice(0, 1)) != ""
    return (pl.col(name).str.len_chars() >= _LEAST) & varied & ~pl.lit(_IN_A_ROW).str.contains(digits, literal=True)


def _bare(column: pl.Series) -> pl.Series:
    """Without noughts at the beginning of the number, which some registers write and others do not."""
    return column.str.replace(":0+", ":")


def _borne(column: pl.Series) -> pl.Series:
    """Null where more parties bear it than can be."""
    often = column.drop_nulls().value_counts(name="n").filter(pl.col("n") > _BORNE)[column.name]
    return pl.select(pl.when(~column.is_in(often.implode())).then(column).alias(column.name)).to_series()


def _checked(column: pl.Series, valid: Callable[[str], bool], countries: list[str] | None) -> pl.Series:
    """Null where it cannot be right; only the countries given are checked (None: all)."""
    asked = column.drop_nulls()
    wrong = pl.Series([], dtype=pl.String)
    if countries is not None:
        asked = asked.filter(asked.str.extract(r"^([^:]*):").is_in(countries))
        digits = asked.str.contains(_DIGITS)
        wrong, asked = asked.filter(~digits), asked.filter(digits)
    gone = wrong.append(pl.Series([value for value in asked.unique() if not valid(value)], dtype=pl.String)).implode()
    return pl.select(pl.when(~column.is_in(gone)).then(column).alias(column.name)).to_series()


def ibans(written: pl.Series) -> pl.Series:
    """IBANs in capitals without blanks; null where the check digits are wrong."""
    from stdnum import iban  # pyright: ignore[reportMissingTypeStubs]

    squeezed = written.str.replace_all(r"[\W_]", "").str.to_uppercase()
    return _checked(squeezed, iban.is_valid, None)


def _lei(text: str) -> bool:
    from stdnum import lei  # pyright: ignore[reportMissingTypeStubs]

    return lei.is_valid(text)


def _numbered(text: str) -> bool:
    country, _, number = text.partition(":")
    return bool(_check(country, _REGISTERS[country]).is_valid(number))


def _taxed(text: str) -> bool:
    country, _, number = text.partition(":")
    check = _check(country, "vat")
    return check is None or bool(check.is_valid(number))


_REGISTERS = {"BE": "vat", "BG": "vat", "DK": "cvr", "EE": "registrikood", "FI": "ytunnus", "FR": "siren", "HR": "oib",
              "LV": "pvn", "NO": "orgnr", "PL": "", "PT": "nif", "RO": "cf", "SE": "orgnr"}  # fmt: skip
"""Countries whose register number python-stdnum can check, and by what; all of them are digits."""
_DIGITS = r"^[^:]*:(?:[A-Z]{2})?[0-9]+$"
"""What such a number looks like, with its country before it and perhaps once more."""


@cache
def _check(country: str, name: str) -> Any:  # noqa: ANN401
    """The module of python-stdnum that checks a kind of number, if it has one."""
    from stdnum import get_cc_module  # pyright: ignore[reportMissingTypeStubs]

    return get_cc_module(country.lower(), name) if country and name else None
