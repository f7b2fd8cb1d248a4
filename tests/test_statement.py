"""The statement says what the report says, in any template, and nothing in the data or in a template can run."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from drawn_cases import HARBOUR, harbour

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.reports import report, statement_template
from followmoney.reports._statement._ours import ours

docx = pytest.importorskip("docx")
pytest.importorskip("docxtpl")

STRANGE = "<script>alert(1)</script> & {{ 7*7 }} {% if %} {_{ \u05d7\u05d1\u05e8\u05d4 \u202eevil \x0b\ufffe"
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


def test_every_row_of_its_schedules_is_there(statement: Path) -> None:
    trace = harbour().trace
    assert trace is not None
    holders, schedule = docx.Document(str(statement)).tables[-2:]
    ids = [row.cells[0].text.split("\n")[0] for row in schedule.rows[1:]]
    assert [i for i in ids if re.fullmatch(r"t\d+", i)] == trace.transactions()["id"].to_list()
    page = (statement.parent / "report.html").read_text(encoding="utf-8")
    chapter = page[page.index('id="freeze"') : page.index('id="flow"')]
    assert len(holders.rows) == chapter.count("<tr")
    assert f"{len(schedule.rows) - 1} rows at the end of this statement." in words(statement)


def test_it_names_sources_by_hash_every_rule_and_blanks_to_sign(statement: Path) -> None:
    said, case = words(statement), harbour()
    assert case.ledger is not None
    assert all(digest in said for digest in case.ledger.sources["sha256"])
    assert "fifo: The money that came in first goes out first." in said
    assert "Signature: " in said
    assert "nothing is stated until then" in said
    numbered = [p for p in docx.Document(str(statement)).paragraphs if p.style.name == "Numbered"]
    assert len(numbered) > 20


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
    assert words(written(fm.Case("x"), tmp_path / "r", language=language)).startswith(title)
