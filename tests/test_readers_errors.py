"""When nobody can read what was named, one error says what was tried, what comes nearest and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

import followmoney as fm
from followmoney.errors import InputError, SettingsError

SPEC = """
[table.transactions]
columns = { booked_at = "day", originator = "from", beneficiary = "to", amount = "amount" }
constants = { currency = "EUR" }
"""


def said(path: object, **options: object) -> str:
    with pytest.raises((InputError, SettingsError)) as caught:
        fm.load(path, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_a_missing_path_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    assert "Did you mean" in said(tmp_path / "dump" / "a.csv")
    assert str(tmp_path / "dumps") in said(tmp_path / "dumbs")
    assert "No file fits the pattern" in said(str(tmp_path / "*.csv"))
    assert "Nothing to load" in said([])


def test_an_empty_folder_says_what_to_name(tmp_path: Path) -> None:
    assert "holds no files" in said(tmp_path)


def test_an_unknown_file_is_told_the_nearest_format_and_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "transactions.csv").write_text("sourceNodeId,targetNodeId,value\n1,2,3\n")
    text = said(tmp_path)
    assert "Nearest: transactions.csv has 3 of 4 columns of amlsim transactions; it lacks time." in text
    assert "specification" in text
    assert "parquet" in text


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfe", b"PK\x03\x04"])
@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.xlsx", "a.bin", "transactions.parquet"])
def test_no_file_stops_with_anything_but_one_clear_error(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert name in said(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[table.transactions]", "[table.transaction]", "Did you mean 'transactions'"),
        ("columns", "colums", "Did you mean 'columns'"),
        ("amount =", "amont =", "Did you mean 'amount'"),
        ('"day"', '"dai"', "Did you mean 'day'"),
        ("constants = {", "constants = { amount = 5,", "both as a column and as a constant"),
        ("amount =", "debit =", "need own"),
        ("originator =", "own =", "either own and counterparty, or originator"),
        ("[table", "[layout]\nseperator = ';'\n[table", "Did you mean 'separator'"),
        ("[table", "[layout]\nseparator = ';;'\n[table", "separator is one character"),
        ("[table", "[layout]\nencoding = 'utf-9'\n[table", "no text encoding"),
        ("[table", "[layout]\ndates = ['dd.mm']\n[table", "not a date format"),
        ("[table", "[layout]\ntimezone = 'Europe/Atlantis'\n[table", "not a time zone"),
        ("[table", "[layout]\nrounding = 'up'\n[table", "Unknown rounding 'up'"),
        ("[table", "[layout]\nskip = 'two'\n[table", "it should be a number"),
        ("[table", "[layout]\nfooter = '('\n[table", "not a regular expression"),
        ("[table", "[layout]\nfooter = '(?=a)'\n[table", "not a regular expression"),
        ("[table", "[layout]\nencoding = 'idna'\n[table", "no text encoding"),
        ("[table", "[layout]\nencoding = 'punycode'\n[table", "no text encoding"),
        ("[table", "[layout]\nencoding = 'utf-16'\n[table", "is not utf-16"),
        ("[table", "layout = 5\n[table", "layout is 5; it should be a table"),
        ("constants", "layout = 5\nconstants", "layout is 5; it should be a table"),
        ("constants", "values = 5\nconstants", "values is 5; it should be a table"),
        ("constants", "lookup = 5\nconstants", "lookup is 5; it should be a table"),
        ("constants", "lookup = { originator = 5 }\nconstants", "lookup.originator is 5; it should be a table"),
        ("[table.transactions]", "[[table]]", "table is [{"),
        ("constants", "order_by_balance = 1\nconstants", "should be like false"),
        ('currency = "EUR"', "", "which column or constant is currency"),
        ("=", "", "is not TOML"),
    ],
)
def test_a_wrong_specification_says_where_and_what(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (tmp_path / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1\n")
    spec = tmp_path / "wrong.toml"
    spec.write_text(SPEC.replace(old, new))
    assert expected in said(tmp_path / "a.csv", specification=spec)


def test_a_specification_that_finds_no_file_says_which_it_reads(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1\n")
    (tmp_path / "b.csv").write_text("x\n")
    spec = tmp_path / "s.toml"
    spec.write_text(SPEC.replace("columns", 'files = ["c*.csv"]\ncolumns', 1))
    assert "reads files named c*.csv" in said(tmp_path, specification=spec)


def test_settings_beside_the_files_are_no_specification(tmp_path: Path) -> None:
    (tmp_path / "spec.toml").write_text(SPEC)
    (tmp_path / "case.toml").write_text("[load]\nmax_refused = 0.1\n")
    (tmp_path / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1\n")
    ledger = fm.load(tmp_path)
    assert len(ledger.transactions) == 1
    assert "Not read: case.toml (nobody knows its format)." in ledger.notes


def test_two_files_of_one_name_cannot_be_told_apart(tmp_path: Path) -> None:
    (tmp_path / "spec.toml").write_text(SPEC)
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1\n")
    ledger = fm.load([tmp_path / "x" / "a.csv", tmp_path / "y" / "a.csv"], specification=tmp_path / "spec.toml")
    assert ledger.sources["source"].to_list() == ["x/a.csv", "y/a.csv"]


@pytest.mark.parametrize("text", ["table = 5\n", "[table]\ntransactions = 5\n", "[table]\ntransactions = [5]\n"])
def test_a_specification_whose_tables_are_none_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1\n")
    (tmp_path / "wrong.toml").write_text(text)
    assert "5; it should be a table" in said(tmp_path / "a.csv", specification=tmp_path / "wrong.toml")


def test_a_file_that_nobody_reads_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01")
    assert said(tmp_path / "a.bin").count("a.bin") == 1
    assert "(a.bin)" in said(tmp_path)


def test_paths_from_here_and_from_the_top_are_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1.00\n")
    (tmp_path / "bank.toml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    ledger = fm.load(["a.csv", tmp_path / "bank.toml"])
    assert (len(ledger.transactions), ledger.sources["source"].to_list()) == (1, ["a.csv"])


def test_a_specification_leaves_files_of_other_names_alone(tmp_path: Path) -> None:
    (tmp_path / "bank.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1.00\n")
    (tmp_path / "register.jsonl").write_text('{"a": 1}\n')
    spec = tmp_path / "bank.toml"
    spec.write_text(SPEC.replace("columns", 'files = ["bank.csv"]\ncolumns'))
    ledger = fm.load([tmp_path / "bank.csv", tmp_path / "register.jsonl"], specification=spec)
    assert ledger.sources["source"].to_list() == ["bank.csv"]
    assert any("Not read: register.jsonl" in note for note in ledger.notes)
    (tmp_path / "march.csv").write_text("day,from,to,amount\n2024-01-01,A,B,1.00\n")
    assert len(fm.load(tmp_path / "march.csv", specification=spec).transactions) == 1  # the one file that is named


@pytest.mark.parametrize("given", ["folder", "file"])
def test_an_unknown_file_is_told_its_columns_and_how_to_name_them(tmp_path: Path, given: str) -> None:
    file = tmp_path / "bank" / "x.csv"
    file.parent.mkdir()
    file.write_text("id;Bedrag;Van;Naar\n1;100,00;A;B\n")
    text = said(file.parent if given == "folder" else file)
    assert "x.csv begins: id;Bedrag;Van;Naar - no format known here." in text
    assert "`followmoney explain specification > bank.toml`" in text
    assert "--specification bank.toml" in text
    assert "Nearest" not in text
    assert len(text) < 800
