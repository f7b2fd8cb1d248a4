"""Our own tables as Parquet: found by name, read lazily, every row counted."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import InputError

ROWS = pl.DataFrame(
    {
        "id": ["a", "b", "c"],
        "booked_at": pl.Series(["2024-01-03", "2024-01-01", "2024-01-02"]).str.to_datetime(time_zone="UTC"),
        "originator": ["X", "Y", None],
        "beneficiary": ["Y", "X", "X"],
        "amount": [100, 200, 300],
        "currency": ["EUR", "EUR", "EUR"],
    }
)


def test_a_table_may_be_a_file_many_files_or_folders_of_them(tmp_path: Path) -> None:
    one, many, hive = tmp_path / "one", tmp_path / "many" / "transactions", tmp_path / "hive" / "transactions"
    for folder in (one, many, hive / "currency=EUR" / "year=2024"):
        folder.mkdir(parents=True)
    ROWS.write_parquet(one / "transactions.parquet")
    ROWS[:1].write_parquet(many / "part-0.parquet")
    ROWS[1:].write_parquet(many / "part-1.parquet")
    ROWS.drop("currency").write_parquet(hive / "currency=EUR" / "year=2024" / "x.parquet")
    ledgers = [fm.load(tmp_path / name) for name in ("one", "many", "hive")]
    for ledger in ledgers:
        assert ledger.transactions.drop("source", "row").equals(ledgers[0].transactions.drop("source", "row"))
    assert ledgers[1].transactions.select("source", "row").rows() == [
        ("transactions/part-1.parquet", 1), ("transactions/part-1.parquet", 2), ("transactions/part-0.parquet", 1),
    ]  # fmt: skip


def test_other_tables_lie_beside(tmp_path: Path) -> None:
    ROWS.write_parquet(tmp_path / "transactions.parquet")
    pl.DataFrame({"id": ["P"], "kind": ["person"]}).write_parquet(tmp_path / "parties.parquet")
    (tmp_path / "README.md").write_text("hello")
    ledger = fm.load(tmp_path)
    assert ledger.parties["id"].to_list() == ["P"]
    assert "Not read: README.md (nobody knows its format)." in ledger.notes


def test_the_same_rows_load_alike_from_a_folder_a_file_a_list_or_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "transactions.parquet"
    ROWS.write_parquet(path)
    ledgers = [fm.load(given) for given in (tmp_path, str(path), [path], str(tmp_path / "*.parquet"))]
    assert all(ledger.transactions.equals(ledgers[0].transactions) for ledger in ledgers)
    assert len({ledger.fingerprint for ledger in ledgers}) == 1


def test_a_file_named_by_the_caller_may_be_called_anything(tmp_path: Path) -> None:
    ROWS.write_parquet(tmp_path / "dump.parquet")
    assert len(fm.load(tmp_path / "dump.parquet").transactions) == 3


def test_bad_cells_are_refused_one_row_each(tmp_path: Path) -> None:
    bad = pl.DataFrame(
        {
            "id": ["a", "b", None, "d", "e"],
            "booked_at": ["2024-01-01", "yesterday", "2024-01-01", "2024-01-01", "2024-01-01"],
            "originator": ["X"] * 5,
            "beneficiary": ["Y"] * 5,
            "amount": [1, 1, 1, 1, 0],
            "sequence": [1.0, 1.0, 1.0, 12.5, 2.0],
            "currency": ["EUR"] * 5,
        }
    )
    bad.write_parquet(tmp_path / "transactions.parquet")
    ledger = fm.load(tmp_path)
    assert ledger.transactions["id"].to_list() == ["a"]
    assert ledger.refused.select("row", "rule").rows() == [
        (2, "booked_at|dtype"), (3, "id|empty"), (4, "sequence|dtype"), (5, "amount|min"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["export[1].parquet", "what?.parquet", "all*.parquet"])
def test_a_file_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "transactions"
    folder.mkdir()
    ROWS.write_parquet(folder / name)
    assert len(fm.load(tmp_path).transactions) == 3
    assert len(fm.load(folder / name).transactions) == 3


def test_a_file_may_have_a_column_called_row(tmp_path: Path) -> None:
    ROWS.with_columns(pl.lit(9).alias("(row)")).write_parquet(tmp_path / "transactions.parquet")
    assert fm.load(tmp_path).transactions["row"].to_list() == [2, 3, 1]


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("amount", [1.0, 2.0, 3.0], "whole minor units"),
        ("amount", pl.Series(["1", "2", "3"]).cast(pl.Decimal(10, 2)), "import specification"),
        ("amount", ["1", "2", "3"], "whole minor units"),
        ("amount", [True, False, True], "Boolean"),
        ("amount", [{"value": 1}] * 3, "Struct"),
        ("count", [True, False, True], "whole numbers"),
        ("originator", [["X"]] * 3, "List"),
        ("booked_at", [20240101, 20240102, 20240103], "Datetime"),
        ("booked_at", pl.Series([1, 2, 3]).cast(pl.Time), "Time"),
        ("booked_at", pl.Series([1, 2, 3]).cast(pl.Duration("us")), "Duration"),
    ],
)
def test_a_column_that_could_be_misread_is_an_error(
    tmp_path: Path, column: str, values: pl.Series | list[object], expected: str
) -> None:
    ROWS.with_columns(pl.Series(column, values)).write_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(InputError, match=expected) as caught:
        fm.load(tmp_path)
    assert f"transactions.parquet: table transactions: column '{column}' holds" in str(caught.value)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (ROWS.drop("originator", "beneficiary"), "neither .* 'originator' and 'beneficiary'.* It has: id, "),
        (pl.DataFrame(), "has no column 'id' .* It has no columns at all"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_say_who_paid_whom_is_an_error(tmp_path: Path, frame: pl.DataFrame, said: str) -> None:
    frame.write_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(InputError, match=said):
        fm.load(tmp_path)


def test_one_end_is_enough(tmp_path: Path) -> None:
    ROWS.drop("beneficiary").write_parquet(tmp_path / "transactions.parquet")
    assert len(fm.load(tmp_path).transactions) == 2, "the third names neither end"


def test_codes_may_be_stored_as_categories(tmp_path: Path) -> None:
    codes = ROWS.with_columns(pl.col("booked_at").dt.to_string("%Y-%m-%d"), channel=pl.lit("wire")).with_columns(
        pl.col("booked_at", "originator", "channel").cast(pl.Categorical)
    )
    codes.write_parquet(tmp_path / "transactions.parquet")
    assert len(fm.load(tmp_path).transactions) == 3


def test_a_file_name_that_is_no_text_is_one_clear_error(tmp_path: Path) -> None:
    try:
        (tmp_path / "caf\udce9.csv").write_text("x\n")
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names that are text")
    with pytest.raises(InputError, match="not text"):
        fm.load(tmp_path)


def test_a_misspelt_column_is_an_error_and_a_foreign_one_a_note(tmp_path: Path) -> None:
    ROWS.with_columns(weather=pl.lit("sunny")).write_parquet(tmp_path / "transactions.parquet")
    assert any("weather" in note for note in fm.load(tmp_path).notes)
    ROWS.with_columns(purpos=pl.lit("rent")).write_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(InputError, match="Did you mean 'purpose'"):
        fm.load(tmp_path)
    ROWS.drop("amount").write_parquet(tmp_path / "transactions.parquet")
    with pytest.raises(InputError, match="has no column 'amount'"):
        fm.load(tmp_path)


@pytest.mark.parametrize("kept", [0, 20, -20])
def test_a_truncated_file_is_one_clear_error(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "transactions.parquet"
    ROWS.write_parquet(path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError, match="not a whole Parquet file"):
        fm.load(path)
    with pytest.raises(InputError, match="no whole table can be read from it" if kept else "is empty"):
        fm.load(tmp_path)


def test_a_file_damaged_in_the_middle_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "transactions.parquet"
    ROWS.write_parquet(path)
    data = bytearray(path.read_bytes())
    data[4:200] = b"\xff" * 196
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match=r"transactions\.parquet"):
        fm.load(tmp_path)
