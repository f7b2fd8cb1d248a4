"""Rows of a ledger in an order that depends on nothing but what they say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl

from followmoney.ledger import Ledger
from followmoney.schema import key

Row = dict[str, Any]
_PLACE = ("source", "row")
_OUTSIDE = re.compile(r"\((cash|unknown) [A-Z]{3,5}\)")


def rows(ledger: Ledger, table: str) -> Iterator[Row]:
    """Every row of a table; transactions by time, others by their identifier, else by all they say.

    Of interests, only those that registers hold to be true now.
    """
    if table == "transactions":
        yield from ledger.transactions.iter_rows(named=True)
        return
    frame = ledger.interests if table == "interests" else ledger[table]
    name = key(table)
    by = [name] if name else [c for c in frame.columns if c not in _PLACE and frame[c].dtype != pl.List]
    yield from frame.sort(*by, *_PLACE, nulls_last=False).iter_rows(named=True)


def mark(*parts: object) -> str:
    """A short name for something that has none, made of what it says."""
    told = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def day(first: date | None, latest: date | None = None) -> str | None:
    """A day as written: of one known to the month or year only (the first and last day it can be) just those."""
    if first is None:
        return None
    text = first.isoformat()
    if latest is None or latest == first:
        return text
    return text[:7] if (latest.year, latest.month) == (first.year, first.month) else text[:4]


def moment(at: datetime) -> str:
    """A time in UTC as written, fractions of a second only where there are some."""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (f".{at.microsecond:06}" if at.microsecond else "")


def outside(account: str | None) -> bool:
    """Whether an account only stands for cash, or for an end that nobody names."""
    return account is None or _OUTSIDE.fullmatch(account) is not None
