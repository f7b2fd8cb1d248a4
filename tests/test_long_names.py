"""A name of ten thousand characters makes no report slow or unreadable, and is somewhere whole."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from drawn_cases import HARBOUR

import followmoney as fm
from followmoney.reports import report
from followmoney.reports._labels import KEPT, LONGEST, fitting, shorten, width
from followmoney.reports._paper import paragraph

NAME, PURPOSE, EDGE = "Azur " * 1_999 + "Azur", "invoice" * 1_500, "E" * LONGEST


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    text = (
        HARBOUR.replace("Azur Holding SA", NAME)
        .replace("Costa Norte S.L.", EDGE)
        .replace("29,200.00", f'29,200.00 "{PURPOSE}"')
    )
    case = fm.Case("x", trace=fm.trace(fm.FlowGraph(fm.sketch(text)), claim=["t1", "t2", "t3"], rule="pro_rata"))
    return report(case, tmp_path_factory.mktemp("long") / "r", formats=["xlsx", "pdf", "docx"]).parent


def test_what_is_cut_says_its_length_and_where_it_is_whole(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert f"{NAME[:KEPT].rstrip()}… (9,999 characters; whole in names.parquet)" in page
    assert f"{PURPOSE[:KEPT]}… (10,500 characters; whole in trace.parquet)" in page
    assert NAME not in page
    assert PURPOSE not in page
    assert EDGE in page


def test_what_is_cut_is_whole_where_it_is_said_to_be(folder: Path) -> None:
    assert pl.read_parquet(folder / "names.parquet").rows() == [("party", NAME, 9_999)]
    assert PURPOSE in pl.read_parquet(folder / "trace.parquet")["purpose"].to_list()
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(folder / "schedules.xlsx", read_only=True)
    cells = {c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row}
    assert {NAME, PURPOSE} <= cells


def test_a_case_of_short_names_has_no_table_of_long_ones(tmp_path: Path) -> None:
    case = fm.Case("x", trace=fm.trace(fm.FlowGraph(fm.sketch(HARBOUR)), claim=["t1"]))
    assert not (report(case, tmp_path / "r").parent / "names.parquet").exists()


def test_a_word_longer_than_a_line_goes_on_in_the_next() -> None:
    lines = paragraph("of " + "W" * 100 + " and more", 2.0, 8)
    assert "".join(lines).replace(" ", "") == "of" + "W" * 100 + "andmore"
    assert all(width(line, 8) <= 2.0 for line in lines)
    assert list(fitting("W", 0.0, 8)) == ["W"]
    assert paragraph("a short line", 2.0, 8) == ["a short line"]


@pytest.mark.parametrize("text", ["Azur Holding", "W" * 50, "il.", "\u05d7" * 30, "a" * 10_000, "e\u0301" * 40])
@pytest.mark.parametrize("room", [0.0, 0.3, 1.3])
def test_as_much_of_a_name_is_drawn_as_fits(text: str, room: float) -> None:
    fits = [text[:n] for n in range(min(len(text), 90)) if width(text[:n] + "…", 8) <= room]
    assert shorten(text, room, 8) == (text if width(text, 8) <= room else (fits[-1] if fits else "").rstrip() + "…")
