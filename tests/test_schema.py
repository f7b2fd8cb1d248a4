"""The schema is said once; what people and machines are told of it is made from the classes that check."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.errors import SettingsError
from followmoney.schema import TABLES, key, table
from followmoney.schema.codes import exponent, minor, money
from followmoney.schema.describe import FORMATS, describe, rows
from followmoney.schema.refusals import refusals
from followmoney.schema.rules import RULES


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_of_every_table_is_described(name: str) -> None:
    described = rows(name)
    assert [row["column"] for row in described] == list(table(name).columns())
    assert all(row["description"] and row["type"] for row in described)
    for form in FORMATS:
        text = describe(name, form)
        assert all(row["column"] in text for row in described)
    assert all(text.endswith(".") for text in refusals(name).values())


def test_the_json_schema_is_made_of_the_columns() -> None:
    whole = json.loads(describe(None, "json"))
    assert whole["$schema"].endswith("2020-12/schema")
    assert set(whole["$defs"]) == set(TABLES)
    transaction = whole["$defs"]["transactions"]
    assert transaction["required"] == ["id", "booked_at", "amount", "currency"]
    assert transaction["properties"]["amount"]["minimum"] == 1
    assert transaction["properties"]["channel"]["enum"][-1] is None
    assert transaction["properties"]["currency"]["pattern"] == "^[A-Z]{3,5}$"
    assert transaction["properties"]["amount"]["x-followmoney"]["ftm"] == "Payment.amount"
    assert transaction["additionalProperties"] is False
    assert json.loads(describe("roles", "json"))["title"] == "roles"


def test_all_tables_are_said_one_after_the_other() -> None:
    assert describe(None, "markdown").count("\n## ") == len(TABLES) - 1
    assert "FollowTheMoney" in describe("transactions")


def test_a_name_nobody_knows_is_told_the_nearest() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'transactions'"):
        describe("transaction")
    with pytest.raises(SettingsError, match="Did you mean 'markdown'"):
        describe("roles", "markdwn")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", list(TABLES))
def test_every_rule_a_row_can_break_is_explained(name: str) -> None:
    from followmoney.ledger._check import _rules

    columns = {at: column for at, column in table(name).columns().items() if at not in ("source", "row")}
    found = pl.Schema({at: pl.String() for at in columns})  # as text, so that the types are rules too
    said = set(refusals(name))
    unsaid = {rule for rule in _rules(name, columns, found) if rule not in said}
    of_any = {word for rule in said if rule.startswith("COLUMN|") for word in rule.partition("|")[2].split(", ")}
    assert {rule.partition("|")[2] for rule in unsaid} <= of_any
    assert all(rule in describe(name) for rule in said)


def test_rules_name_columns_that_are_there() -> None:
    for name, known in RULES.items():
        for columns, _ in known.values():
            assert set(columns) <= set(table(name).columns())


def test_keys_and_references_hold_together() -> None:
    assert {name: key(name) for name in TABLES if key(name)} == dict.fromkeys(
        ["transactions", "accounts", "parties", "assets", "trades", "mirrors"], "id"
    )
    for name in TABLES:
        for column in table(name).columns().values():
            for target in filter(None, str((column.metadata or {}).get("ref", "")).split(" or ")):
                assert key(target) == "id"


@given(st.integers(-(2**63), 2**63), st.sampled_from(["EUR", "JPY", "KWD", "CLF", "BTC", "ETH"]))
def test_money_is_written_and_read_back_exactly(amount: int, currency: str) -> None:
    assert minor(money(amount, currency).removeprefix(f"{currency} "), currency) == amount


@pytest.mark.parametrize("text", ["", "abc", "NaN", "Infinity", "1.2.3", "0.001"])
def test_what_is_no_amount_is_an_error(text: str) -> None:
    with pytest.raises(SettingsError):
        minor(text, "EUR")


def test_currencies_have_their_decimals() -> None:
    assert {c: exponent(c) for c in ("EUR", "JPY", "TND", "CLF", "BTC")} == {
        "EUR": 2, "JPY": 0, "TND": 3, "CLF": 4, "BTC": 8,
    }  # fmt: skip
