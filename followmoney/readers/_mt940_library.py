"""The library `mt-940`: it knows what stands in a field of an MT940 message; all that is asked of it is asked here."""

from __future__ import annotations

import logging
import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from followmoney.errors import InputError

_LAST_CENTURY = 2080
"""SWIFT's two-digit years: 80 to 99 are 1980 to 1999; the library takes all as 20xx."""
_AFTER_AMOUNT = re.compile(r"(?P<open>\n|$)| *[A-Za-z/]| +$")
"""What can follow an amount; anything else (`.000,00`, `'000`) is the rest of an amount the library read in part."""
_PADDED = re.compile(r"^([A-Za-z]\d{6}[A-Za-z]{3})0+(?=\d)")  # some fill a balance up beyond its 15 characters


class FieldError(ValueError):
    """A field that cannot be read; its text is the rule it breaks."""


class Entry(NamedTuple):
    """A statement line (field 61)."""

    booked: date
    value: date
    mark: str
    """D, C, RD, RC (a reversed debit is a credit), ED, EC (expected)."""
    amount: Decimal
    code: str
    """How it was paid: N, F or S and three letters or digits."""
    customer_reference: str
    bank_reference: str
    extra: str
    """Supplementary details."""
    moved: bool
    """Whether a day that February does not have was read as its last."""
    bare: bool
    """Whether the amount stands without its decimal comma, which is mandatory."""


class Balance(NamedTuple):
    """A balance (fields 60, 62)."""

    day: date
    currency: str
    amount: Decimal


@cache
def _library() -> Any:  # noqa: ANN401
    try:
        import mt940
    except ImportError:
        raise InputError("MT940 and MT942 statements need an extra: pip install followmoney[bank].") from None
    logging.getLogger("mt940").addHandler(logging.NullHandler())  # what cannot be read is told in the ledger
    return mt940


@cache
def _collection() -> Any:  # noqa: ANN401
    """An empty collection: what the library's fields want to know of the message around them."""
    library = _library()
    return library.models.Transactions(options=library.Options.all())


@cache
def _lines() -> tuple[Any, ...]:
    """The forms of a statement line that banks send, the standard one first."""
    tags = _library().tags
    return tags.Statement(), tags.StatementGLS(), tags.StatementASNB()


def ready() -> None:
    """An error that names the extra, where the library is not installed."""
    _collection()


def entry(text: str) -> tuple[Entry, str]:
    """A statement line, and what follows its two lines.

    Raises:
        FieldError: `line|61` where it is none, else the column that cannot be read.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    for most in (len(lines), 2):
        part, rest = "\n".join(lines[:most]), "\n".join(lines[most:])
        for form in _lines():
            if (line := form.re.match(part)) is not None:
                if not _whole_amount(line["amount"], part[line.end("amount") :]):
                    raise FieldError("line|61")
                return _entry(form, line.groupdict()), rest
    raise FieldError("line|61")


def _whole_amount(amount: str, behind: str) -> bool:
    """Whether the amount ends where the library's form ends it; at a line break only after its comma."""
    follows = _AFTER_AMOUNT.match(behind)
    return follows is not None and (follows["open"] is None or "," in amount)


def _entry(form: Any, found: dict[str, Any]) -> Entry:  # noqa: ANN401
    moved = _to_month_end(found, "year", "month", "day") | _to_month_end(found, "year", "entry_month", "entry_day")
    mark, bare = str(found["status"]).upper(), "," not in str(found["amount"])
    try:
        read = form(_collection(), found)
        value = _century(read["date"])
        booked = _century(read["entry_date"]) if "entry_date" in read else value
    except ArithmeticError:
        raise FieldError("amount|dtype") from None
    except ValueError:
        raise FieldError("booked_at|dtype") from None
    return Entry(
        booked, value, mark, abs(read["amount"].amount), str(read.get("id") or "").strip(),
        str(read.get("customer_reference") or "").strip(), str(read.get("bank_reference") or "").strip(),
        str(read.get("extra_details") or "").strip(), moved, bare,
    )  # fmt: skip


def _to_month_end(found: dict[str, Any], year: str, month: str, day: str) -> bool:
    """Banks that count months of 30 days write 30 February."""
    if found.get(month) != "02" or not str(found.get(day)).isdecimal():
        return False
    last = monthrange(2000 + int(found[year]), 2)[1]
    if not last < int(found[day]) <= 30:  # noqa: PLR2004
        return False
    found[day] = str(last)
    return True


def _century(day: date) -> date:
    return date(day.year - (100 if day.year >= _LAST_CENTURY else 0), day.month, day.day)


def balance(text: str) -> Balance:
    """A balance.

    Raises:
        FieldError: It cannot be read.
    """
    tag = _library().tags.FinalOpeningBalance()
    try:
        text = _PADDED.sub(r"\1", text.strip())
        line = tag.re.match(text)
        if line is None or not _AFTER_AMOUNT.match(text[line.end("amount") :]):
            raise FieldError("line|balance")
        (read,) = tag(_collection(), line.groupdict()).values()
    except (ArithmeticError, ValueError):
        raise FieldError("line|balance") from None
    if not str(read.amount.currency).isalpha():
        raise FieldError("line|balance")
    return Balance(_century(read.date), str(read.amount.currency).upper(), read.amount.amount)


def bank_lines(text: str) -> dict[str, str]:
    """The numbered lines of a field NS, which some banks use instead of field 86."""
    tag = _library().tags.NonSwift()
    read: dict[str, Any] = tag(_collection(), tag.parse(_collection(), text))
    start = "non_swift_"
    return {k.removeprefix(start): v.strip() for k, v in read.items() if k.removeprefix(start).isdecimal()}
