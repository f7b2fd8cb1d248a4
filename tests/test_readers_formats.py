"""Each source format is recognised and read as its makers mean it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.readers import catalogue

WORLD = (
    "Timestamp,From Bank,Account,To Bank,Account{0},Amount Received,Receiving Currency,Amount Paid,"
    "Payment Currency,Payment Format,Is Laundering\n"
    "2022/09/01 00:20,010,8000EBD30,010,8000EBD30,3697.34,US Dollar,3697.34,US Dollar,Reinvestment,0\n"
    "2022/09/01 00:08,03208,8000F4580,001,8000F5340,0.01,Euro,0.01,Euro,Cheque,1\n"
    "2022/09/01 00:21,1,A,2,B,100.50,Yen,0.000052,Bitcoin,Bitcoin,0\n"
    "2022/09/01 00:22,1,A,2,B,1.00,Krone,1.00,US Dollar,Wire,0\n"
)


@pytest.mark.parametrize("second", ["", ".1"])
def test_amlworld(tmp_path: Path, second: str) -> None:
    path = tmp_path / "HI-Small_Trans.csv"
    path.write_text(WORLD.format(second))
    ledger = fm.load(path)
    rows = ledger.transactions
    assert rows["originator"].to_list() == ["03208:8000F4580", "010:8000EBD30", "1:A"]
    assert rows["currency"].to_list() == ["EUR", "USD", "BTC"]
    assert rows["channel"].to_list() == ["cheque", "internal", "crypto"]
    assert rows.select("amount", "amount_received", "currency_received").row(2) == (5_200, 100, "JPY")
    assert rows["amount_received"].to_list()[:2] == [None, None]
    assert ledger.refused.select("row", "rule").rows() == [(4, "currency_received|regex")]
    assert ledger.sources["reader"].to_list() == ["amlworld"]
    assert any("1 amounts had more decimals than JPY" in note for note in ledger.notes)


def test_amlsim(tmp_path: Path) -> None:
    (tmp_path / "transactions.csv").write_text("sourceNodeId,targetNodeId,value,time\n7,5,103.55,1\n5,6,3.5,2\n")
    (tmp_path / "nodes.csv").write_text("nodeid,isFraud,init_balance,fraudStep\n5,0,184.44,-1\n7,1,1.00,3\n")
    ledger = fm.load(tmp_path)
    assert ledger.transactions.select("id", "originator", "beneficiary", "amount", "sequence").rows() == [
        ("transactions.csv:1", "7", "5", 10_355, 1), ("transactions.csv:2", "5", "6", 350, 2),
    ]  # fmt: skip
    assert ledger.transactions["booked_at"].dt.date().cast(pl.String).to_list() == ["2017-01-02", "2017-01-03"]
    assert ledger.balances.select("account", "amount", "kind").rows() == [
        ("5", 18_444, "opening"),
        ("7", 100, "opening"),
    ]
    assert ledger.sources.select("source", "rows", "taken").rows() == [("nodes.csv", 2, 2), ("transactions.csv", 2, 2)]
    assert any("days from 2017-01-01" in note for note in ledger.notes)


def test_amlsim_outputs(tmp_path: Path) -> None:
    head = "TXN_ID,ACCOUNT_ID,{0},TXN_SOURCE_TYPE_CODE,tx_count,TXN_AMOUNT_ORIG,{1},end\n"
    (tmp_path / "tx.csv").write_text(head.format("COUNTER_PARTY_ACCOUNT_NUM", "start") + "2,15,25,CHECK,1,125.05,1,1\n")
    (tmp_path / "cash_tx.csv").write_text(
        head.format("BRANCH_ID", "RUN_DATE") + "1,0,11,CASH-OUT,1,99.87,1,1\n3,0,12,CASH-IN,1,44.99,2,2\n"
    )
    ledger = fm.load(tmp_path)
    assert ledger.transactions.select("originator", "beneficiary", "channel").rows() == [
        ("0", "(cash USD)", "cash"), ("15", "25", "cheque"), ("(cash USD)", "0", "cash"),
    ]  # fmt: skip


def test_amlgentex(tmp_path: Path) -> None:
    pl.DataFrame(
        {
            "step": [0, 3, 3],
            "type": pl.Series(["INITALBALANCE", "CASH", "TRANSFER"], dtype=pl.Categorical),
            "amount": [191362.12, 10.0, 1166.115],
            "nameOrig": pl.Series([-2, 4, 4], dtype=pl.Int32),
            "nameDest": pl.Series([4, -1, 5], dtype=pl.Int32),
            "isSAR": [0, 0, 1],
        }
    ).write_parquet(tmp_path / "tx_log.parquet")
    ledger = fm.load(tmp_path)
    assert ledger.transactions.select("originator", "beneficiary", "amount", "channel").rows() == [
        ("(unknown SEK)", "4", 19_136_212, None), ("4", "(cash SEK)", 1_000, "cash"), ("4", "5", 116_612, "wire"),
    ]  # fmt: skip
    assert ledger.sources["reader"].to_list() == ["amlgentex"]


def test_workbooks_are_read_through_a_specification(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("fastexcel")
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Movements")
    for at, row in enumerate([["Account A"], ["Day", "To", "Amount"], ["31.01.2024", "007", -12.5], [],
                              ["01.02.2024", "B", "1.234,50"], ["Total"]]):  # fmt: skip
        sheet.write_row(at, 0, row)
    book.close()
    (tmp_path / "spec.toml").write_text("""
        [layout]
        skip = 1
        sheet = "Movements"
        dates = ["%d.%m.%Y"]
        footer = "^Total"
        [table.transactions.columns]
        booked_at = "Day"
        counterparty = "To"
        amount = "Amount"
        [table.transactions.constants]
        own = "A"
        currency = "EUR"
    """)
    ledger = fm.load(tmp_path)
    assert ledger.transactions.select("originator", "beneficiary", "amount", "row").rows() == [("A", "007", 1_250, 1)]
    assert ledger.refused.select("row", "rule").rows() == [(3, "amount|dtype")]


def test_parquet_of_any_shape_is_read_through_a_specification(tmp_path: Path) -> None:
    pl.DataFrame({"when": [datetime(2024, 1, 2, 3, 4, 5, 678_000)], "what": ["1.50"]}).write_parquet(
        tmp_path / "moves.parquet"
    )
    (tmp_path / "spec.toml").write_text("""
        layout = { dates = ["%Y-%m-%dT%H:%M:%S%.f"] }
        [table.transactions]
        columns = { booked_at = "when", amount = "what" }
        constants = { originator = "A", beneficiary = "B", currency = "EUR" }
    """)
    (row,) = fm.load(tmp_path).transactions.iter_rows(named=True)
    assert row["booked_at"].isoformat() == "2024-01-02T03:04:05.678000+00:00"
    assert row["amount"] == 150


def test_every_format_says_what_it_reads_and_which_columns() -> None:
    assert {"parquet", "amlworld", "amlsim", "amlsim_outputs", "amlgentex"} <= set(catalogue())
    for name, reader in catalogue().items():
        assert reader.name == name
        assert reader.reads
        assert all(reader.columns().values())
