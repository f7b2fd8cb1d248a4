"""The other lines of a sketch: party, account, balance, owns, asset, role, address, trade, statement, finance."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import polars as pl

from followmoney.errors import unknown
from followmoney.readers._sketch_line import Line, is_amount, is_country, is_currency, unquoted
from followmoney.readers._sketch_transaction import DEFAULT_CURRENCY
from followmoney.schema import table
from followmoney.schema.codes import (
    ASSET_KINDS,
    BALANCE_KINDS,
    FINANCE_KINDS,
    INTEREST_KINDS,
    PARTY_KINDS,
    ROLE_KINDS,
    SCHEMES,
)

Row = dict[str, object]
_AMOUNTS = ("value", "encumbrance", "opening", "closing", "income")


def party(line: Line) -> Row:
    """`party P1 person "Ana Example" ES income=24,000.00`."""
    row: Row = {"id": line.at(1, "the party")}
    given = next((w.partition("=")[2] for w in line.words if w.startswith("income_currency=")), DEFAULT_CURRENCY)
    for word in _rest(line, "parties", row, 2, given):
        if word.replace("_", " ") in PARTY_KINDS:
            row["kind"] = word.replace("_", " ")
        elif word.startswith('"'):
            row["name"] = unquoted(word)
        else:
            row["country"] = _country(line, word, PARTY_KINDS)
    return row | ({"income_currency": given} if "income" in row else {})


def account(line: Line) -> Row:
    """`account A holder=P1 IBAN ES EUR`."""
    row: Row = {"id": line.at(1, "the account")}
    for word in _rest(line, "accounts", row, 2):
        if word in SCHEMES:
            row["scheme"] = word
        elif is_currency(word):
            row["currency"] = word
        else:
            row["country"] = _country(line, word, SCHEMES)
    return row


def balance(line: Line) -> Row:
    """`balance A 2024-01-01 500.00 EUR opening`."""
    currency = next((w for w in line.words[4:] if is_currency(w)), DEFAULT_CURRENCY)
    at, amount = line.moment(line.at(2, "the day")), line.money(line.at(3, "the balance"), currency)
    row: Row = {
        "account": line.at(1, "the account"), "at": at, "amount": amount, "currency": currency, "kind": "stated",
    }  # fmt: skip
    for word in _rest(line, "balances", row, 4):
        if word in BALANCE_KINDS:
            row["kind"] = word
        elif not is_currency(word):
            raise line.error(unknown("word", word, BALANCE_KINDS))
    return row


def owns(line: Line) -> Row:
    """`owns P1 C1 60%` or `owns P1 C1 25-50% votingRights indirect`."""
    row: Row = {"owner": line.at(1, "the owner"), "owned": line.at(2, "what is owned"), "kind": INTEREST_KINDS[0]}
    for word in _rest(line, "interests", row, 3):
        if word.endswith("%"):
            row["share_min"], row["share_max"] = _shares(line, word)
        elif word in INTEREST_KINDS:
            row["kind"] = word
        elif word in ("direct", "indirect"):
            row["direct"] = word == "direct"
        else:
            raise line.error(unknown("word", word, (*INTEREST_KINDS, "direct", "indirect", "60%")))
    return row


def asset(line: Line) -> Row:
    """`asset V1 real_estate "Villa" holder=C1 400,000.00 EUR by=t9,t10 ES`."""
    currency = next((w for w in line.words[2:] if is_currency(w)), DEFAULT_CURRENCY)
    row: Row = {"id": line.at(1, "the asset")}
    for word in _rest(line, "assets", row, 2, currency):
        if word in ASSET_KINDS:
            row["kind"] = word
        elif word.startswith('"'):
            row["description"] = unquoted(word)
        elif is_amount(word):
            row |= {"value": line.money(word, currency), "currency": currency}
        elif not is_currency(word):
            row["country"] = _country(line, word, ASSET_KINDS)
    if "kind" not in row:
        raise line.error(f"an asset has a kind: {', '.join(ASSET_KINDS)}.")
    return row


def role(line: Line) -> Row:
    """`role P2 C1 director`."""
    row: Row = {"party": line.at(1, "the party"), "of": line.at(2, "whom it acts for"), "kind": line.at(3, "the role")}
    for word in _rest(line, "roles", row, 4):
        raise line.error(f"{word!r} says nothing here; a role reads: role P2 C1 director start=2024-01-01.")
    if row["kind"] not in ROLE_KINDS:
        raise line.error(unknown("role", str(row["kind"]), ROLE_KINDS))
    return row


def address(line: Line) -> Row:
    """`address P1 "Calle Mayor 1" postcode=28013 city=Madrid ES`."""
    row: Row = {"party": line.at(1, "the party")}
    for word in _rest(line, "addresses", row, 2):
        if word.startswith('"'):
            row["street"] = unquoted(word)
        else:
            row["country"] = _country(line, word, ())
    return row


def trade(line: Line) -> Row:
    """`trade T1 S -> B 0808 2,000 kg 40,000.00 EUR document="INV 7" origin=AR shipped_at=2024-03-01 transaction=t3`."""
    if line.at(3, "->") != "->":
        raise line.error(
            "expected '->' as the fourth word; a trade reads: trade T1 Seller -> Buyer 0808 2,000 kg 40,000."
        )
    currency = next((w for w in line.words[8:] if is_currency(w)), DEFAULT_CURRENCY)
    row: Row = {
        "id": line.at(1, "the trade"), "seller": line.at(2, "the seller"), "buyer": line.at(4, "the buyer"),
        "goods": line.at(5, "the goods"), "quantity": _quantity(line, line.at(6, "the quantity")),
        "unit": line.at(7, "the unit"), "value": line.money(line.at(8, "the value"), currency), "currency": currency,
    }  # fmt: skip
    for word in _rest(line, "trades", row, 9, currency):
        if not is_currency(word):
            raise line.error(f"{word!r} says nothing here; give a column, as origin=AR.")
    return row


def statement(line: Line) -> Row:
    """`statement A 2024-01-01 2024-03-31 opening=500.00 closing=20.00 EUR`."""
    currency = next((w for w in line.words[4:] if is_currency(w)), DEFAULT_CURRENCY)
    start, end = line.day(line.at(2, "the first day")), line.day(line.at(3, "the last day"))
    row: Row = {"account": line.at(1, "the account"), "start": start, "end": end, "currency": currency}
    for word in _rest(line, "statements", row, 4, currency):
        if not is_currency(word):
            raise line.error(f"{word!r} says nothing here; a statement reads: statement A 2024-01-01 2024-03-31 EUR.")
    return row


def finance(line: Line) -> Row:
    """`finance P1 asset 2020-12-31 260,000.00 "Flat"`, `finance P1 income 2020-01-01..2020-12-31 30,000.00 EUR`."""
    row: Row = {"party": line.at(1, "the party"), "kind": line.at(2, "the kind")}
    if row["kind"] not in FINANCE_KINDS:
        raise line.error(unknown("kind", str(row["kind"]), FINANCE_KINDS))
    first, _, last = line.at(3, "the day or days").partition("..")
    row |= {"start": line.day(first), "end": line.day(last)} if last else {"end": line.day(first)}
    currency = next((w for w in line.words[5:] if is_currency(w)), DEFAULT_CURRENCY)
    row |= {"amount": line.money(line.at(4, "the amount"), currency), "currency": currency}
    for word in _rest(line, "finances", row, 5):
        if word.startswith('"'):
            row["description"] = unquoted(word)
        elif not is_currency(word):
            raise line.error(f"{word!r} says nothing here; give a currency, or what it is in quotes.")
    return row


LINES: dict[str, tuple[str, Callable[[Line], Row]]] = {
    "party": ("parties", party),
    "account": ("accounts", account),
    "balance": ("balances", balance),
    "owns": ("interests", owns),
    "asset": ("assets", asset),
    "role": ("roles", role),
    "address": ("addresses", address),
    "trade": ("trades", trade),
    "finance": ("finances", finance),
    "statement": ("statements", statement),
}
"""First word of a line → its table and how it is read."""


def _rest(line: Line, name: str, row: Row, start: int, currency: str = DEFAULT_CURRENCY) -> list[str]:
    """Put every `column=value` into the row; the other words are left to the caller."""
    columns = {c: column for c, column in table(name).columns().items() if c not in ("source", "row")}
    rest: list[str] = []
    for word in line.words[start:]:
        column, given, value = word.partition("=")
        if not given or word.startswith('"'):
            rest.append(word)
        elif column == "by" and name == "assets":
            row["acquired_by"] = value.split(",")
        elif column not in columns:
            raise line.error(unknown("column", column, columns))
        else:
            row[column] = _value(line, column, columns[column].dtype, unquoted(value), currency)
    return rest


def _value(line: Line, name: str, dtype: pl.DataType, value: str, currency: str) -> object:
    if name in _AMOUNTS:
        return line.money(value, currency)
    return line.day(value) if dtype == pl.Date else value


def _quantity(line: Line, word: str) -> float:
    if not is_amount(word):
        raise line.error(f"{word!r} is not a quantity; write it like 2,000 or 12.5.")
    return float(word.replace(",", ""))


def _country(line: Line, word: str, also: tuple[str, ...]) -> str:
    if not is_country(word):
        raise line.error(unknown("word", word, (*also, "ES (a country)")))
    return word


def _shares(line: Line, word: str) -> tuple[float, float]:
    low, _, high = word.removesuffix("%").partition("-")
    try:
        shares = float(Fraction(low) / 100), float(Fraction(high or low) / 100)
    except ValueError:
        raise line.error(f"{word!r} is not a share; write it like 60% or 25-50%.") from None
    if not 0 <= shares[0] <= shares[1] <= 1:
        raise line.error(f"{word!r} is not a share between 0% and 100%, lowest first.")
    return shares
