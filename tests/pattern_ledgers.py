"""Random ledgers on which patterns are put to the proof: few accounts, ties, hubs, times and amounts on the edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import polars as pl
from hypothesis import strategies as st

import followmoney as fm
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.patterns import Pattern

Row = dict[str, Any]

LOOSE: dict[str, dict[str, Any]] = {
    "structuring": {"deposits": 2, "days": 2, "band": 0.5},
    "fan_in": {"payers": 2, "days": 2, "history": 1, "least": {"EUR": 9_000, "GBP": 1}, "share": 0.4},
    "pass_through": {"hours": 24, "left": 0.5, "low": 0.7},
    "cycle": {"days": 3, "loss": 0.2, "longest": 4},
}
"""Other thresholds for patterns, so that small random ledgers meet them often."""

AMOUNTS = [
    800_000, 799_999, 999_999, 1_000_000, 950_000, 5_000_000, 4_800_000, 4_250_000, 4_249_999, 5_250_000, 5_250_001,
    4_000_000, 3_999_999, 100_000, 500_000,
]  # fmt: skip
"""Minor units on and beside the thresholds."""

GAPS = [0, 0, 0, 1, 3_600, 86_399, 86_400, 86_401, 172_800, 172_801, 604_800]
"""Seconds from one transaction to the next."""

START = datetime(2024, 1, 1, tzinfo=UTC)


def ledger_of(rows: list[Row]) -> Ledger:
    """A checked ledger of these rows, in the order given."""
    schema = {
        "id": pl.String, "booked_at": pl.Datetime("us", "UTC"), "sequence": pl.Int64, "originator": pl.String,
        "beneficiary": pl.String, "amount": pl.Int64, "currency": pl.String, "amount_received": pl.Int64,
        "currency_received": pl.String, "channel": pl.String, "row": pl.Int64,
    }  # fmt: skip
    frame = pl.LazyFrame(rows, schema=schema)
    return Ledger.of([Reading([Source("random", "0" * 64, 0, "test")], [Part("transactions", "random", frame)])])


def settings_of(pattern: type[Pattern]) -> list[Pattern]:
    """The pattern with its defaults, and with thresholds that small ledgers meet often."""
    return [pattern(), pattern(**LOOSE.get(pattern.of(), {}))]


@cache
def _example(pattern: type[Pattern]) -> pl.DataFrame:
    return fm.sketch(pattern.example).transactions


def planted(pattern: type[Pattern]) -> list[Row]:
    """The rows of the pattern's own example, moved to the time of the random rows."""
    frame = _example(pattern)
    shift = START + timedelta(days=20) - frame["booked_at"].min()  # type: ignore[operator]
    keep = [
        "id", "booked_at", "sequence", "originator", "beneficiary", "amount", "currency", "amount_received",
        "currency_received", "channel",
    ]  # fmt: skip
    rows = frame.select(keep).to_dicts()
    for number, row in enumerate(rows):
        outside = {name: None for name in ("originator", "beneficiary") if row[name].startswith("(")}
        row |= {"id": f"p{number}", "booked_at": row["booked_at"] + shift, "row": 1_000 + number, **outside}
    return rows


@st.composite
def rows(draw: st.DrawFn, pattern: type[Pattern], most: int = 24) -> list[Row]:
    """Random transactions, two times in three with the pattern's example among them.

    Each ledger has a few accounts, amounts and gaps of its own, so that ties and repetitions are the rule.
    """

    def some(of: list[Any], size: int) -> st.SearchStrategy[Any]:
        return st.sampled_from(draw(st.lists(st.sampled_from(of), min_size=1, max_size=size)))

    ends = st.sampled_from([*draw(st.sampled_from(["AB", "AAAB", "ABC", "AABCDE", "ABCDEFG"])), None])
    amounts, gaps = some(AMOUNTS, 4), some(GAPS, 4)
    currencies, channels = some(["EUR", "EUR", "EUR", "GBP", "JPY"], 2), some(["cash", "cash", "wire", None], 2)
    received = some([None, None, None, "GBP", "EUR"], 2)
    found: list[Row] = []
    when = START
    for number in range(draw(st.integers(1, most))):
        when += timedelta(seconds=draw(gaps), microseconds=draw(st.sampled_from([0, 0, 0, 1])))
        paid, got, converted = draw(ends), draw(ends), draw(received)
        found.append(
            {
                "id": f"r{draw(st.integers(0, 3))}-{number}",
                "booked_at": when,
                "sequence": draw(st.sampled_from([None, None, 1])),
                "originator": "H" if paid is None and got is None else paid,
                "beneficiary": got,
                "amount": draw(amounts),
                "currency": draw(currencies),
                "amount_received": draw(amounts) if converted else None,
                "currency_received": converted,
                "channel": draw(channels),
                "row": number + 1,
            }
        )
    return found if draw(st.integers(0, 2)) == 0 else found + planted(pattern)
