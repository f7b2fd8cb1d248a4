"""Refused rows of statements: how many belong to each, and what they come to where that can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from followmoney.ledger.ledger import Ledger
from followmoney.schema.codes import exponent, money

_WRITTEN = re.compile(r"\+?([0-9]{1,15})(?:[.,]([0-9]{1,4}))?", re.ASCII)
_TAKEN = ("id|unique", "id|wording")
"""Another row says the same and is taken: nothing is lost."""


def lost(ledger: Ledger, statements: pl.DataFrame) -> pl.Series:
    """A sentence for every statement (source, account, currency, start, end) of which rows were refused; else empty.

    A row is the statement's if it is of its file, names its account and is of its days; one that does not say its
    account, or its day, is where only one statement can be meant.
    """
    refused = ledger.refused.filter((pl.col("table") == "transactions") & ~pl.col("rule").is_in(_TAKEN))
    refused = refused.filter(pl.col("source").is_in(statements["source"].implode()))
    by_source: dict[str, list[int]] = {}
    told = statements.select("source", "account", "currency", "start", "end").rows()
    for at, (source, *_) in enumerate(told):
        by_source.setdefault(source, []).append(at)
    counts = [0] * len(told)
    sums: list[dict[str, int]] = [{} for _ in told]
    for source, values in refused.select("source", "values").iter_rows():
        cells: Mapping[str, Any] = json.loads(values)
        ends = {cells.get("originator"), cells.get("beneficiary")} - {None}
        day = str(cells.get("booked_at") or cells.get("value_date") or "")[:10]
        mine = [at for at in by_source[source] if not ends or told[at][1] in ends]
        within = [at for at in mine if str(told[at][3]) <= day <= str(told[at][4])]
        for at in within or (mine if len(mine) == 1 else ()):
            counts[at] += 1
            currency = cells.get("currency") or told[at][2]
            amount = _minor(cells.get("amount"), str(currency))
            if amount is not None and currency:
                sums[at][currency] = sums[at].get(currency, 0) + amount
    return pl.Series([_said(n, some) if n else None for n, some in zip(counts, sums, strict=True)], dtype=pl.String)


def _said(count: int, sums: Mapping[str, int]) -> str:
    come_to = " and ".join(money(amount, currency) for currency, amount in sorted(sums.items()))
    rows = "1 row of it was refused" if count == 1 else f"{count:,} rows of it were refused"
    return f"{rows}, {come_to} where readable" if come_to else f"{rows}, without a readable amount"


def _minor(amount: object, currency: str) -> int | None:
    """A typed amount is in minor units; one that was found as text is as written."""
    if isinstance(amount, int):
        return abs(amount)
    match = _WRITTEN.fullmatch(str(amount or ""))
    decimals = exponent(currency)
    if match is None or (match[2] or "")[decimals:].strip("0"):
        return None
    return int(match[1] + (match[2] or "")[:decimals].ljust(decimals, "0"))
