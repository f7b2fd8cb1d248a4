"""Delimited text through an import specification: nothing is fatal, nothing is dropped, nothing is guessed."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney import readers
from followmoney.errors import InputError
from followmoney.readers._layout import Layout
from followmoney.readers._records import batches

PLAIN = """
[table.transactions.columns]
id = "id"
booked_at = "day"
originator = "from"
beneficiary = "to"
amount = "amount"
currency = "currency"
"""
HEADER = "id,day,from,to,amount,currency\n"


def load(folder: Path, text: str | bytes, specification: str = PLAIN, name: str = "a.csv") -> fm.Ledger:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "spec.toml").write_text(specification, encoding="utf-8")
    return fm.load(folder)


def statement(**columns: str) -> str:
    given = {"id": "id", "booked_at": "day", "own": "account", "counterparty": "other"} | columns
    lines = [f'{ours} = "{theirs}"' for ours, theirs in given.items()]
    return "\n".join(["[table.transactions.columns]", *lines, "[table.transactions.constants]", 'currency = "EUR"'])


def test_a_row_is_taken_as_written(tmp_path: Path) -> None:
    ledger = load(tmp_path, HEADER + "007,2024-01-02,012,345,12.5,EUR\n")
    (row,) = ledger.transactions.iter_rows(named=True)
    assert (row["id"], row["originator"], row["amount"]) == ("007", "012", 1250)
    assert row["booked_at"] == datetime(2024, 1, 2, tzinfo=UTC)
    assert (row["source"], row["row"]) == ("a.csv", 1)
    (source,) = ledger.sources.iter_rows(named=True)
    assert (source["rows"], source["taken"], source["refused"]) == (1, 1, 0)
    assert source["specification"] is not None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"x,2024-01-02,A,B,5", "line|cells"),
        (b"x,2024-01-02,A,B,5,EUR,more", "line|cells"),
        (b'x,2024-01-02,"A"a,B,5,EUR', "line|quotes"),
        (b'x,2024-01-02,"A,B,5,EUR', "line|quotes"),
        (b"x,2024-01-02,caf\xe9,B,5,EUR", "line|encoding"),
        (b"x,2024-02-30,A,B,5,EUR", "booked_at|dtype"),
        (b"x,24-02-03,A,B,5,EUR", "booked_at|dtype"),
        (b"x,,A,B,5,EUR", "booked_at|empty"),
        (b"x,2024-01-02,A,B,5.001,EUR", "amount|decimals"),
        (b"x,2024-01-02,A,B,five,EUR", "amount|dtype"),
        (b"x,2024-01-02,A,B,99999999999999999999,EUR", "amount|dtype"),
        (b"x,2024-01-02,A,B,-5,EUR", "amount|min"),
        (b"x,2024-01-02,A,B,,EUR", "amount|empty"),
        (b"x,2024-01-02,A,B,5,eur", "currency|regex"),
        (b"x,2024-01-02,,,5,EUR", "one_end_known"),
        (b"a,2024-01-01,A,B,1.00,EUR", "id|unique"),
    ],
)
def test_a_bad_row_is_kept_with_its_place_its_rule_and_its_cells(tmp_path: Path, line: bytes, rule: str) -> None:
    good = b"a,2024-01-01,A,B,1,EUR\n"
    ledger = load(tmp_path, HEADER.encode() + good + line + b"\nz,2024-01-03,B,C,2,EUR\n")
    assert ledger.transactions["id"].to_list() == ["a", "z"]
    (refused,) = ledger.refused.iter_rows(named=True)
    assert (refused["table"], refused["source"], refused["row"], refused["rule"]) == ("transactions", "a.csv", 2, rule)
    assert json.loads(refused["values"])
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (3, 2, 1)


def test_the_cells_of_a_refused_row_are_those_of_the_source(tmp_path: Path) -> None:
    ledger = load(tmp_path, HEADER + "x,2 January,A,B,5,EUR\n")
    assert json.loads(ledger.refused["values"][0]) == {
        "id": "x", "day": "2 January", "from": "A", "to": "B", "amount": "5", "currency": "EUR",
    }  # fmt: skip


def test_a_cell_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    spec = PLAIN + 'purpose = "why"\n'
    text = HEADER.replace("\n", ",why\n") + 'a,2024-01-01,A,B,1,EUR,"x, ""y""\nz"\nb,2024-01-02,A,B,2,EUR,5" pipe\n'
    ledger = load(tmp_path, text, spec)
    assert ledger.transactions["purpose"].to_list() == ['x, "y"\nz', '5" pipe']
    assert ledger.transactions["row"].to_list() == [1, 2]


def test_a_line_inside_a_quoted_cell_is_never_a_row_of_its_own(tmp_path: Path) -> None:
    spec = PLAIN + 'purpose = "why"\n'
    forged = "f,2024-01-01,A,THIEF,999,EUR,forged"
    text = HEADER.replace("\n", ",why\n") + f'a,2024-01-01,A,B,1,EUR,"x\n{forged}\n\ny"\nb,2024-01-02,A,B,2,EUR,z\n'
    ledger = load(tmp_path, text, spec)
    assert ledger.transactions.select("id", "row").rows() == [("a", 1), ("b", 2)]
    assert ledger.transactions["purpose"][0] == f"x\n{forged}\n\ny"
    assert len(ledger.refused) == 0


@pytest.mark.parametrize(
    "name", ["at", "(row)", "(at)", "(line)", "(broken)", "line", "row", "broken", "marked", "text"]
)
def test_a_column_may_be_called_anything(tmp_path: Path, name: str) -> None:
    text = HEADER.replace("day", name) + 'a,2024-01-01,A,B,1,EUR\nb,2024-01-02,"A",B,2,EUR\nc,2024-02-30,A,B,2,EUR\nd,"'
    ledger = load(tmp_path, text, PLAIN.replace('"day"', f'"{name}"'))
    assert ledger.transactions["id"].to_list() == ["a", "b"]
    assert json.loads(ledger.refused["values"][0])[name] == "2024-02-30"
    pl.read_csv(tmp_path / "a.csv", n_rows=3).write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").unlink()
    assert fm.load(tmp_path).transactions["id"].to_list() == ["a", "b"]


def test_encodings_separators_marks_and_dates_are_the_specifications(tmp_path: Path) -> None:
    spec = """
        [layout]
        encoding = "cp1250"
        separator = ";"
        decimal = ","
        thousands = "."
        dates = ["%d.%m.%Y", "%b %d, %Y"]
        null = ["-", "n/a"]
        skip = 2
        footer = "^Summe"
    """ + PLAIN.replace('"from"', '"{bank}:{from}"')
    text = "Export\nvom heute\nid;day;bank;from;to;amount;currency\na;31.01.2024;001;ö1;n/a;1.234,50;EUR\n"
    text += "b;Feb 3, 2024;-;-;B;7;EUR\nSumme;;;;;1.241,50;\n"
    ledger = load(tmp_path, text.encode("cp1250"), spec)
    rows = ledger.transactions
    assert rows["originator"].to_list() == ["001:ö1", "(unknown EUR)"]
    assert rows["beneficiary"].to_list() == ["(unknown EUR)", "B"]
    assert rows["amount"].to_list() == [123_450, 700]
    assert rows["booked_at"].dt.date().to_list() == [date(2024, 1, 31), date(2024, 2, 3)]
    assert any("1 footer" in note for note in ledger.notes)
    assert len(ledger.refused) == 0


def test_columns_may_be_called_by_position(tmp_path: Path) -> None:
    spec = """
        [layout]
        header = 0
        footer = 1
        dates = ["%y%m%d"]
        [table.transactions.columns]
        booked_at = "1"
        originator = "2"
        beneficiary = "3"
        amount = "4"
        [table.transactions.constants]
        currency = "CZK"
    """
    ledger = load(tmp_path, "930101,A,B,5\n940102,B,C,6\nend,,,\n", spec)
    assert ledger.transactions["booked_at"].dt.year().to_list() == [1993, 1994]
    assert ledger.transactions["id"].to_list() == ["a.csv:1", "a.csv:2"]


def test_local_times_become_utc_and_a_time_the_clock_skips_is_refused(tmp_path: Path) -> None:
    spec = '[layout]\ndates = ["%Y-%m-%d %H:%M"]\ntimezone = "Europe/Madrid"\n' + PLAIN
    text = HEADER + "a,2024-07-01 12:00,A,B,1,EUR\nb,2024-03-31 02:30,A,B,1,EUR\nc,2024-10-27 02:30,A,B,1,EUR\n"
    ledger = load(tmp_path, text, spec)
    assert ledger.transactions["booked_at"].to_list() == [datetime(2024, 7, 1, 10, tzinfo=UTC)]
    assert ledger.refused["rule"].to_list() == ["booked_at|dtype"] * 2


def test_signed_amounts_give_both_ends(tmp_path: Path) -> None:
    text = "id,day,account,other,amount\na,2024-01-01,A,B,-5.00\nb,2024-01-02,A,B,7.00\nc,2024-01-03,A,,(2.50)\n"
    rows = load(tmp_path, text, statement(amount="amount")).transactions
    assert rows["originator"].to_list() == ["A", "B", "A"]
    assert rows["beneficiary"].to_list() == ["B", "A", "(unknown EUR)"]
    assert rows["amount"].to_list() == [500, 700, 250]


def test_debit_and_credit_columns_give_both_ends(tmp_path: Path) -> None:
    text = "id,day,account,other,out,in\na,2024-01-01,A,B,5,\nb,2024-01-02,A,B,0.00,7\n"
    text += "c,2024-01-03,A,B,-6,\nd,2024-01-04,A,B,1,2\ne,2024-01-05,A,B,,\nf,2024-01-06,A,B,,-3\n"
    ledger = load(tmp_path, text, statement(debit="out", credit="in"))
    assert ledger.transactions.select("originator", "amount").rows() == [("A", 500), ("B", 700), ("A", 600)]
    assert ledger.refused["rule"].to_list() == ["amount|debit and credit", "amount|empty", "amount|sign"]


def test_a_direction_column_gives_both_ends(tmp_path: Path) -> None:
    spec = statement(amount="amount", direction="type") + (
        '\n[table.transactions.values.direction]\nD = "debit"\nC = "credit"\n'
    )
    text = "id,day,account,other,amount,type\na,2024-01-01,A,B,5,D\nb,2024-01-02,A,B,7,C\nc,2024-01-03,A,B,-6,D\n"
    text += "d,2024-01-04,A,B,-1,C\ne,2024-01-05,A,B,1,X\nf,2024-01-06,A,B,1,\n"
    ledger = load(tmp_path, text, spec)
    assert ledger.transactions.select("originator", "amount").rows() == [("A", 500), ("B", 700), ("A", 600)]
    assert ledger.refused["rule"].to_list() == ["amount|sign", "direction|enum", "direction|empty"]


def test_balances_are_kept_and_order_the_rows_of_a_day(tmp_path: Path) -> None:
    spec = statement(amount="amount", balance="after").replace(
        "[table", "[table.transactions]\norder_by_balance = true\n[table", 1
    )
    text = "id,day,account,other,amount,after\na,2024-01-01,A,,10,10\n"
    text += "y,2024-01-02,A,B,-3,12\nx,2024-01-02,A,B,5,15\nw,2024-01-02,A,B,8,20\nz,2024-01-03,A,B,1,99\n"
    text += "q,2024-01-03,A,B,1,5\n"
    ledger = load(tmp_path, text, spec)
    assert ledger.transactions.select("id", "sequence").rows() == [
        ("a", None), ("x", 1), ("y", 2), ("w", 3), ("q", None), ("z", None),
    ]  # fmt: skip
    assert ledger.balances.select("account", "amount", "kind", "after").row(1) == ("A", 1200, "stated", "y")
    assert any("2 rows booked at the same time do not chain" in note for note in ledger.notes)
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (6, 6, 0)
    assert ledger.summary().rows() == [("transactions", 6, 6, 0), ("balances", 6, 6, 0)]


def test_other_tables_come_the_same_way_with_what_another_file_says(tmp_path: Path) -> None:
    spec = (
        PLAIN.replace(
            "[table.transactions.columns]", '[table.transactions]\nfiles = "a.csv"\n[table.transactions.columns]'
        )
        + """
        [table.accounts]
        files = ["accounts.csv"]
        columns = { id = "number", holder = "p{holder}" }
        [table.accounts.lookup.holder]
        files = ["holders.csv"]
        match = "number"
        take = "party"
        where = { role = "OWNER" }
        [table.parties]
        files = "holders.csv"
        columns = { id = "p{party}" }
        constants = { kind = "person" }
    """
    )
    (tmp_path / "accounts.csv").write_text("number\nA\nB\n")
    (tmp_path / "holders.csv").write_text("number,party,role\nA,1,USER\nA,2,OWNER\nB,3,USER\n")
    ledger = load(tmp_path, HEADER + "a,2024-01-01,A,B,1,EUR\n", spec)
    assert ledger.accounts.select("id", "holder").rows() == [("A", "p2"), ("B", None)]
    assert ledger.parties["id"].to_list() == ["p1", "p2", "p3"]


def test_a_file_that_is_only_looked_up_is_a_source_too(tmp_path: Path) -> None:
    spec = PLAIN.replace(
        "[table.transactions.columns]", '[table.transactions]\nfiles = "a.csv"\n[table.transactions.columns]'
    )
    spec = (
        spec.replace('"from"', '"number {n}"')
        + """
        [table.transactions.lookup.n]
        files = "numbers.csv"
        match = "from"
        take = "n"
    """
    )
    (tmp_path / "numbers.csv").write_text("from,n\nA,77\n")
    ledger = load(tmp_path, HEADER + "a,2024-01-01,A,B,1,EUR\n", spec)
    assert ledger.transactions["originator"].to_list() == ["number 77"]
    assert ledger.sources.select("source", "rows").rows() == [("a.csv", 1), ("numbers.csv", 0)]


def test_what_the_specification_assumes_is_noted(tmp_path: Path) -> None:
    spec = '[layout]\nrounding = "half_even"\n' + PLAIN + '[table.transactions.missing]\nbooked_at = "2000-01-01"\n'
    ledger = load(tmp_path, HEADER + "a,,A,B,1.006,EUR\nb,2024-01-01,A,B,1.005,EUR\n", spec)
    assert ledger.transactions["amount"].to_list() == [101, 100]
    assert ledger.notes[0] == "a.csv: 1 rows have no booked_at; the specification reads them as '2000-01-01'."
    assert "2 amounts had more decimals than EUR has" in ledger.notes[1]
    assert "by -0.1 minor units" in ledger.notes[1]


def test_a_conversion_is_kept_only_where_something_was_converted(tmp_path: Path) -> None:
    spec = PLAIN + 'amount_received = "got"\ncurrency_received = "in"\n'
    text = HEADER.replace("\n", ",got,in\n") + "a,2024-01-01,A,B,1,EUR,1.00,EUR\nb,2024-01-02,A,B,1,EUR,150,JPY\n"
    rows = load(tmp_path, text, spec).transactions
    assert rows.select("amount_received", "currency_received").rows() == [(None, None), (150, "JPY")]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x1c\x1d\x1e\x1f\ufdd0"), max_size=6)
pieces = st.lists(st.one_of(st.binary(max_size=12), st.sampled_from([b",", b'"', b"\n", b"a,2024-01-01,A,B,1,EUR\n"])))


@given(pieces, st.sampled_from(["utf-8", "cp1252", "ascii", "utf-16"]), st.sampled_from([1, 7, 64, 2**20]))
def test_random_bytes_never_stop_the_reader_and_every_row_counts_once(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], encoding: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.csv"
    path.write_bytes(HEADER.encode(encoding) + b"".join(parts))
    layout = Layout(encoding=encoding)
    whole = pl.concat([batch.rows for batch in batches(path, layout)] or [pl.DataFrame()])
    some = pl.concat([batch.rows for batch in batches(path, layout, size)] or [pl.DataFrame()])
    assert some.equals(whole)  # what a file says does not depend on how much of it is read at a time
    (path.parent / "spec.toml").write_text(f'[layout]\nencoding = "{encoding}"\n{PLAIN}')
    ledger = fm.load(path.parent)
    assert ledger.sources.select("rows").item() == len(whole)
    assert len(ledger.transactions) + len(ledger.refused) == len(whole)


@given(st.lists(st.lists(cells, min_size=6, max_size=6), max_size=8))
def test_whatever_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("written") / "a.csv"
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([["a", "b", "c", "d", "e", "f"], *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    read = pl.concat([batch.rows for batch in batches(path, Layout())] or [pl.DataFrame()])
    made = [tuple(cell.strip() for cell in row) for row in rows]
    assert read.select("a", "b", "c", "d", "e", "f").rows() == made if made else not len(read)


def test_the_example_of_a_specification_reads_the_statement_it_shows(tmp_path: Path) -> None:
    text = readers.example()
    rows = [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]
    (tmp_path / "statement.toml").write_text(text, encoding="utf-8")
    (tmp_path / "march.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    ledger = fm.load(tmp_path)
    (row,) = ledger.transactions.select("originator", "beneficiary", "amount", "currency", "purpose").rows()
    assert row == ("DE89370400440532013000", "DE500", 123_456, "EUR", "Miete")
    assert ledger.balances["amount"].to_list() == [876_544]
    assert not len(ledger.refused)


def test_a_long_cell_is_read_whole(tmp_path: Path) -> None:
    long = "x" * 200_000
    ledger = load(
        tmp_path, HEADER.replace("\n", ",why\n") + f'a,2024-01-01,A,B,1,EUR,"{long}\n,"\n', PLAIN + 'purpose = "why"\n'
    )
    assert ledger.transactions["purpose"].to_list() == [f"{long}\n,"]


def test_a_file_with_too_many_columns_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.csv has 100,001 columns"):
        load(tmp_path, "," * 100_000 + "\n")
