"""What a report needs is looked at before any work; a template of one's own travels with the results."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet, saved

import followmoney as fm
from followmoney.cli import main
from followmoney.errors import SettingsError
from followmoney.reports import report
from followmoney.reports._formats import FORMATS

__all__ = ["quiet", "saved"]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return document(tmp_path / "house.docx", "Seen: {{ case }}")


def document(path: Path, text: str) -> Path:
    made = pytest.importorskip("docx").Document()
    made.add_paragraph(text)
    made.save(str(path))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_extra_is_named_before_any_work(
    name: str, saved: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
):
    monkeypatch.setitem(sys.modules, FORMATS[name].library, None)
    with pytest.raises(SettingsError, match=r"followmoney\[report\]"):
        report(fm.Case("x"), tmp_path / "r", formats=[name])
    for command in ("run", "report"):
        assert main([command, saved, "--out", str(tmp_path / "r"), "--formats", name]) == 2
        assert "followmoney[report]" in capsys.readouterr().err
    assert not (tmp_path / "r").is_dir() or not any((tmp_path / "r").iterdir())


@pytest.mark.parametrize(
    ("text", "says"), [(None, "There is no template"), ("{% if case %}", "cannot be read as a template")]
)
def test_a_template_is_read_before_any_work(text: str | None, says: str, saved: str, tmp_path: Path, capsys: Any):
    path = tmp_path / "own.docx" if text is None else document(tmp_path / "own.docx", text)
    asked = ["--formats", "docx", "--template", str(path)]
    assert main(["run", saved, "--out", str(tmp_path / "r"), *asked]) == 2
    assert says in capsys.readouterr().err
    assert not any((tmp_path / "r").iterdir())


def test_a_template_lies_beside_the_results_and_replays_where_it_was_forgotten(
    template: Path, saved: str, tmp_path: Path, capsys: Any
):
    run, pack = tmp_path / "run", tmp_path / "pack"
    assert (
        main(["run", saved, "--out", str(run), "--claim", "t1", "--formats", "docx", "--template", str(template)]) == 0
    )
    assert (run / "template.docx").read_bytes() == template.read_bytes()
    template.unlink()
    assert main(["seal", str(run), "--out", str(pack), "--sources", saved]) == 0
    graph = {e["@id"]: e for e in json.loads((pack / "data/ro-crate-metadata.json").read_text())["@graph"]}
    assert {"@id": "template.docx"} in graph["#run"]["object"]
    assert main(["replay", str(pack)]) == 0, capsys.readouterr().out
    (pack / "data/template.docx").write_bytes(b"other")
    assert main(["verify", str(pack)]) == 4


def test_another_template_is_another_report(template: Path, saved: str, tmp_path: Path):
    asked = ["run", saved, "--out", str(tmp_path / "run"), "--formats", "docx", "--template", str(template)]
    assert main(asked) == 0
    first = (tmp_path / "run/statement.docx").read_bytes()
    document(template, "Other words: {{ case }}")
    assert main(asked) == 0
    assert (tmp_path / "run/statement.docx").read_bytes() != first


def test_a_file_in_a_settings_file_is_beside_it_and_one_in_a_flag_is_here(
    template: Path, saved: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.toml").write_text('[report]\nformats = ["docx"]\ntemplate = "own.docx"\n', encoding="utf-8")
    shutil.copy(template, folder / "own.docx")
    monkeypatch.chdir(tmp_path)
    asked = ["run", saved, "--config", "case/case.toml", "--out"]
    assert main([*asked, "one"]) == 0
    assert main([*asked, "two", "--template", "house.docx"]) == 0
    assert Path("one/statement.docx").read_bytes() == Path("two/statement.docx").read_bytes()


def test_what_a_call_asked_for_is_told_so_that_it_can_be_replayed(template: Path, saved: str, tmp_path: Path):
    settings, out = fm.Settings(), tmp_path / "r"
    case = fm.Case("case", trace=fm.trace(fm.FlowGraph(fm.load(saved)), ["t1"]))
    report(case, out, settings, formats=["docx"], language="fr", template=template)
    told = json.loads((out / "manifest.json").read_text())["run"]["settings"]
    assert all(line in told for line in ('formats = ["docx"]', 'language = "fr"', 'template = "template.docx"'))
    assert settings == fm.Settings()
