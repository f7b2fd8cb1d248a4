"""Who owns what, at the command line: with names, and with what does not add up."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
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


@pytest.fixture(name="registers")
def _registers(tmp_path: Path) -> Path:
    parties = [("P1", "person", "Ana"), ("P2", "person", "Ben"), ("C1", "company", "Costa"), ("C2", "company", "Norte")]
    pl.DataFrame(parties, schema=["id", "kind", "name"], orient="row").write_parquet(tmp_path / "parties.parquet")
    held = [("P1", "C1", 0.51), ("C1", "C2", 0.3)]
    rows = [{"owner": o, "owned": c, "kind": "shareholding", "share_min": s, "share_max": s} for o, c, s in held]
    pl.DataFrame(rows).write_parquet(tmp_path / "interests.parquet")
    roles = [{"party": "P2", "of": "C3", "kind": "director"}]
    pl.DataFrame(roles).write_parquet(tmp_path / "roles.parquet")
    accounts = [{"id": "a2", "holder": "C2"}]
    pl.DataFrame(accounts).write_parquet(tmp_path / "accounts.parquet")
    return tmp_path


def test_by_law_with_article_and_ground_and_gaps_below(registers: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["owners", str(registers), "--by-law", "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert any("Ana, P1" in line and "Norte, C2" in line and "54(a)" in line for line in out.splitlines())
    assert "Note: Gap: 84.7 % of Norte (C2): no holder of it is stated." in out
    assert "No owner of C3 is certain; its director is Ben (P2)" in out
    assert main(["owners", str(registers), "--by-law", "--company", "C2", "--threshold", "0.1"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["company"], row["article"]) for row in rows] == [("C2", "52(1)")]


def test_votes_have_a_column_where_they_differ_and_control_is_not_silent(
    registers: Path, capsys: Any, monkeypatch: Any
):
    monkeypatch.setenv("COLUMNS", "200")
    held = [
        {"owner": o, "owned": "C3", "kind": "votingRights", "share_min": 0.75, "share_max": 1.0} for o in ("P1", "C1")
    ]
    pl.DataFrame(held).write_parquet(registers / "interests.parquet")
    assert main(["owners", str(registers), "--company", "C3"]) == 0
    out, err = capsys.readouterr()
    assert not out
    assert "stated of C3: see `beneficial_owners` (at the command line `owners --by-law`)" in err
    assert main(["owners", str(registers), "--company", "C3", "--by-law", "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert any("possibly has the majority" in line and "none stated" in line for line in out.splitlines())
    assert "75.00 to 100.00 %" in out
    assert "Voting rights add up to more than the whole, and are used as stated, in C3 (150 %)" in out
    assert "Gap: control of C3 ends at Costa (C1): it has voting rights; nobody is known behind it." in out


def test_gaps_of_registers_come_before_companies_that_are_mere_names(registers: Path, capsys: Any):
    parties = [(f"A{n:02}", "company", f"Bakery {n}") for n in range(30)] + [
        ("Z", "company", "Zed"),
        ("P1", "person", "Ana"),
    ]
    pl.DataFrame(parties, schema=["id", "kind", "name"], orient="row").write_parquet(registers / "parties.parquet")
    held = [{"owner": "P1", "owned": "Z", "kind": "shareholding", "share_min": 0.1, "share_max": 0.1}]
    pl.DataFrame(held).write_parquet(registers / "interests.parquet")
    assert main(["owners", str(registers), "--by-law"]) == 0
    err = capsys.readouterr().err
    assert "Gap: 90 % of Zed (Z): no holder of it is stated." in err
    assert "Gap: of 30 more companies no register that was loaded says anything." in err
    assert "Bakery" not in err
    assert main(["owners", str(registers), "--by-law", "--company", "A03"]) == 0
    assert "Gap: 100 % of Bakery 3 (A03)" in capsys.readouterr().err


def test_who_is_behind_each_payment_on_its_day(registers: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setenv("COLUMNS", "200")
    held = [
        {"owner": o, "owned": "C2", "kind": "shareholding", "share_min": 0.6, "share_max": 0.6, "start": s, "end": e}
        for o, s, e in (("P1", None, date(2024, 3, 5)), ("P2", date(2024, 3, 5), None))
    ]
    pl.DataFrame(held).write_parquet(registers / "interests.parquet")
    when = [datetime(2024, 3, day, 12, tzinfo=UTC) for day in (4, 5)]
    paid = {
        "id": ["t1", "t2"],
        "booked_at": when,
        "originator": "a2",
        "beneficiary": "a3",
        "amount": 100,
        "currency": "EUR",
    }
    pl.DataFrame(paid).write_parquet(registers / "transactions.parquet")
    accounts = [{"id": "a2", "holder": "C2"}, {"id": "a3", "holder": "C1"}]
    pl.DataFrame(accounts).write_parquet(registers / "accounts.parquet")
    assert main(["owners", str(registers), "--payments"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["transaction"], r["originator_owner_name"], r["originator_why"]) for r in rows] == [
        ("t1", "Ana", "owns at least 60 % of it in the end"), ("t2", "Ben", "owns at least 60 % of it in the end"),
    ]  # fmt: skip
    assert {r["beneficiary_why"] for r in rows} == {"no person is known to own any of it"}
    assert main(["owners", str(registers), "--payments", "--company", "C1", "--format", "table"]) == 0
    assert "(no person is known to own any of it)" in capsys.readouterr().out
    assert main(["owners", str(registers), "--payments", "--by-law"]) == 2
    assert "--payments and --by-law do not go together" in capsys.readouterr().err


def test_accounts_within_reach(registers: Path, capsys: Any):
    assert main(["owners", str(registers), "--reach", "P1"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["account"], row["way"]) == ("a2", "P1 → C1 (51 %) → C2 (30 %), which holds a2")


def test_a_company_nobody_knows_is_an_error(registers: Path, capsys: Any):
    assert main(["owners", str(registers), "--company", "C9"]) == 2
    assert "Unknown company 'C9'. Did you mean 'C2'? Known: C1, C2." in capsys.readouterr().err


def test_links_and_what_too_many_share(tmp_path: Path, capsys: Any):
    parties = [(f"C{n}", "company", f"Costa {n}") for n in range(60)]
    pl.DataFrame(parties, schema=["id", "kind", "name"], orient="row").write_parquet(tmp_path / "parties.parquet")
    roles = [{"party": "D1", "of": f"C{n}", "kind": "director"} for n in range(60)]
    roles += [{"party": "D2", "of": f"C{n}", "kind": "director"} for n in (1, 2)]
    pl.DataFrame(roles).write_parquet(tmp_path / "roles.parquet")
    assert main(["owners", str(tmp_path), "--links"]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(r["party_name"], r["other_name"], r["value"], r["mass"]) for r in rows] == [
        ("Costa 1", "Costa 2", "D1", True), ("Costa 1", "Costa 2", "D2", False),
    ]  # fmt: skip
    assert "60 parties have the director 'D1' in common" in err
    assert main(["owners", str(tmp_path), "--links", "--by-law"]) == 2
    assert "do not go together" in capsys.readouterr().err


def test_a_lower_threshold_for_a_sector(registers: Path, capsys: Any):
    parties = pl.read_parquet(registers / "parties.parquet").with_columns(sector=pl.lit("64.20"))
    parties.write_parquet(registers / "parties.parquet")
    held = [{"owner": "P2", "owned": "C1", "kind": "shareholding", "share_min": 0.2, "share_max": 0.2}]
    pl.DataFrame(held).write_parquet(registers / "interests.parquet")
    assert main(["owners", str(registers), "--by-law"]) == 0
    assert not capsys.readouterr().out.strip()
    assert main(["owners", str(registers), "--by-law", "--lower", "64=0.15"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["person"] == "P2"
    (registers.parent / "case.toml").write_text('[owners]\nlower = ["64=0.15"]\n')
    assert main(["owners", str(registers), "--by-law", "--config", str(registers.parent / "case.toml")]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["person"] == "P2"
    assert main(["owners", str(registers), "--by-law", "--lower", "64"]) == 2
    assert "like 64=0.15" in capsys.readouterr().err
    assert main(["owners", str(registers), "--lower", "64=0.15"]) == 2
    assert main(["owners", str(registers), "--threshold", "0.1"]) == 2
    assert "--threshold says more about --by-law or --payments" in capsys.readouterr().err
