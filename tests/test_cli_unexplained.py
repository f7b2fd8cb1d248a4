"""Indirect methods at the command line: the lines, the sentence, and what is asked wrongly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet, saved
from test_indirect import DEPOSITS, PROFILE

import followmoney as fm
from followmoney.cli import main

__all__ = ["quiet", "saved"]
DAYS = ["--party", "P1", "--start", "2019-12-31", "--end", "2020-12-31"]


@pytest.fixture
def profile(tmp_path: Path) -> str:
    return str(fm.sketch(PROFILE + DEPOSITS).save(tmp_path / "ledger"))


def test_the_lines_add_up_to_the_sentence(profile: str, capsys: Any) -> None:
    assert main(["unexplained", profile, *DAYS, "--format", "table", "--opening-cash", "0", "5,000.00"]) == 0
    out = capsys.readouterr().out
    assert "Assets at the end" in out
    assert "260,000.00" in out
    assert "EUR 25,000.00 to EUR 30,000.00 is not explained by known lawful sources." in out


@pytest.mark.parametrize("method", ["net_worth", "expenditure", "bank_deposits", "disproportion"])
def test_machines_get_the_lines_in_minor_units(profile: str, capsys: Any, method: str) -> None:
    assert main(["unexplained", profile, *DAYS, "--method", method]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert {"step", "sign", "least", "most", "currency", "rows"} <= set(json.loads(line))


def test_accounts_of_others_belong_to_one_method(profile: str, capsys: Any) -> None:
    assert main(["unexplained", profile, *DAYS, "--also", "P2"]) == 2
    assert "--method bank_deposits" in capsys.readouterr().err
    assert main(["unexplained", profile, *DAYS, "--also", "P2", "--method", "bank_deposits"]) == 0
