"""Several paths at once: files that belong together, as one ledger, wherever they lie."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from test_cli import quiet, saved

from followmoney.cli import main

__all__ = ["quiet", "saved"]

ROW = {"booked_at": "2024-03-04T10:00:00", "originator": "A", "beneficiary": "B", "amount": 100, "currency": "EUR"}


@pytest.fixture
def months(tmp_path: Path) -> list[str]:
    """The transactions of two months, each in its folder."""
    for month in ("01", "02"):
        (tmp_path / month).mkdir()
        pl.DataFrame([ROW | {"id": f"t{month}"}]).write_parquet(tmp_path / month / "transactions.parquet")
    return [str(tmp_path / month) for month in ("01", "02")]


def taken(capsys: Any) -> int:
    return sum(json.loads(line)["taken"] for line in capsys.readouterr().out.splitlines())


def test_several_folders_are_one_ledger(months: list[str], capsys: Any):
    assert main(["check", *months]) == 0
    assert taken(capsys) == 2
    assert main(["check", *(f"{month}/transactions.parquet" for month in months)]) == 0
    assert taken(capsys) == 2


def test_a_pattern_names_them_as_well(months: list[str], capsys: Any):
    assert main(["check", os.path.join(os.path.dirname(months[0]), "0*")]) == 0  # noqa: PTH118, PTH120 - a pattern
    assert taken(capsys) == 2


def test_a_run_over_several_paths_is_kept_and_another_choice_of_paths_is_another(
    tmp_path: Path, months: list[str], capsys: Any
):
    call = ["--claim", "t01", "--out", str(tmp_path / "run")]
    for paths, state in ((months, "done"), (months[::-1], "kept"), (months[:1], "done")):
        assert main(["run", *paths, *call]) == 0
        assert {json.loads(line)["state"] for line in capsys.readouterr().out.splitlines()} == {state}


@pytest.mark.parametrize("command", ["check", "run", "report"])
def test_results_are_kept_apart_from_every_source(months: list[str], command: str, capsys: Any):
    assert main([command, *months, "--out", f"{months[1]}/out"]) == 2
    assert "lies inside" in capsys.readouterr().err


def test_a_saved_ledger_and_a_run_stand_alone(tmp_path: Path, saved: str, months: list[str], capsys: Any):
    assert main(["run", saved, "--out", str(tmp_path / "run")]) == 0
    for alone in (saved, str(tmp_path / "run")):
        assert main(["check", months[0], alone]) == 2
        assert f"{alone} is " in capsys.readouterr().err


def test_a_path_that_is_not_there_is_named(months: list[str], capsys: Any):
    for command in ("check", "run"):
        assert main([command, *months, "nowhere"]) == 2
        assert "nowhere does not exist" in capsys.readouterr().err


def test_what_nobody_read_is_said_and_listed_among_the_sources(tmp_path: Path, months: list[str], capsys: Any):
    (tmp_path / "01" / "march.pdf").write_bytes(b"%PDF")
    assert main(["check", *months]) == 0
    assert "Not read: 01/march.pdf (nobody knows its format)." in capsys.readouterr().err
    assert main(["check", *months, "--part", "sources"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["source"], row["reader"], row["size"]) for row in rows if row["rows"] == 0] == [
        ("01/march.pdf", "(not read)", 4)
    ]
    (tmp_path / "01" / "march.pdf").write_bytes(b"")
    assert main(["check", *months, "--part", "sources"]) == 0
    assert '"reader": "(not read: is empty)"' in capsys.readouterr().out
