"""Who owns what, at the command line: with names, and with what does not add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
from test_cli import quiet, saved

from followmoney.cli import main

__all__ = ["quiet", "saved"]


def test_owners_and_companies_have_names(sample: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setenv("COLUMNS", "160")
    assert main(["owners", str(sample), "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("Ruud Halvermaat, p045" in line and "p054" in line and "70.03 %" in line for line in lines)
    assert any("75.00 to 100.00 %" in line for line in lines)
    assert main(["owners", str(sample)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["person_name"] for row in rows if row["person"] == "p045"} == {"Ruud Halvermaat"}


def test_what_does_not_add_up_is_said_wherever_the_answer_goes(tmp_path: Path, capsys: Any):
    parties = [{"id": name, "kind": kind} for name, kind in (("P1", "person"), ("P2", "person"), ("C1", "company"))]
    pl.DataFrame(parties).write_parquet(tmp_path / "parties.parquet")
    held = [{"owner": who, "owned": "C1", "kind": "shareholding", "share_min": 0.7} for who in ("P1", "P2")]
    pl.DataFrame(held).write_parquet(tmp_path / "interests.parquet")
    assert main(["owners", str(tmp_path), "--format", "table"]) == 0
    assert "Note: Shares add up to more than the whole" in capsys.readouterr().out
    assert main(["owners", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "Note: Shares add up to more than the whole" in err
    assert len([json.loads(line) for line in out.splitlines()]) == 2
