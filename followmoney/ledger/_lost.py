"""Refused rows of statements: how many belong to each, and what they come to where that can be read."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from followmoney.ledger.ledger import Ledger
from followmoney.schema.codes import exponent, money
from followmoney.schema.refusals import copied
from followmoney.schema.spots import spotted

_WRITTEN = re.compile(r"\+?([0-9]{1,15})(?:[.,]([0-9]{1,4}))?", re.ASCII)
Lines = list[tuple[int, Mapping[str, Any]]]


def lost(ledger: Ledger, statements: pl.DataFrame) -> pl.DataFrame:
    """The same statements, with how many rows of each were `refused`, and a sentence on them (`lost`; else empty).

    A row is the statement's if it stands where its entries do (`entries`). Where that is not known it is if it is of
    its file, names its account and is of its days; one that does not say its account, or its day, is where only one
    statement can be meant. Columns source, account, currency, start, end, entries. Cost: a look at every refused row.
    """
    refused = ledger.refused.filter((pl.col("table") == "transactions") & ~copied(pl.col("rule")))
    by_source: dict[str, Lines] = {}
    for source, row, values in refused.select("source", "row", "values").sort("source", "row").iter_rows():
        by_source.setdefault(source, []).append((row, json.loads(values)))
    spots = [_spots(some) for some in statements["entries"].to_list()]
    unknown = [at for at, some in enumerate(spots) if some is None]
    told = statements.select("source", "account", "currency", "start", "end").rows()
    found: list[list[Mapping[str, Any]]] = [
        [cells for source, first, last in some or () for cells in _between(by_source.get(source, []), first, last)]
        for some in spots
    ]
    for source, rows in by_source.items():
        there = [at for at in unknown if told[at][0] == source]
        for _, cells in rows if there else ():
            for at in _meant(cells, {at: told[at] for at in there}):
                found[at].append(cells)
    said = [_said(some, told[at][2]) if some else None for at, some in enumerate(found)]
    return statements.with_columns(
        pl.Series("refused", list(map(len, found)), dtype=pl.Int64), pl.Series("lost", said, dtype=pl.String)
    )


def _spots(entries: list[str] | None) -> list[tuple[str, int, int]] | None:
    return None if entries is None else [found for one in entries if (found := spotted(one))]


def _between(rows: Lines, first: int, last: int) -> list[Mapping[str, Any]]:
    start, end = (bisect_left(rows, at, key=lambda line: line[0]) for at in (first, last + 1))
    return [cells for _, cells in rows[start:end]]


def _meant(cells: Mapping[str, Any], told: Mapping[int, tuple[Any, ...]]) -> list[int]:
    """Which statements of its file a row can be of."""
    ends = {cells.get("originator"), cells.get("beneficiary")} - {None}
    day = str(cells.get("booked_at") or cells.get("value_date") or "")[:10]
    mine = [at for at, (_, account, *_) in told.items() if not ends or account in ends]
    within = [at for at in mine if str(told[at][3]) <= day <= str(told[at][4])]
    return within or (mine if len(mine) == 1 else [])


def _said(rows: Sequence[Mapping[str, Any]], otherwise: str | None) -> str:
    sums: dict[str, int] = {}
    for cells in rows:
        currency = str(cells.get("currency") or otherwise or "")
        amount = _minor(cells.get("amount"), currency)
        if amount is not None and currency:
            sums[currency] = sums.get(currency, 0) + amount
    come_to = " and ".join(money(amount, currency) for currency, amount in sorted(sums.items()))
    said = "1 row of it was refused" if len(rows) == 1 else f"{len(rows):,} rows of it were refused"
    return f"{said}, {come_to} where readable" if come_to else f"{said}, without a readable amount"


def _minor(amount: object, currency: str) -> int | None:
    """A typed amount is in minor units; one that was found as text is as written."""
    if isinstance(amount, int):
        return abs(amount)
    match = _WRITTEN.fullmatch(str(amount or ""))
    decimals = exponent(currency)
    if match is None or (match[2] or "")[decimals:].strip("0"):
        return None
    return int(match[1] + (match[2] or "")[:decimals].ljust(decimals, "0"))
