"""Trades are read like every other table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import followmoney as fm


def test_trades_are_read_from_parquet(tmp_path: Path) -> None:
    ledger = fm.sketch("trade T1 S -> B 0805 12.5 t 9,000.00 USD shipped_at=2024-01-09\n2024-01-02 A -> B 1.00")
    ledger["trades"].drop("source", "row").write_parquet(tmp_path / "trades.parquet")
    ledger.transactions.drop("source", "row").write_parquet(tmp_path / "transactions.parquet")
    again = fm.load(tmp_path)["trades"].row(0, named=True)
    assert (again["quantity"], again["value"], again["shipped_at"]) == (12.5, 900_000, date(2024, 1, 9))


def test_a_trade_that_names_an_unknown_transaction_is_noted() -> None:
    ledger = fm.sketch("trade T1 S -> B 0805 1 t 9.00 transaction=t9\n2024-01-02 A -> B 1.00")
    assert any("transaction of trades names 1 transaction" in note for note in ledger.notes)
