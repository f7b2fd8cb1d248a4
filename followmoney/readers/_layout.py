"""How a file is laid out: the part of an import specification that is about bytes, cells, numbers and dates."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import polars as pl

from followmoney.errors import SettingsError, unknown
from followmoney.readers._amounts import Marks
from followmoney.readers._dates import check_format, check_zone

_ODD = ("idna", "punycode", "undefined", "utf-7", "raw-unicode-escape", "unicode-escape")
"""Codecs that are no encoding of a file."""
ROUNDINGS = ("refuse", "half_even")


@dataclass(frozen=True)
class Layout:
    """How cells, numbers and dates are written in a file."""

    encoding: str = "utf-8"
    separator: str = ","
    quote: str = '"'
    """Quotation mark around cells; empty where there is none."""
    skip: int = 0
    """Lines before the header (or before the first row, where there is no header)."""
    header: int = 1
    """Line of the header, after the skipped ones; 0 where there is none: columns are then called by position: 1, 2."""
    footer: int | str = 0
    """Lines at the end that are no rows: how many, or a regular expression that their first cell matches."""
    sheet: str = ""
    """Sheet of a workbook; the first unless named."""
    decimal: str = "."
    thousands: str = ""
    rounding: str = "refuse"
    """An amount with more decimals than its currency has: `refuse` the row, or round it `half_even`."""
    dates: tuple[str, ...] = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
    """Formats of dates, tried in turn; `days since 2024-01-01` for a count of days."""
    timezone: str = "UTC"
    """Zone of times that name none."""
    null: tuple[str, ...] = ()
    """Cells that mean: not known. An empty cell always does."""

    def __post_init__(self) -> None:
        """Refuse values that make no sense."""
        _check_encoding(self.encoding)
        if len(self.separator) != 1 or len(self.quote) > 1 or self.separator in (self.quote, "\n", "\r"):
            raise SettingsError("separator is one character, quote is one other character or empty.")
        if len(self.decimal) != 1 or len(self.thousands) > 1 or self.decimal == self.thousands:
            raise SettingsError("decimal is one character, thousands is one other character or empty.")
        if self.rounding not in ROUNDINGS:
            raise SettingsError(unknown("rounding", self.rounding, ROUNDINGS))
        if self.skip < 0 or self.header < 0 or (isinstance(self.footer, int) and self.footer < 0):
            raise SettingsError("skip, header and footer are counted from 0 up.")
        if isinstance(self.footer, str):
            try:
                pl.Series([""]).str.contains(self.footer)  # not re: polars knows no look-around
            except pl.exceptions.PolarsError as error:
                reason = " ".join(str(error).split())
                raise SettingsError(f"footer {self.footer!r} is not a regular expression: {reason}.") from None
        if not self.dates:
            raise SettingsError("dates needs at least one format.")
        for form in self.dates:
            check_format(form)
        check_zone(self.timezone)

    @property
    def marks(self) -> Marks:
        """How amounts are written."""
        return Marks(self.decimal, self.thousands, self.rounding)


def _check_encoding(encoding: str) -> None:
    try:
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
        known = codecs.lookup(encoding).name.replace("_", "-") not in _ODD
    except (LookupError, ValueError):
        known = False
    if not known:
        raise SettingsError(
            f"{encoding!r} is no text encoding that is read; write it like 'utf-8', 'cp1250' or 'utf-16-le'."
        )
