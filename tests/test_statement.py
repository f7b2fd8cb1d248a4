"""The statement says what the report says, in any template, and nothing in the data or in a template can run."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from drawn_cases import HARBOUR, harbour

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.reports import report, statement_template
from followmoney.reports._statement import _fill
from followmoney.reports._statement._fill import filled
from followmoney.reports._statement._ours import ours

docx = pytest.importorskip("docx")
pytest.importorskip("docxtpl")

STRANGE = "<script>alert(1)</script> & {{ 7*7 }} {% if %} {_{ \u05d7\u05d1\u05e8\u05d4 \u202eevil \x0b\ufffe"
DAY = date(2024, 10, 1)
SHOWN = "<script>alert(1)</script> & {{ 7*7 }} {% if %} {_{ \u05d7\u05d1\u05e8\u05d4 [U+202E]evil \u240b\ufffd"


def written(case: fm.Case, folder: Path, **more) -> Path:
    return report(case, folder, formats=["docx"], **more).parent / "statement.docx"


def words(path: Path) -> str:
    found = docx.Document(str(path))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


def template(path: Path, *lines: str) -> Path:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(path))
    return path


@pytest.fixture(scope="module")
def statement(tmp_path_factory) -> Path:
    return written(harbour(), tmp_path_factory.mktemp("cases") / "harbour")


def under(path: Path, title: str) -> list[str]:
    """The paragraphs, and the rows of tables, below one heading."""
    found, here = [], False
    for block in docx.Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            found += [" | ".join(cell.text for cell in row.cells) for row in block.rows] if here else []
        elif block.style.name.lower().startswith("heading"):
            here = block.text == title
        elif here and block.text:
            found.append(block.text)
    return found


def test_every_row_of_its_schedules_is_there(statement: Path) -> None:
    trace = harbour().trace
    assert trace is not None
    schedule = under(statement, "Schedule A: transactions that carry claim money")
    ids = [re.match(r"t\d+(?=\n)", line) for line in schedule]
    assert [i[0] for i in ids if i] == trace.transactions()["id"].to_list()
    page = (statement.parent / "report.html").read_text(encoding="utf-8")
    chapter = page[page.index('id="freeze"') : page.index('id="flow"')]
    holders = under(statement, "What can be frozen now")
    assert len(holders) == chapter.count("<tr")
    said = under(statement, "Who holds it now")
    assert f"What can be frozen now: {len(holders) - 1} rows at the end of this statement." in said


def test_it_names_sources_by_hash_every_rule_and_blanks_to_sign(statement: Path) -> None:
    said, case = words(statement), harbour()
    assert case.ledger is not None
    assert all(digest in said for digest in case.ledger.sources["sha256"])
    assert "fifo: The money that came in first goes out first." in said
    assert "Signature: " in said
    assert "nothing is stated until then" in said
    numbered = [p for p in docx.Document(str(statement)).paragraphs if p.style.name == "Numbered"]
    assert len(numbered) > 20


def test_columns_are_as_wide_as_what_stands_in_them_and_fill_the_page(statement: Path) -> None:
    found = docx.Document(str(statement)).tables
    for table in found:
        grid, cells = ([int(column.width.twips) for column in those] for those in (table.columns, table.rows[0].cells))
        assert grid == cells
        assert sum(grid) in {9298, 14796}
    held = next(table for table in found if table.cell(0, 0).text == "Kind" and len(table.columns) > 5)
    kind, account = held.columns[0].width, held.columns[1].width
    assert account > 1.3 * kind


@pytest.fixture(scope="module")
def decided(tmp_path_factory) -> Path:
    """One finding left out, a fact about the holder of an account, a rule adopted, and a claim that ends."""
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    found = fm.detect(graph)
    end = fm.Assertion("good_faith", ["RO49AAAA1B318810"], "Paid for goods.", "A. Analyst", DAY)
    case = fm.Case("HARBOUR", found, trace=fm.trace(graph, ["t1", "t2"], "pro_rata", assertions=[end]))
    out = found.frame["id"][0]
    case = case.add(
        fm.Entry("exclude", (out,), "Rent, see the lease.", "A. Analyst", DAY),
        fm.Entry("exculpatory", ("P1",), "She sold a boat.", "A. Analyst", DAY, "file 12, p. 3"),
        fm.Entry("adopt", ("pro_rata",), "The court adopted it.", "A. Analyst", DAY),
    )
    return written(case, tmp_path_factory.mktemp("cases") / "decided")


def test_a_finding_left_out_is_none_of_what_was_found_and_stands_with_its_reason(decided: Path) -> None:
    found = fm.detect(fm.FlowGraph(fm.sketch(HARBOUR)))
    out, *kept = found.frame["explanation"]
    said = under(decided, "What was found")
    assert not any(out in line for line in said)
    assert all(any(line.startswith(explanation) for line in said) for explanation in kept)
    assert said[-1].startswith("1 finding was left out by an analyst")
    assert any(out in line and "Rent, see the lease." in line for line in under(decided, "Findings left out"))


def test_it_has_what_speaks_for_somebody_every_decision_and_who_adopted_the_rule(
    decided: Path, statement: Path
) -> None:
    assert any("She sold a boat." in line for line in under(decided, "What speaks for the persons concerned"))
    assert under(statement, "What speaks for the persons concerned") == [
        "No fact that speaks for a person or for an innocent explanation was recorded."
    ]
    adopted = "pro_rata was adopted by A. Analyst on 2024-10-01 (entry 3 of the journal), for this reason: The court"
    journal = under(decided, "The journal")
    assert sum(line.startswith(("1 |", "2 |", "3 |")) for line in journal) == 3
    for title in ("What was found", "Rule used", "The journal"):
        assert any(adopted in line for line in under(decided, title)), title
    assert any(
        "1 fact that an analyst recorded about Ana Kowalska speaks for them" in line
        for line in under(decided, "What was found")
    )


def test_every_block_keeps_its_heading_and_no_caption_of_a_picture_is_told(decided: Path) -> None:
    said = words(decided)
    assert not any("RO49AAAA1B318810" in line for line in under(decided, "What can be frozen now"))
    titles = [p.text for p in docx.Document(str(decided)).paragraphs if p.style.name.lower().startswith("heading")]
    ends = next(title for title in titles if title.startswith("Claim ends here: paid in good faith"))
    assert any("RO49AAAA1B318810" in line for line in under(decided, ends))
    assert "None: every row of the sources was taken in." in under(decided, "Rows that were refused")
    assert under(decided, "The same claim under every rule")
    assert under(decided, "Whom to freeze first")
    assert "Not drawn" not in said
    assert "Schedule B" not in said
    assert {"Tracing", "Alternatives considered", "What is not known"} <= {*titles}


def test_the_same_case_gives_the_same_bytes(statement: Path, tmp_path: Path) -> None:
    assert written(harbour(), tmp_path / "again").read_bytes() == statement.read_bytes()
    own = template(tmp_path / "own.docx", "{{ case }}")
    first, second = (written(harbour(), tmp_path / n, template=own).read_bytes() for n in "ab")
    assert first == second


def test_names_that_are_programs_are_text(tmp_path: Path) -> None:
    plain = HARBOUR.replace("Azur Holding SA", STRANGE.replace("\x0b", "").replace('"', ""))
    case = fm.Case(STRANGE, trace=fm.trace(fm.FlowGraph(fm.sketch(plain)), claim="t1"))
    path = written(case, tmp_path / "r")
    said = words(path)
    assert SHOWN in said
    assert "49 " not in said.partition("\n")[0]
    own = template(tmp_path / "own.docx", "{{ case }}", "{{ case|safe }}", "{{ case|e }}")
    lines = [p.text for p in docx.Document(str(written(case, tmp_path / "o", template=own))).paragraphs]
    assert lines == [SHOWN] * 3


def test_a_template_of_ones_own_shows_what_it_asks_for(tmp_path: Path) -> None:
    asked = [
        "I, …, say: {{ answer }}",
        "{%p for row in chapters.freeze.tables[0].rows %}",
        "{{ row[1] }}",
        "{%p endfor %}",
    ]
    own = template(tmp_path / "own.docx", *asked)
    said = words(written(harbour(), tmp_path / "r", template=own))
    assert said.startswith(f"I, …, say: {harbour().sentence()}")
    assert "Villa, Marbella" in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ cas }}", r"own\.docx: .*'cas'.*'case'"),
        ("{{ case.nothing }}", r"own\.docx: .*nothing"),
        ("{% if case %}", r"own\.docx cannot be read as a template: "),
        ("{{ case.__class__.__mro__ }}", r"own\.docx"),
        ("{{ ''.__class__ }}", r"own\.docx"),
        ("{{ case * 999999999 }}", r"'\*' is not for templates"),
        ("{{ 1 / 0 }}", r"own\.docx cannot be filled in"),
        ("{% include 'x' %}", r"own\.docx cannot be filled in"),
    ],
)
def test_what_is_wrong_with_a_template_is_one_line_that_names_it(line: str, says: str, tmp_path: Path) -> None:
    own = template(tmp_path / "own.docx", line)
    with pytest.raises(SettingsError, match=says) as error:
        written(harbour(), tmp_path / "r", template=own)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{% set x = case ~ case %}", "are not for templates"),
        ("{{ case.ljust(99999999999) }}", "are not for templates"),
        ("{{ '%999999999d' % 1 }}", "'%' is not for templates"),
        ("{{ case|center(99999999999) }}", "cannot be read as a template"),
        ("{% for a in case %}" * 4 + "{% endfor %}" * 4, "repeats more than"),
    ],
)
def test_a_template_can_fill_no_memory_and_never_runs_for_ever(
    line: str, says: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(_fill, "_TURNS", 5_000)
    content = template(tmp_path / "own.docx", line).read_bytes()
    with pytest.raises(SettingsError, match=says):
        filled(content, "own.docx", {"case": "x" * 200})
    assert b"PK" in filled(ours(), "ours", dict.fromkeys(("handling", "kind", "case", "parts", "schedules", "run"), ""))


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    made, own = io.BytesIO(), tmp_path / "own.docx"
    with zipfile.ZipFile(io.BytesIO(ours())) as read, zipfile.ZipFile(made, "w") as file:
        for name in read.namelist():
            file.writestr(name, read.read(name).replace(b"<w:document", b"<!DOCTYPE x><w:document"))
    for content, says in ((b"no zip", "is not a .docx document"), (made.getvalue(), "DTD")):
        own.write_bytes(content)
        with pytest.raises(SettingsError, match=says):
            written(harbour(), tmp_path / "r", template=own)
    with pytest.raises(SettingsError, match="There is no template"):
        written(harbour(), tmp_path / "r", template=tmp_path / "none.docx")


def test_our_template_can_be_had_and_gives_our_statement(statement: Path, tmp_path: Path) -> None:
    own = statement_template(tmp_path / "own.docx")
    assert len(own.read_bytes()) < 8_000
    said = words(written(harbour(), tmp_path / "r", template=own))
    assert said.splitlines()[:3] == words(statement).splitlines()[:3]
    with pytest.raises(SettingsError, match="is there already"):
        statement_template(own)


@pytest.mark.parametrize(("language", "title"), [("fr", "Déclaration écrite"), ("it", "Dichiarazione scritta")])
def test_it_speaks_the_language_of_the_report(language: str, title: str, tmp_path: Path) -> None:
    path = written(fm.Case("x"), tmp_path / "r", language=language)
    assert words(path).startswith(title)
    assert all(p.text for p in docx.Document(str(path)).paragraphs if p.style.name.lower().startswith("heading"))
