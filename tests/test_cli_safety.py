"""The command line never harms evidence, trusts nothing that was altered, and shows hostile text as text."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from test_cli import quiet, saved

import followmoney as fm
from followmoney.cli import _app, main
from followmoney.cli._latest import LATEST, latest
from followmoney.cli._output import Output, show

__all__ = ["quiet", "saved"]

TEXT = "2024-03-04 cash -> A 9,500.00 EUR #t1\n2024-03-05 A -> B 28,000.00 EUR #t2\n"
TRANSACTION = {"booked_at": "2024-03-04T10:00:00", "originator": "A", "beneficiary": "B", "amount": 100}


def evidence(folder: Path, *ids: str) -> Path:
    folder.mkdir()
    rows = [TRANSACTION | {"id": name, "currency": "EUR"} for name in ids or ("t1",)]
    pl.DataFrame(rows).write_parquet(folder / "transactions.parquet")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory, saved: str) -> Path:
    """The folder of an ended run, for all to read."""
    out = tmp_path_factory.mktemp("ran") / "run"
    assert main(["run", saved, "--out", str(out), "--claim", "t1,t2"]) == 0
    return out


@pytest.fixture
def ended(tmp_path: Path, ran: Path) -> Path:
    """A copy of an ended run, to be altered."""
    return Path(shutil.copytree(ran, tmp_path / "run"))


@pytest.mark.parametrize("command", ["report", "run", "check"])
@pytest.mark.parametrize("out", [".", "inside", ".."])
def test_results_never_go_over_among_or_around_the_sources(tmp_path: Path, command: str, out: str, capsys: Any):
    source = evidence(tmp_path / "in")
    (source / "manifest.json").write_text('{"outputs": [{"file": "transactions.parquet", "sha256": ""}]}')
    before = tree(tmp_path)
    assert main([command, str(source), "--out", str(source / out)]) == 2
    assert "--out" in capsys.readouterr().err
    assert tree(tmp_path) == before


def test_a_report_never_takes_the_place_of_a_run(tmp_path: Path, saved: str, ended: Path, capsys: Any):
    before = tree(ended)
    assert main(["report", saved, "--out", str(ended)]) == 2
    assert "not of an earlier report" in capsys.readouterr().err
    assert tree(ended) == before
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("command", [["check"], ["trace", "--claim", "t1"]])
def test_an_altered_ledger_is_never_used(tmp_path: Path, saved: str, ended: Path, command: list[str], capsys: Any):
    alone = fm.sketch(TEXT).save(tmp_path / "ledger")
    for folder, asked in ((alone, alone), (ended / latest(ended)["check"] / "ledger", ended)):
        file = folder / "transactions.arrow"
        content = file.read_bytes()
        assert content.count((950_000).to_bytes(8, "little")) == 1
        file.write_bytes(content.replace((950_000).to_bytes(8, "little"), (950_001).to_bytes(8, "little")))
        assert main([command[0], str(asked), *command[1:]]) == 2
        assert "SHA-256" in capsys.readouterr().err
    assert main(["run", saved, "--out", str(ended), "--claim", "t1,t2"]) == 0
    assert main(["check", str(ended)]) == 0


def test_a_file_an_earlier_report_had_and_the_new_one_has_not_is_removed(saved: str, ended: Path):
    assert (ended / "ledgers.parquet").is_file()
    assert main(["run", saved, "--out", str(ended)]) == 0
    assert not (ended / "ledgers.parquet").exists()
    listed = {o["file"] for o in json.loads((ended / "manifest.json").read_text())["outputs"]}
    assert listed | {"manifest.json", "latest.json", "settings.toml"} == {
        p.name for p in ended.iterdir() if p.is_file()
    }


@pytest.mark.parametrize("name", ["manifest.json", "trace.parquet", "settings.toml", "latest.json"])
@pytest.mark.parametrize("folder", [True, False])
def test_what_is_in_the_way_of_a_run_is_left_alone(tmp_path: Path, saved: str, name: str, folder: bool, capsys: Any):
    out = tmp_path / "out"
    out.mkdir()
    (out / name).mkdir() if folder else (out / name).write_text("mine")
    assert main(["run", saved, "--out", str(out)]) == 2
    assert "in the way" in capsys.readouterr().err
    assert [p.name for p in out.iterdir()] == [name]


def test_a_report_changed_by_hand_is_not_written_over(ended: Path, saved: str, capsys: Any):
    with (ended / "report.html").open("a") as page:
        page.write("<!-- my notes -->")
    before = tree(ended)
    assert main(["run", saved, "--out", str(ended), "--claim", "t1"]) == 2
    assert "report.html is in the way" in capsys.readouterr().err
    assert tree(ended) == before


def test_half_written_files_of_others_are_left_alone(tmp_path: Path, saved: str):
    (tmp_path / ".letter.txt.part").write_text("dear")
    assert main(["run", saved, "--out", str(tmp_path)]) == 0
    assert (tmp_path / ".letter.txt.part").read_text() == "dear"


def test_everything_a_run_writes_is_private(ran: Path):
    shared = [p for p in [ran, *ran.rglob("*")] if stat.S_IMODE(p.stat().st_mode) & 0o077]
    assert shared == []


@pytest.mark.parametrize(
    "content", ['{"check": 5}', '{"check": "../nope"}', '[["check", null]]', '{"x": "check-000000000000"}', "{", "5"]
)
@pytest.mark.parametrize("command", [["check"], ["trace", "--claim", "t1"], ["explain", "{}", "abc"]])
def test_altered_notes_of_a_run_are_one_sentence(ended: Path, content: str, command: list[str], capsys: Any):
    (ended / LATEST).write_text(content)
    capsys.readouterr()
    call = [*command[:1], str(ended), *command[2 if "{}" in command else 1 :]]
    assert main(call) == 2
    assert "not as a run left it" in capsys.readouterr().err


@pytest.mark.parametrize("facts", [{}, {"sentence": "Nothing."}, []])
def test_what_a_stage_says_of_itself_cannot_be_altered(ended: Path, saved: str, facts: object, capsys: Any):
    for name in latest(ended).values():
        manifest = json.loads((ended / name / "stage.json").read_text())
        (ended / name / "stage.json").write_text(json.dumps(manifest | {"facts": facts}))
    capsys.readouterr()
    assert main(["check", str(ended)]) == 2
    assert main(["run", saved, "--out", str(ended), "--claim", "t1,t2"]) == 0
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert {row["state"] for row in rows} == {"done"}


def test_a_result_is_never_followed_out_of_the_run(tmp_path: Path, ended: Path, capsys: Any):
    checked = ended / latest(ended)["check"]
    checked.rename(tmp_path / checked.name)
    checked.symlink_to(tmp_path / checked.name)
    assert main(["check", str(ended)]) == 2
    assert "not as a run left it" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "says"), [("run", "; the run goes on where it stopped"), ("detect", ".\n")])
def test_an_interrupted_command_says_so(command: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("followmoney.cli._app._call", interrupted)
    assert main([command, "dumps"]) == 130
    assert capsys.readouterr().err.startswith(f"followmoney: interrupted{says}")


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left"), pl.exceptions.ComputeError("parquet: No space left (os error 28)")]
)
def test_a_full_disk_is_said_to_be_one(error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(_app, "_call", fail)
    assert main(["run", "dumps"]) == 2
    assert "the disk is full" in (said := capsys.readouterr().err)
    assert "where it stopped" in said


@pytest.mark.parametrize("error", [fm.errors.ReconcileError, pl.exceptions.PanicException])
def test_even_a_panic_is_one_sentence(error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: Any):
    def fail(_: object) -> int:
        raise error("odd\nthing")

    monkeypatch.setattr(_app, "_call", fail)
    assert main(["patterns"]) in {4, 70}
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "Traceback" not in err


FOREIGN = 'party P1 person "Łucja Ω" PL\naccount B holder=P1 IBAN PL\n' + TEXT


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("kind", ["table", "jsonl", "csv"])
def test_a_narrow_encoding_is_no_error(tmp_path: Path, encoding: str, kind: str, monkeypatch: pytest.MonkeyPatch):
    ledger = fm.sketch(FOREIGN).save(tmp_path / "ledger")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    assert main(["trace", str(ledger), "--claim", "t1", "--format", kind]) == 0
    sys.stdout.flush()
    out = written.getvalue().decode(encoding)
    assert r"\u0141ucja" in out
    if kind == "jsonl":
        assert "Łucja" in "".join(str(json.loads(row)) for row in out.splitlines())


def test_a_process_with_a_narrow_encoding_ends_well(tmp_path: Path):
    ledger = fm.sketch(FOREIGN).save(tmp_path / "ledger")
    done = subprocess.run(
        [sys.executable, "-m", "followmoney", "trace", str(ledger), "--claim", "t1", "--format", "table"],
        capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert r"\u0141ucja" in done.stdout.decode("ascii")


def test_no_text_of_a_source_steers_a_terminal(tmp_path: Path, capsys: Any):
    wild = "\x1b[31m\x9b2J\u202e"
    text = f'party P1 person "Ana {wild}" ES\naccount A holder=P1 IBAN ES\naccount B holder=P1 IBAN ES\n{TEXT}'
    ledger = str(fm.sketch(text).save(tmp_path / "ledger"))
    for call in (["trace", ledger, "--claim", "t1"], ["case", ledger, "--claim", "t1"], ["detect", ledger]):
        for kind in ("table", "jsonl"):
            assert main([*call, "--format", kind]) == 0
    assert main(["run", ledger, "--claim", "t1", "--out", str(tmp_path / "run"), "--format", "table"]) == 0
    out, err = capsys.readouterr()
    assert "Ana" in out
    assert not set(wild[0] + "\x9b\u202e") & set(out + err)


def test_an_identifier_with_a_newline_stays_on_its_line(tmp_path: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setenv("COLUMNS", "200")
    times = [datetime(2024, 3, day, tzinfo=UTC) for day in (4, 5, 6)]
    ends = {"originator": None, "beneficiary": "A\nB\tC\u2028D"}
    rows = [{"id": f"t\n{i}", "booked_at": at, **ends, "amount": 950_000} for i, at in enumerate(times)]
    frame = pl.DataFrame(rows, schema_overrides={"originator": pl.String})
    cash = frame.with_columns(currency=pl.lit("EUR"), channel=pl.lit("cash"))
    cash.write_parquet(tmp_path / "transactions.parquet")
    assert main(["detect", str(tmp_path), "--part", "evidence", "--format", "table", "--pattern", "structuring"]) == 0
    shown = [row for row in capsys.readouterr().out.splitlines() if "9,500" in row]
    assert [row.split()[1] for row in shown] == ["t\u240a0", "t\u240a1", "t\u240a2"]
    assert all("A\u240aB\u2409C\N{REPLACEMENT CHARACTER}D" in row for row in shown)


def test_csv_has_no_cell_a_spreadsheet_would_run(capsys: Any):
    frame = pl.DataFrame({"name": ["=1+1", "Ana", None], "ids": [["@a", "b"], [], ["c"]], "amount": [-5, 1, 2]})
    frame = frame.with_columns(kind=pl.Series(["+x", "y", "z"], dtype=pl.Categorical))
    show(frame, Output(format="csv"), empty="")
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[1:3] == [["'=1+1", "'@a; b", "-5", "'+x"], ["Ana", "", "1", "y"]]


@pytest.mark.parametrize("name", ["t1,t2", " t 3 "])
def test_a_claim_that_is_an_identifier_is_never_divided(tmp_path: Path, name: str, capsys: Any):
    source = evidence(tmp_path / "in", "t1", "t2", name)
    assert main(["trace", str(source), "--claim", name, "--part", "transactions"]) == 0
    assert [json.loads(row)["id"] for row in capsys.readouterr().out.splitlines()] == [name]
    out = tmp_path / "run"
    assert main(["run", str(source), "--claim", name, "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["trace", str(out), "--part", "transactions"]) == 0
    assert [json.loads(row)["id"] for row in capsys.readouterr().out.splitlines()] == [name]


@pytest.mark.parametrize("least", ["nan", "7", "-1", "inf"])
def test_a_strength_is_from_0_to_1(saved: str, least: str, capsys: Any):
    assert main(["detect", saved, f"--fail-on={least}"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    "change", ["[]", '"x"', {"notes": None}, {"notes": 3}, {"files": {}}, {"files": 5}, {"format": {}}]
)
def test_an_altered_manifest_of_a_ledger_is_one_sentence(tmp_path: Path, change: Any, capsys: Any):
    manifest = fm.sketch(TEXT).save(tmp_path / "ledger") / "ledger.json"
    new = change if isinstance(change, str) else json.dumps(json.loads(manifest.read_text()) | change)
    manifest.write_text(new)
    assert main(["check", str(tmp_path / "ledger")]) == 2
    assert "load the sources again" in capsys.readouterr().err


def test_a_copy_that_fails_leaves_nothing_half_written(ended: Path, saved: str, monkeypatch: pytest.MonkeyPatch):
    def full(_: Path, goal: Path) -> None:
        goal.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("followmoney.cli._publish.shutil.copy", full)
    assert main(["run", saved, "--out", str(ended), "--claim", "t1"]) == 2
    assert [p.name for p in ended.iterdir() if p.name.endswith(".part")] == []
