"""Who is who, at the command line: the list for review goes out, comes back decided, and the merged ledger is used."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet

import followmoney as fm
from followmoney.cli import main

__all__ = ["quiet"]

LEDGER = """
party P1 company "POLUX MANAGEMENT LP" GB
party P2 company "POLUX MANAGEMENT LLP" GB
party K1 company "Kelvaro Trading GmbH" DE
party K2 company "KELVARO TRADING Gesellschaft mit beschränkter Haftung" DE
account A holder=K1 IBAN DE
account B holder=K2 IBAN DE
2024-03-04T10:00 A -> B 9,500.00 EUR #t1
"""


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    return str(fm.sketch(LEDGER).save(tmp_path / "ledger"))


def test_counts_contradictions_and_the_review_list_are_shown(ledger: str, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["resolve", ledger, "--format", "table"]) == 0
    out = capsys.readouterr().out
    assert "pairs review" in out
    assert "No contradictions." in out
    assert "their legal forms differ" in out
    assert main(["resolve", ledger]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["left"], row["right"]) for row in rows] == [("P1", "P2")]
    assert main(["resolve", ledger, "--part", "weights"]) == 0
    assert '"field":' in capsys.readouterr().out


def test_the_review_list_comes_back_as_decisions(ledger: str, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "out"
    assert main(["resolve", ledger, "--out", str(out)]) == 0
    with (out / "review.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["decision"] for row in rows] == [""]
    for row in rows:
        row.update(decision="same", who="Eva", when="2024-05-06", why="the register of both")
    with (tmp_path / "decided.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert main(["resolve", ledger, "--decisions", str(tmp_path / "decided.csv"), "--out", str(out)]) == 0
    capsys.readouterr()
    merged = fm.load(out / "ledger")
    assert merged.merges.select("party", "into", "decided_by").rows() == [
        ("K2", "K1", "followmoney"), ("P2", "P1", "Eva"),
    ]  # fmt: skip
    assert main(["detect", str(out / "ledger")]) == 0


def test_a_wrong_file_is_one_sentence(ledger: str, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "d.csv").write_text(
        "left,right,decision,who,when,why\nP1,P2,perhaps,Eva,2024-05-06,x\n", encoding="utf-8"
    )
    assert main(["resolve", ledger, "--decisions", str(tmp_path / "d.csv")]) == 2
    err = capsys.readouterr().err
    assert "row 1: Unknown decision 'perhaps'" in err
    assert len(err.splitlines()) == 1
    assert main(["resolve", ledger, "--weights", str(tmp_path / "none.toml")]) == 2
    assert "Cannot read" in capsys.readouterr().err
