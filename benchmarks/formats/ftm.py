"""Payments in FollowTheMoney, as JSON Lines, with the accounts they go between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .format import Format, Way, parsed_json

_ACCOUNTS = 20_000


def _write(path: Path, entries: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(min(_ACCOUNTS, entries // 10 + 2)):
            named = {"name": [f"Account {number}"], "accountNumber": [f"{number:010}"], "currency": ["EUR"]}
            file.write(json.dumps({"id": f"a{number}", "schema": "BankAccount", "properties": named}) + "\n")
        for number in range(entries):
            file.write(json.dumps(_payment(number, min(_ACCOUNTS, entries // 10 + 2))) + "\n")
    return path


def _payment(number: int, accounts: int) -> dict[str, Any]:
    amount = 100 + number * 7919 % 500_000
    one, other = number % accounts, number * 31 % accounts
    return {
        "id": f"pay-{number}", "schema": "Payment", "caption": "Payment", "referents": [], "datasets": ["benchmark"],
        "properties": {
            "payerAccount": [f"a{one}"], "beneficiaryAccount": [f"a{other if other != one else (one + 1) % accounts}"],
            "amount": [f"{amount // 100}.{amount % 100:02}"], "currency": ["EUR"],
            "date": [f"2024-{1 + number % 12:02}-{1 + number % 28:02}"], "purpose": [f"Invoice {number}, thank you"],
            "transactionNumber": [f"TX{number:08}"],
        },
    }  # fmt: skip


def _library(path: Path) -> Any:
    """Each record as an entity, its values cleaned, as the library reads a file."""
    from followthemoney import model

    with path.open("rb") as file:
        for line in file:
            model.get_proxy(json.loads(line), cleaned=False)


FORMAT = Format(
    "FtM payments", "payments", ".ijson", _write,
    {"followthemoney": Way("followthemoney", _library), "json.loads alone": Way("json", parsed_json)},
    goal="≥ 25 × the library",
    warm=40_000,
)  # fmt: skip
