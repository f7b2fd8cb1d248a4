"""The report on pages says what the page says, is the same at every run, and is text whatever anybody is called."""

from __future__ import annotations

import hashlib
import re
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from drawn_cases import HARBOUR, harbour
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

import followmoney as fm
from followmoney.reports import _manifest, report
from followmoney.reports._blocks import Cell, Table, row, table
from followmoney.reports._pack import Pack
from followmoney.reports._pdf import _signs
from followmoney.reports._pdf._columns import BREAK, Columns
from followmoney.reports._pdf._signs import signs

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

STRANGE = (
    "#panic() *bold* _it_ @ref $x$ \\\\ [c] <tx-1> // `raw` = + - /", "חברה בעמ 12", "شركة النور", "北京公司",
    "देवनागरी", "😀🦊\ue000", "a\u202eevil\u2066",
)  # fmt: skip
KNOWN = set(FT2Font(str(_signs.folder() / "DejaVuSans.ttf")).get_charmap())


def ledger() -> str:
    lines = ["account A holder=P0 IBAN ES", "account OUT holder=P1 IBAN NL", "2024-01-01 cash -> A 900.00 EUR cash"]
    lines += [f'party P{at} company "{name}" ES' for at, name in enumerate(STRANGE)]
    lines += [f"account B{at} holder=P{at} IBAN ES" for at in range(len(STRANGE))]
    lines += [f'2024-01-0{at + 2} A -> B{at} 100.00 EUR "{name}"' for at, name in enumerate(STRANGE)]
    return "\n".join(lines)


def written(case: fm.Case, folder: Path) -> Path:
    return report(case, folder, formats=["pdf"]).parent / "report.pdf"


@cache
def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def elements(path: Path, kind: str) -> int:
    """How many elements of a kind the structure of the file has, the one that is read aloud."""

    def count(element) -> int:
        element = element.get_object()
        if isinstance(element, list):
            return sum(map(count, element))
        if not isinstance(element, dict):
            return 0
        return (element.get("/S") == kind) + (count(element["/K"]) if "/K" in element else 0)

    return count(pypdf.PdfReader(path).trailer["/Root"]["/StructTreeRoot"]["/K"])


def case() -> fm.Case:
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    return fm.Case("HARBOUR", fm.detect(graph, ["structuring"]), fm.cluster(graph, "components"), harbour().trace)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    return written(case(), tmp_path_factory.mktemp("cases") / "harbour")


def test_every_row_of_every_table_is_on_the_pages(tmp_path: Path, pages: Path) -> None:
    for file in (*pages.parent.glob("*.parquet"), pages.parent / "assets.csv"):  # what was there before the pages
        shutil.copy(file, tmp_path)
    sections = Pack(case(), _manifest.run(case(), "")).sections(tmp_path)
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    assert elements(pages, "/TR") == sum(len(found.rows) + 1 for found in tables)
    assert elements(pages, "/Table") == len(tables)
    assert elements(pages, "/Figure") >= 7


def test_every_transaction_of_schedule_a_is_there_with_its_row_and_claim(pages: Path) -> None:
    trace = harbour().trace
    assert trace is not None
    said = re.sub(r"\s+", " ", text(pages))
    schedule = said[said.rindex("Schedule A: transactions that carry claim money") :]
    for name, line in trace.transactions().select("id", "row").iter_rows():
        assert re.search(rf"\b{name} sketch row {line} ", schedule)


def test_the_same_case_gives_the_same_bytes_dated_by_its_last_transaction(tmp_path: Path, pages: Path) -> None:
    assert written(case(), tmp_path / "again").read_bytes() == pages.read_bytes()
    assert pypdf.PdfReader(pages).metadata.creation_date == datetime(2024, 4, 1, 12, 49, tzinfo=UTC)


def test_it_says_which_standards_it_follows(pages: Path) -> None:
    found = pypdf.PdfReader(pages)
    root = found.trailer["/Root"]
    said = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert (root["/Lang"], found.metadata.title, root["/MarkInfo"]["/Marked"]) == ("en", "HARBOUR", True)


def test_the_tables_are_attached_as_they_lie_beside_it(pages: Path) -> None:
    attached = {name: data[0] for name, data in pypdf.PdfReader(pages).attachments.items()}
    beside = {p.name: p.read_bytes() for p in pages.parent.iterdir() if p.suffix in (".parquet", ".csv")}
    assert attached == beside
    assert len(beside) == 5
    said = re.sub(r"\s", "", text(pages))
    assert all(hashlib.sha256(data).hexdigest() in said for data in beside.values())


def test_its_chapters_are_those_of_the_page(pages: Path) -> None:
    page = (pages.parent / "report.html").read_text(encoding="utf-8")
    titles = re.findall(r'<h2 id="[^"]+">(.*?)</h2>', page)
    told = [entry.title for entry in pypdf.PdfReader(pages).outline if not isinstance(entry, list)]
    assert [re.sub(r"^\d+ ", "", title) for title in told if title != "Contents"] == [
        re.sub(r"^\d+ ", "", title) for title in titles
    ]


def test_names_that_are_markup_or_of_any_script_are_text(tmp_path: Path) -> None:
    case = fm.Case(STRANGE[0], trace=fm.trace(fm.FlowGraph(fm.sketch(ledger())), claim="t1"))
    path = written(case, tmp_path / "r")
    said = text(path)
    assert "#panic() *bold* _it_ @ref $x$" in said
    assert f"{_signs.OPEN}BeiJingGongSi{_signs.CLOSE}" in said.replace("\n", "")
    assert "a[U+202E]evil[U+2066]" in said
    assert "report.html" in said
    assert "have them as they are" in said
    data = path.read_bytes()
    assert b"/JavaScript" not in data
    assert b"/URI" not in data


def test_a_name_that_is_copied_out_of_the_pages_is_the_name(tmp_path: Path) -> None:
    words = ["Donaudampfschifffahrtsgesellschaft" * n for n in (3, 9)]
    hidden, account = f"Meridian{BREAK}SRL", "ES91210004182051ES91210004182051ES91210004182051"
    known = HARBOUR.replace("Azur Holding SA", words[0]).replace("Costa Norte S.L.", words[1])
    known = known.replace("Meridian Invest SRL", hidden).replace("ES91210004182051", account)
    case = fm.Case("x", trace=fm.trace(fm.FlowGraph(fm.sketch(known)), claim="t1"))
    path = written(case, tmp_path / "r")
    said = text(path)
    whole = re.sub(r"\n", "", said)
    assert all(word in whole for word in (*words, account))
    assert BREAK not in said
    assert max(map(len, re.findall(r"\w+", said))) < len(words[1])
    assert f"Meridian{_signs.OPEN}U+E000{_signs.CLOSE}SRL" in whole


def test_a_case_without_parts_has_pages_too(tmp_path: Path) -> None:
    assert "No money was traced" in text(written(fm.Case("partial"), tmp_path / "r"))


@given(st.text(max_size=30))
@examples(100)
def test_whatever_is_shown_the_font_has(given_text: str) -> None:
    shown = signs(given_text)
    assert {ord(sign) for sign in shown} <= KNOWN
    assert signs(shown) == shown


@given(
    st.lists(
        st.lists(st.sampled_from(["", "12,345.50", "ES91" * 6, "a few words of a purpose", "-", "x" * 90]), min_size=6,
                 max_size=6), max_size=5,
    ),
    st.sampled_from([300.0, 510.0, 757.0]),
)  # fmt: skip
@examples(50)
def test_columns_fill_the_page_and_figures_keep_their_line(rows: list[list[str]], room: float) -> None:
    heads = ["Account", "Days|", "Amount>", "Claim>", "With", "Purpose"]
    figures = [[c if len(c) < 30 else "9" for c in line[:4]] + line[4:] for line in rows]
    given_table = table(heads, [row(*(Cell(c) for c in line)) for line in figures])
    columns = Columns(given_table, room)
    assert sum(columns.widths) == pytest.approx(room)
    for line in given_table.rows:
        for at in (1, 2, 3):
            assert BREAK not in columns.broken(line.cells[at], line.cells[at].text, at)
        assert columns.broken(line.cells[5], line.cells[5].text, 5).replace(BREAK, "") == line.cells[5].text
