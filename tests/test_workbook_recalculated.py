"""A spreadsheet program, where one is installed, recalculates the workbook to the engine's figures to the cent."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from drawn_cases import harbour
from recalculated import Book

from followmoney.reports._workbook import book

openpyxl = pytest.importorskip("openpyxl")
pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="no spreadsheet program is installed")
OPENINGS, CONTROLS = "Opening balances", "Read me & controls"


def opened(path: Path, folder: Path, **changed: float) -> dict[tuple[str, str], Any]:
    """Every formula as the program computes it; saved without values before, so that none is taken over."""
    bare = folder / "bare.xlsx"
    given = openpyxl.load_workbook(path)
    for cell, amount in changed.items():
        given[OPENINGS][cell] = amount
    given.save(bare)
    asked = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    asked += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(bare)]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    formulas, values = given, openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_it_comes_to_the_same_figures_and_says_where_they_differ(tmp_path: Path) -> None:
    book.write(harbour(), tmp_path / "s.xlsx", "f" * 64)
    stored = Book(tmp_path / "s.xlsx").stored
    found = opened(tmp_path / "s.xlsx", tmp_path)
    assert len(found) > 500
    assert {at: (value, stored[at]) for at, value in found.items() if value != stored[at]} == {}
    inputs = openpyxl.load_workbook(tmp_path / "s.xlsx")[OPENINGS]
    rows = {inputs[f"A{row}"].value: row for row in range(5, inputs.max_row + 1)}
    changed = opened(tmp_path / "s.xlsx", tmp_path, **{f"E{rows['ES91210004182051']}": 300_000.0})
    assert any(at[0] == CONTROLS and value == "DIFFERS" for at, value in changed.items())
    assert not any(value == "DIFFERS" for value in found.values())
