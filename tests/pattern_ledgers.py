"""Random ledgers on which patterns are put to the proof: few accounts, ties, hubs, times and amounts on the edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st
from twins import loose

import followmoney as fm
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.patterns import Pattern

Row = dict[str, Any]
Rename = Callable[[str], str]

AMOUNTS = [
    [800_000, 799_999, 999_999, 1_000_000, 950_000],
    [5_000_000, 5_000_000, 4_800_000, 4_250_000, 4_249_999, 5_250_000, 5_250_001, 4_000_000, 3_999_999],
    [5_000_000, 2_500_000, 100_000, 999_999, 500_000],
]
"""Minor units on and beside the thresholds; a ledger takes its amounts from one of these."""

GAPS = [0, 0, 1, 3_600, 3_600, 43_200, 86_399, 86_400, 86_401, 172_800, 604_800]
"""Seconds from one transaction to the next."""

POOLS = [
    ("AB", "AB"),
    ("ABC", "ABC"),
    ("ABCD", "ABCD"),
    ("AAABCDE", "AAABCDE"),
    ("ABCDEFJKLM", "GGGA"),
    ("GGA", "BCDEF"),
]
"""Who pays, and who is paid: pairs, small circles, and hubs."""

START = datetime(2024, 1, 1, tzinfo=UTC)


BASE = {
    "id": pl.String, "booked_at": pl.Datetime("us", "UTC"), "sequence": pl.Int64, "originator": pl.String,
    "beneficiary": pl.String, "amount": pl.Int64, "currency": pl.String, "amount_received": pl.Int64,
    "currency_received": pl.String, "channel": pl.String, "row": pl.Int64,
}  # fmt: skip
"""Columns of every random transaction; a pattern's example can bring more, as text."""

_KNOWN = ("accounts", "parties", "roles", "interests", "addresses", "assets", "trades")
_PAID = {"assets": pl.col("acquired_by").list.get(0), "trades": pl.col("transaction")}
"""Who paid for what those tables list."""
_NAMES = {"accounts": "id", "roles": "of"}
"""Columns of those tables in which accounts are named."""


def ledger_of(rows: list[Row], pattern: type[Pattern] | None = None, rename: Rename | None = None) -> Ledger:
    """A checked ledger of these rows, in the order given, with what the pattern's example knows of accounts."""
    more = sorted({c for row in rows for c in row} - BASE.keys())
    found = {"transactions": pl.DataFrame(rows, schema=BASE | dict.fromkeys(more, pl.String))}
    for table, known in _known(pattern).items() if pattern else ():
        frame = known
        if table in _PAID:  # by transactions of the example
            frame = frame.filter(_PAID[table].is_in([r["id"] for r in rows]).fill_null(value=True))
        if rename and table in _NAMES:
            parties = set(_example(pattern).parties["id"])  # a role may be in a party too, and those keep their names
            renamed = [name if name in parties else rename(name) for name in frame[_NAMES[table]]]
            frame = frame.with_columns(pl.Series(_NAMES[table], renamed, pl.String))
        if len(frame):
            found[table] = frame
    parts = [Part(table, "random", frame.lazy()) for table, frame in found.items()]
    ledger = Ledger.of([Reading([Source("random", "0" * 64, 0, "test")], parts)])
    assert not len(ledger.refused), ledger.refused
    return ledger


def settings_of(pattern: type[Pattern]) -> list[Pattern]:
    """The pattern with its defaults, and with thresholds that small ledgers meet often."""
    return [pattern(), pattern(**loose(pattern))]


@cache
def _example(pattern: type[Pattern]) -> Ledger:
    return fm.sketch(pattern.example)


@cache
def _known(pattern: type[Pattern]) -> dict[str, pl.DataFrame]:
    """What the example says of accounts, by table, as a source would: texts, and not what follows from it."""
    stated = {table: _example(pattern)[table].filter(pl.col("row") > 0).drop("source") for table in _KNOWN}
    return {table: frame.cast({pl.Enum: pl.String}) for table, frame in stated.items() if len(frame)}


@cache
def _channels(pattern: type[Pattern]) -> list[str]:
    return _example(pattern).transactions["channel"].cast(pl.String).drop_nulls().unique().sort().to_list()


@cache
def _more(pattern: type[Pattern]) -> dict[str, list[Any]]:
    """Columns of the example's transactions that random rows need not have, and their values."""
    frame = _example(pattern).transactions.drop(*BASE, "source", strict=False)
    more = {c: frame[c].cast(pl.String).drop_nulls().unique().sort().to_list() for c in frame.columns}
    return {c: values for c, values in more.items() if values}


def planted(pattern: type[Pattern]) -> list[Row]:
    """The rows of the pattern's own example, moved to the time of the random rows."""
    frame = _example(pattern).transactions
    shift = START + timedelta(days=20) - frame["booked_at"].min()  # type: ignore[operator]
    keep = [c for c in BASE if c != "row"] + list(_more(pattern))
    rows = frame.select(keep).to_dicts()
    for number, row in enumerate(rows):
        outside = {name: None for name in ("originator", "beneficiary") if row[name].startswith("(")}
        row |= {"booked_at": row["booked_at"] + shift, "row": 1_000 + number, **outside}
    return rows


def rows(pattern: type[Pattern]) -> st.SearchStrategy[list[Row]]:
    """Random transactions, one time in two with the pattern's example among them."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_rows(Random(seed), pattern))  # noqa: S311


def random_rows(dice: Random, pattern: type[Pattern]) -> list[Row]:
    """Each ledger has a few accounts, amounts and gaps of its own, so that ties and repetitions are the rule."""

    def some(of: list[Any], size: int) -> list[Any]:
        return [dice.choice(of) for _ in range(dice.randint(1, size))]

    payers, payees = dice.choice(POOLS)
    amounts, gaps, shifts = some(dice.choice(AMOUNTS), 4), some(GAPS, 4), some([0, 0, 0, 1], 2)
    known = _channels(pattern)
    currencies, channels = some(["EUR", "EUR", "EUR", "GBP", "JPY"], 2), some(["cash", "cash", None, *known], 3)
    more = {column: some([*values, None], 3) for column, values in _more(pattern).items()}
    received, sequences = some([None, None, None, "GBP", "EUR"], 3), some([None, None, 1, 2], 2)
    found: list[Row] = []
    when = START
    for number in range(dice.randint(1, 40)):
        when += timedelta(seconds=dice.choice(gaps), microseconds=dice.choice(shifts))
        paid, got, converted = dice.choice([*payers, None]), dice.choice([*payees, None]), dice.choice(received)
        row: Row = {
            "id": f"r{dice.randint(0, 3)}-{number}",
            "booked_at": when,
            "sequence": dice.choice(sequences),
            "originator": "H" if paid is None and got is None else paid,
            "beneficiary": got,
            "amount": dice.choice(amounts),
            "currency": dice.choice(currencies),
            "amount_received": dice.choice(amounts) if converted else None,
            "currency_received": converted,
            "channel": dice.choice(channels),
            "row": number + 1,
            **{column: dice.choice(values) for column, values in more.items()},
        }
        found.append(row)
    return found + planted(pattern) if dice.random() < 0.5 else found
