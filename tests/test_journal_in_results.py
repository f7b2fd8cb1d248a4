"""Decisions reach every output: what speaks for somebody is shown, what is left out is said, codes are on top."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from drawn_cases import HARBOUR
from lxml import etree

import followmoney as fm
from followmoney.finding import Findings
from followmoney.languages import speaking
from followmoney.reports._handled import handled
from followmoney.reports.exports import catalogue

DAY = date(2024, 10, 1)
CODES = "Handling: H1 · Eyes & <ears> only"
FACT = "Salary slips <b>explain</b> it & more"


def entry(kind: str, *about: str, why: str = "Because so.") -> fm.Entry:
    return fm.Entry(kind, about, why, "A. Analyst", DAY, "file 12, p. 3")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def case() -> fm.Case:
    """One finding left out, one spoken for, one that is no finding, and codes."""
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    found = fm.detect(graph)
    out, kept = found.frame["id"].to_list()[:2]
    whole = fm.Case("HARBOUR", found, trace=fm.trace(graph, ["t1", "t2"], "pro_rata"))
    return whole.add(
        entry("exclude", out, why="Rent, see the lease."),
        entry("exculpatory", kept, why=FACT),
        entry("exclude", "nofinding"),
        entry("adopt", "fifo"),
        entry("handling", "H1", "Eyes & <ears> only"),
    )


@pytest.fixture(scope="module")
def folder(case: fm.Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fm.report(case, tmp_path_factory.mktemp("report") / "out", formats=["html", "xlsx"]).parent


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def text(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.DOTALL)))


def section(page: str, anchor: str) -> str:
    return page.partition(f'id="{anchor}"')[2].partition("</section>")[0]


def test_a_finding_left_out_is_listed_with_its_reason_and_is_in_no_other_chapter(case: fm.Case, page: str):
    assert case.findings is not None
    assert case.considered is not None
    out = case.findings.frame["id"][0]
    assert len(case.considered) == len(case.findings) - 1
    assert "Rent, see the lease." in section(page, "decided")
    assert out in section(page, "decided")
    assert out not in section(page, "findings")
    assert out not in section(page, "alternatives")
    assert all(name in section(page, "findings") for name in case.considered.frame["id"])


def test_the_tables_keep_every_finding(case: fm.Case, folder: Path):
    assert case.findings is not None
    assert pl.read_parquet(folder / "findings.parquet").height == len(case.findings)
    assert fm.Journal.read(folder / "journal.jsonl") == case.journal


def test_what_speaks_for_somebody_stands_first_and_beside_the_finding(page: str):
    decided = section(page, "decided")
    assert FACT in text(decided)
    assert decided.index("Salary slips") < decided.index("Rent, see the lease.")
    assert FACT in text(section(page, "findings"))
    assert "<b>explain" not in page


def test_a_fact_about_a_party_stands_beside_every_finding_of_its_accounts(case: fm.Case):
    spoken = case.add(entry("exculpatory", "P1", why="She sold a boat."))
    assert spoken.considered is not None
    own = {"PL61109010144021", "PL61109010149920"}
    touched = {
        f.id for f in spoken.considered if own & {f.subject, *f.evidence["beneficiary"], *f.evidence["originator"]}
    }
    found = {f.id for f in spoken.considered if "She sold a boat." in [x.entry.why for x in spoken.spoken.of(f)]}
    assert found == touched != set()


def test_it_is_linked_and_named_and_who_adopted_the_rule_stands_with_the_finding(
    case: fm.Case, page: str, tmp_path: Path
):
    passed = "The rule adopted last is fifo; this report follows pro_rata, as its settings say. It was adopted by A."
    assert passed in text(section(page, "finding"))
    more = case.add(
        entry("exculpatory", "P1", why="She sold a boat."),
        fm.Entry("adopt", ("pro_rata",), "The court does.", "B. Analyst", DAY),
    )
    said = fm.report(more, tmp_path / "out").read_text(encoding="utf-8")
    assert "Ana Kowalska" in section(said, "decided")
    assert 'id="fact-6"' in section(said, "decided")
    assert 'href="#fact-6"' in section(said, "findings")
    spoken = "1 fact that an analyst recorded about Ana Kowalska speaks for them: see entry 6 of the journal."
    assert spoken in text(section(said, "findings"))
    adopted = "pro_rata was adopted by B. Analyst on 2024-10-01 (entry 7 of the journal), for this reason: The court"
    assert all(adopted in text(section(said, name)) for name in ("finding", "decided", "tracing"))
    assert "was named" not in text(section(said, "tracing"))


def test_the_workbook_has_a_sheet_of_decisions(folder: Path):
    with ZipFile(folder / "schedules.xlsx") as book:
        strings = unescape(book.read("xl/sharedStrings.xml").decode())
        assert 'name="Decisions"' in book.read("xl/workbook.xml").decode()
    assert FACT in unescape(strings)
    assert "Rent, see the lease." in strings


def test_the_codes_on_top_are_in_the_language_of_the_report():
    with speaking("fr"):
        assert handled(["H1", "TLP:AMBER"]) == "Traitement : H1 · TLP:AMBER"


def test_a_long_journal_loses_no_fact(case: fm.Case, tmp_path: Path):
    many = case.add(*(entry("exculpatory", "P1", why=f"Fact number {n}.") for n in range(700)))
    shown = section(fm.report(many, tmp_path / "out").read_text(encoding="utf-8"), "decided")
    first = shown.partition("Findings left out")[0]
    assert set(re.findall(r"Fact number (\d+)\.", first)) == {str(n) for n in range(700)}


def test_what_does_not_fit_the_case_is_said(page: str):
    assert "Entry 3: nofinding is no finding of this case." in section(page, "decided")
    assert "The rule adopted last is fifo; this report follows pro_rata" in section(page, "decided")


def test_handling_codes_stand_on_top_at_the_foot_and_above_every_schedule(page: str):
    shown = re.findall(r'<p class="handling"><bdi>(.*?)</bdi></p>', page)
    assert {unescape(one) for one in shown} == {CODES}
    assert page.index('class="handling"') < page.index("<h1>")
    assert page.rindex('class="handling"') > page.rindex("</main>")
    schedules = re.findall(r'id="(schedule-\w+)"', page)
    assert all('class="handling"' in section(page, anchor) for anchor in schedules)
    assert len(shown) == len(set(schedules)) + 2
    assert "Not to be disclosed in judicial proceedings" in page


def test_every_sheet_and_table_carries_the_codes(folder: Path):
    with ZipFile(folder / "schedules.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        strings = unescape(book.read("xl/sharedStrings.xml").decode())
    assert all("&amp;CHandling: H1" in sheet and "oddFooter" in sheet for sheet in sheets)
    assert strings.count(CODES) == len(sheets)
    for name in ("findings", "evidence", "trace", "ledgers"):
        assert pl.read_parquet_metadata(folder / f"{name}.parquet")["handling"] == CODES
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run"]["journal"]
    assert (told["entries"], told["handling"]) == (5, ["H1", "Eyes & <ears> only"])


@pytest.mark.parametrize("name", ["gexf", "goaml", "graphml", "i2", "sarif"])
def test_exports_carry_the_codes_where_they_have_a_place_and_no_finding_left_out(
    case: fm.Case, name: str, tmp_path: Path
):
    assert case.findings is not None
    if name == "i2":
        pytest.importorskip("anxwritter")
    out = fm.export(case, tmp_path / "out", name)
    told = out.read_text(encoding="utf-16" if name == "i2" else "utf-8")
    if name == "sarif":
        run = json.loads(told)["runs"][0]
        assert run["properties"] == {"handling": ["H1", "Eyes & <ears> only"]}
        assert any(FACT in one["message"]["text"] for one in run["results"])
    else:
        assert CODES in unescape(told)
        assert etree.parse(out) is not None
    if catalogue()[name].findings:
        assert case.findings.frame["explanation"][0] not in unescape(told)


def test_without_a_journal_nothing_of_it_is_there(tmp_path: Path):
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    bare = fm.Case("HARBOUR", Findings.empty(), trace=fm.trace(graph, ["t1"]))
    out = fm.report(bare, tmp_path / "out")
    assert 'class="handling"' not in out.read_text(encoding="utf-8")
    assert 'id="decided"' not in out.read_text(encoding="utf-8")
    assert not (out.parent / "journal.jsonl").exists()
    assert "journal" not in json.loads((out.parent / "manifest.json").read_text(encoding="utf-8"))["run"]
