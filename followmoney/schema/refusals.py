"""Why a row is refused: every rule by the name that `followmoney check` gives it, in a sentence."""

from __future__ import annotations

from datetime import date

import dataframely as dy
import polars as pl

from followmoney.schema import TABLES, key, table
from followmoney.schema.rules import RULES

EVER = (date(1, 1, 1), date(9999, 12, 31))
"""Days a calendar can show; registers write 9999-12-31 for "open"."""
LIKELY = (date(1800, 1, 1), date(2200, 12, 31))
"""Days of bank business."""
MOVEMENTS = ("transactions", "balances", "statements")
"""Tables whose days are of bank business."""

_ANY = {
    "COLUMN|empty": "Nothing stands in a column that is required.",
    "COLUMN|dtype": "What stands there cannot be read as the type of the column.",
    "COLUMN|regex, enum, min, max, min_length, inner_nullability, nan, inf": (
        "What stands there breaks the rule in the table above."
    ),
    "line|…": "A line of a text file cannot be divided into its cells, or is not in the encoding of the file.",
}
"""Rules of every table; COLUMN stands for its name."""


def days(name: str) -> tuple[date, date]:
    """The first and the last day that a table takes."""
    return LIKELY if name in MOVEMENTS else EVER


_READERS = {
    "own|empty": "The row does not say whose statement it stands on: the account's own number is empty.",
    "line|balance": "A balance of the statement cannot be read.",
    "amount|decimals": "The amount has more decimals than its currency.",
    "amount|sign": "The sign of the amount contradicts whether it was credited or debited.",
    "amount|debit and credit": "The row has an amount as debit and one as credit.",
    "direction|enum": "What says whether it was credited or debited is none of the words for it.",
    "direction|empty": "Nothing says whether it was credited or debited.",
    "originator|several": "Several accounts paid together; who paid how much is not said.",
    "involved_parties|who paid whom": "Several parties are named, and not who of them paid whom.",
    "line|json": "The line is no JSON object.",
    "line|shape": "What the record holds is of another kind than expected: a text in place of a list, or the like.",
    "line|deep": "The record is nested absurdly deep.",
    "line|number": "A number in the record is too large to be one.",
    "company_number|empty": "The register's number of the company is empty.",
    "schema|empty": "The record does not say of what kind it is.",
}
"""What readers find wrong before a row is one of ours."""


def explained(rule: str) -> str | None:
    """What a rule means, by the name rows are refused under; None where there is none of the name.

    One of a column (`amount|dtype`) is explained for all columns alike, where no table says more of it.
    """
    said = [text for name in TABLES for known, text in refusals(name).items() if known == rule]
    if said or rule in _READERS:
        return _READERS.get(rule) or said[0]
    column, _, kind = rule.partition("|")
    if column == "line":
        return _ANY["line|…"]
    if not any(column in table(name).columns() for name in TABLES):
        return None
    of = f"Column {column}: "
    return next((of + text for known, text in _ANY.items() if kind in known.partition("|")[2].split(", ")), None)


def copied(rule: pl.Expr) -> pl.Expr:
    """Whether a row was refused because another one that says the same was taken: nothing is lost with it."""
    return rule.str.contains(r"^[a-z_]+\|(unique|wording)$")


def names_accounts(name: str, at: str, column: dy.Column) -> bool:
    """Whether a column holds identifiers of accounts."""
    return (name, at) == ("accounts", "id") or "accounts" in str((column.metadata or {}).get("ref", ""))


def refusals(name: str) -> dict[str, str]:
    """The rules of a table by name, in a sentence each; those of more than one column come first."""
    columns = table(name).columns()
    found = {rule: str(check.__doc__) for rule, (_, check) in RULES.get(name, {}).items()}
    if (own := key(name)) is not None:
        found[f"{own}|unique"] = f"Another row says the same under this {own}; the first is taken."
        if name == "transactions":
            found[f"{own}|wording"] = (
                f"Another row with this {own} moves the same money and tells of it otherwise; the first is taken."
            )
        found[f"{own}|conflict"] = f"Another row has this {own} and says something else; all of them are refused."
    first, last = days(name)
    for at, column in columns.items():
        if isinstance(column, dy.Date | dy.Datetime):
            found[f"{at}|range"] = f"Not from {first} to {last}."
        if names_accounts(name, at, column):
            found[f"{at}|reserved"] = 'A name that only we give, to cash and unknown ends, like "(cash EUR)".'
    return found | _ANY
