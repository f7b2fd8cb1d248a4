"""The cast turned into registers: who exists, which accounts they hold, and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benchmarks.generator.iban import invented

from .cast import BANKS, FIRMS, PEOPLE, SECOND_ACCOUNTS, TERMINALS
from .sheet import cents, day, rows


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank, and what its statements tell: the minute or only the day, a posting sequence, a value date."""

    alias: str
    bic: str
    country: str
    code: str
    currency: str
    only_days: bool
    sequence: bool
    values: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account or a card terminal of the story."""

    alias: str
    id: str
    holder: str
    bank: Bank | None
    country: str
    opening: int
    opened: date | None


def _banks() -> dict[str, Bank]:
    return {
        r["bank"]: Bank(
            r["bank"],
            r["bic"],
            r["country"],
            r["code"],
            r["currency"],
            r["stamps"] == "day",
            r["sequence"] == "yes",
            r["values"] == "yes",
        )
        for r in rows(BANKS)
    }


def accounts() -> dict[str, Account]:
    """Open every account of the story, by its alias; the first account of a party carries the party's alias."""
    banks = _banks()
    first = [(r, r["alias"]) for r in rows(PEOPLE) + rows(FIRMS)]
    second = [(r, r["holder"]) for r in rows(SECOND_ACCOUNTS)]
    found: dict[str, Account] = {}
    for row, holder in first + second:
        bank = banks[row["bank"]]
        number = invented(bank.country, bank.code, row["alias"])
        found[row["alias"]] = Account(
            row["alias"], number, holder, bank, bank.country, cents(row["opening"]), day(row["opened"])
        )
    for row in rows(TERMINALS):
        found[row["alias"]] = Account(row["alias"], row["id"], row["alias"], None, row["country"], 0, None)
    return found


def party_ids() -> dict[str, str]:
    """Number the parties p001, p002, … by name, so that a number says nothing about its bearer."""
    names = {r["alias"]: r["name"] for r in rows(PEOPLE) + rows(FIRMS) + rows(TERMINALS)}
    return {alias: f"p{n:03d}" for n, alias in enumerate(sorted(names, key=lambda a: names[a]), start=1)}
