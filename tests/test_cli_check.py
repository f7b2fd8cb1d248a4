"""What `followmoney check` says of refused rows."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.cli.check import by_rule
from followmoney.errors import RefusedError, SettingsError


def refused(rows: list[tuple[str, int, str]]) -> pl.DataFrame:
    """Refused rows of these files, places and rules."""
    frame = pl.DataFrame(rows, schema={"source": pl.String, "row": pl.Int64, "rule": pl.String}, orient="row")
    return frame.with_columns(table=pl.lit("transactions"), values=pl.format("{}", "row"))


def test_the_first_five_rows_of_a_rule_are_named_and_the_rest_counted() -> None:
    found = by_rule(refused([*(("b", n, "r") for n in (9, 3, 4, 5)), ("a", 7, "r"), ("a", 8, "r"), ("a", 1, "s")]))
    assert found.select("rule", "rows", "where", "as_found").rows() == [
        ("r", 6, "a rows 7, 8; b rows 3, 4, 5 and 1 more", "7"), ("s", 1, "a row 1", "1"),
    ]  # fmt: skip


def test_nothing_refused_is_an_empty_table() -> None:
    assert by_rule(refused([])).is_empty()


def test_load_stops_where_too_many_rows_are_refused(tmp_path: Path) -> None:
    day = pl.Series(["2024-01-10"] * 2).str.to_datetime(time_zone="UTC")
    pl.DataFrame({
        "id": ["a", "b"], "booked_at": day, "originator": ["X"] * 2, "beneficiary": ["A"] * 2, "amount": [5, -5],
        "currency": ["EUR"] * 2,
    }).write_parquet(tmp_path / "transactions.parquet")  # fmt: skip
    assert len(fm.load(tmp_path, max_refused=0.5).refused) == 1
    with pytest.raises(RefusedError, match="1 of 2 rows were refused"):
        fm.load(tmp_path, max_refused=0.4)
    pl.DataFrame({"id": [f"X{n}" for n in range(99)]}).write_parquet(tmp_path / "accounts.parquet")
    with pytest.raises(RefusedError, match="1 of 2 rows of transactions were refused"):
        fm.load(tmp_path, max_refused=0.4)
    with pytest.raises(SettingsError, match="share from 0 to 1"):
        fm.load(tmp_path, max_refused=40)
