"""The book as banks would show it: in booking order, numbered, with balances that add up."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from .book import Book, Movement
from .calendar import LAST, working_day

START: Final = datetime(2024, 1, 1, tzinfo=UTC)
END: Final = datetime.combine(LAST, time.max, UTC)
STATED: Final = ("kestrel", "velamar", "quinta", "zephyrine")
Row = dict[str, Any]


def in_order(book: Book) -> list[tuple[int, Movement]]:
    """Sort the lines as the banks booked them; only a posting sequence lets two share a stamp."""
    lines = sorted(enumerate(book.movements), key=lambda line: _place(book, *line))
    ordered: list[tuple[int, Movement]] = []
    taken: dict[datetime, str] = {}
    for number, move in lines:
        at = move.at
        while at in taken and not (move.bank.sequence and taken[at] == move.bank.alias):
            at += timedelta(seconds=1)
        taken[at] = move.bank.alias
        ordered.append((number, replace(move, at=at)))
    return sorted(ordered, key=lambda line: line[1].at)


def _place(book: Book, number: int, move: Movement) -> tuple[datetime, str, bool, str]:
    # Within one stamp cash comes in first; the rest is mixed, so that the order tells nothing about the story.
    told = f"{book.accounts[move.originator].id if move.originator else ''}{move.amount}{move.purpose}{number}"
    return move.at, move.bank.alias, move.originator is not None, hashlib.sha256(told.encode()).hexdigest()


def transactions(book: Book, lines: list[tuple[int, Movement]]) -> tuple[list[Row], dict[int, str]]:
    """Number the lines t0001, t0002, … and write them as rows; also the id of every line of the book."""
    ids = {number: f"t{n:04d}" for n, (number, _) in enumerate(lines, start=1)}
    sequence: Counter[str] = Counter()
    found: list[Row] = []
    for number, move in lines:
        sequence[move.bank.alias] += 1
        received, other = move.received or (None, None)
        found.append(
            {
                "id": ids[number],
                "booked_at": move.at,
                "value_date": _value_date(move),
                "sequence": sequence[move.bank.alias] if move.bank.sequence else None,
                "originator": move.originator and book.accounts[move.originator].id,
                "beneficiary": move.beneficiary and book.accounts[move.beneficiary].id,
                "amount": move.amount,
                "currency": move.currency,
                "amount_received": received,
                "currency_received": other,
                "channel": move.channel,
                "purpose": move.purpose,
                "reference": move.reference,
                "status": move.status,
                "reverses": None if move.reverses is None else ids[move.reverses],
            }
        )
    return found, ids


def _value_date(move: Movement) -> date | None:
    if not move.bank.values:
        return None
    booked = move.at.date()
    return working_day(booked + timedelta(days=1) if move.channel == "card" else booked)


def balances(book: Book, lines: list[tuple[int, Movement]], ids: dict[int, str]) -> list[Row]:
    """Give every bank account its opening and closing balance, and a few their balance at each month's end."""
    held = {alias: account.opening for alias, account in book.accounts.items() if account.bank is not None}
    found = [_row(book, alias, _opening_time(book, alias), held[alias], kind="opening") for alias in held]
    last: dict[tuple[str, int], Row] = {}
    for number, move in lines:
        if move.status != "booked":
            continue
        for alias, change in _changes(move):
            if alias in held:
                held[alias] += change
                if alias in STATED:
                    stated = _row(book, alias, move.at, held[alias], kind="stated", after=ids[number])
                    last[alias, move.at.month] = stated
    found += [last[key] for key in sorted(last)]
    return found + [_row(book, alias, END, held[alias], kind="closing") for alias in held]


def _changes(move: Movement) -> list[tuple[str, int]]:
    got = move.received[0] if move.received else move.amount
    ends = ((move.originator, -move.amount), (move.beneficiary, got))
    return [(alias, change) for alias, change in ends if alias is not None]


def _opening_time(book: Book, alias: str) -> datetime:
    opened = book.accounts[alias].opened
    return START if opened is None else max(START, datetime.combine(opened, time(), UTC))


def _row(book: Book, alias: str, at: datetime, amount: int, *, kind: str, after: str | None = None) -> Row:
    account = book.accounts[alias]
    currency = account.bank.currency if account.bank else "EUR"
    return {"account": account.id, "at": at, "amount": amount, "currency": currency, "kind": kind, "after": after}
