"""The command line: every command explains itself, every mistake is one sentence with its exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import followmoney as fm
from followmoney.cli import _app, main
from followmoney.cli._app import COMMANDS, build
from followmoney.cli._topics import TOPICS

LEDGER = """
party P1 person "Ana Example" ES
account A holder=P1 IBAN ES
2024-03-04T10:00 cash -> A 9,500.00 EUR #t1
2024-03-05T10:00 cash -> A 9,600.00 EUR #t2
2024-03-06T10:00 cash -> A 9,700.00 EUR #t3
2024-03-07T10:00 A -> B 28,000.00 EUR #t4 "to [red]the[/red] \x1b[31mmoon"
"""


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small ledger on disk."""
    return str(fm.sketch(LEDGER).save(tmp_path_factory.mktemp("cli") / "ledger"))


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOLLOWMONEY_CONFIG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_flag_is_explained(name: str, capsys: pytest.CaptureFixture[str]):
    assert main([name, "--help"]) == 0
    assert COMMANDS[name].split()[0] in capsys.readouterr().out
    arguments = build()[name].assemble_argument_collection(parse_docstring=True)
    assert [a.name for a in arguments if a.parse and not a.children and not a.parameter.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_own_sentence_is_the_one_in_the_list(name: str):
    from importlib import import_module

    function = getattr(import_module(f"followmoney.cli.{name}"), name)
    assert function.__doc__.splitlines()[0].split()[0] == COMMANDS[name].split()[0] or name == "demo"


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "followmoney", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == fm.__version__


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["detct", "x"], 'Did you mean "detect"?'),
        (["trace", "{}", "--rul", "fifo"], "Did you mean --rule?"),
        (["trace", "{}", "--rule", "fifoo"], 'Did you mean "fifo"?'),
        (["trace", "{}"], "--claim"),
        (["trace", "{}", "--claim", "t9"], "Did you mean"),
        (["trace", "{}", "--claim", "t1", "--until", "soon"], "not a day"),
        (["check"], "PATH"),
        (["check", "nowhere"], "nowhere"),
        (["check", "{}", "--config", "nowhere.toml"], "nowhere.toml"),
        (["check", "{}", "--max-refused", "2"], "share from 0 to 1"),
        (["detect", "{}", "--pattern", "structurin"], 'Did you mean "structuring"?'),
        (["explain", "structurin"], "Did you mean 'structuring'?"),
        (["explain", "nowhere", "abc"], "not the folder of a run"),
        (["schema", "transaction"], "Did you mean 'transactions'?"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_code_2(
    call: list[str], says: str, saved: str, capsys: pytest.CaptureFixture[str]
):
    assert main([word.format(saved) for word in call]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.startswith("followmoney: ")
    assert err.count("\n") == 1


def test_a_misspelt_key_names_the_file_and_the_nearest_key(tmp_path: Path, saved: str, capsys: Any):
    config = tmp_path / "case.toml"
    config.write_text("[load]\nmax_refsed = 0.5\n")
    assert main(["check", saved, "--config", str(config)]) == 2
    assert f'{config}: unknown setting "load.max_refsed". Did you mean "load.max_refused"?' in capsys.readouterr().err


def test_flag_before_environment_before_file(tmp_path: Path, saved: str, capsys: Any, monkeypatch: pytest.MonkeyPatch):
    config = tmp_path / "case.toml"
    config.write_text("[trace]\nclaim = ['t1']\nuntil = 'x'\n")
    assert main(["trace", saved, "--config", str(config)]) == 2
    monkeypatch.setenv("FOLLOWMONEY_TRACE_UNTIL", "y")
    assert main(["trace", saved, "--config", str(config)]) == 2
    assert main(["trace", saved, "--config", str(config), "--until", "z"]) == 2
    given = [line.split("'")[1] for line in capsys.readouterr().err.splitlines()]
    assert given == ["x", "y", "z"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe garbage", b"a,b\n1,2\n", b"<xml", b"PAR1 not parquet PAR1", b"{"]
)
@pytest.mark.parametrize("name", ["x.csv", "x.parquet", "x.xml", "x.xlsx", "x.940", "x.json", "x.unknown"])
def test_no_file_however_broken_shows_a_traceback(tmp_path: Path, name: str, content: bytes, capsys: Any):
    (tmp_path / name).write_bytes(content)
    code = main(["check", str(tmp_path / name)])
    err = capsys.readouterr().err
    assert code in {0, 2, 3}, err
    assert "Traceback" not in err
    assert "internal error" not in err


def test_more_refused_rows_than_allowed_is_exit_code_3_and_they_are_kept(tmp_path: Path, capsys: Any):
    import polars as pl

    rows = {
        "id": ["t1", "t2"],
        "booked_at": ["2024-03-04T10:00:00"] * 2,
        "originator": ["A"] * 2,
        "beneficiary": ["B"] * 2,
    }
    frame = pl.DataFrame(rows | {"amount": [100, -5], "currency": ["EUR"] * 2})
    folder = tmp_path / "in"
    folder.mkdir()
    frame.write_parquet(folder / "transactions.parquet")
    assert main(["check", str(folder), "--out", str(tmp_path / "out")]) == 3
    assert "1 of 2 rows were refused (50.00%" in capsys.readouterr().err
    kept = pl.read_parquet(tmp_path / "out" / "refused.parquet")
    assert kept["row"].to_list() == [2]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["refused.parquet"]
    assert main(["check", str(folder), "--max-refused", "0.5"]) == 0


def test_findings_are_an_exit_code_only_when_asked(saved: str):
    assert main(["detect", saved]) == 0
    assert main(["detect", saved, "--fail-on", "0"]) == 1
    assert main(["detect", saved, "--fail-on", "1.1"]) == 2


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (fm.errors.ReconcileError("Totals differ."), 4, "Totals differ."),
        (RuntimeError("odd"), 70, "internal error (RuntimeError: odd); please report it"),
        (MemoryError(), 2, "not enough memory"),
        (PermissionError(13, "Permission denied", "secret.csv"), 2, "secret.csv: Permission denied."),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(
    error: BaseException, code: int, says: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
):
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(_app, "_call", fail)
    assert main(["patterns"]) == code
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err


def test_a_traceback_is_shown_when_asked(monkeypatch: pytest.MonkeyPatch):
    def fail(_: object) -> int:
        raise RuntimeError("odd")

    monkeypatch.setattr(_app, "_call", fail)
    with pytest.raises(RuntimeError, match="odd"):
        main(["patterns", "--traceback"])


def test_every_pattern_rule_and_method_can_be_explained(capsys: Any):
    from followmoney.cli._explained import catalogues

    for items in catalogues().values():
        for name in items:
            assert main(["explain", name]) == 0
            said = json.loads(capsys.readouterr().out)
            assert said["name"] == name
            assert said["text"]


def test_the_explained_settings_are_a_settings_file(tmp_path: Path, saved: str, capsys: Any):
    assert main(["explain", "settings"]) == 0
    config = tmp_path / "case.toml"
    config.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["check", saved, "--config", str(config)]) == 0


@pytest.mark.parametrize("name", TOPICS)
def test_what_a_trace_can_be_asked_is_explained_with_commands_that_exist(name: str, capsys: Any):
    assert main(["explain", name]) == 0
    said, _, ask = capsys.readouterr().out.rpartition("\n\nAsk: ")
    assert len(said.split()) > 50
    assert "Args:" not in said
    for command, flags in re.findall(r"followmoney (\w+) PATH((?: --\w+(?: [A-Z]+)?)*)", ask):
        assert main([command, "--help"]) == 0
        assert set(re.findall(r"--\w+", flags)) <= set(re.findall(r"--\w+", capsys.readouterr().out))


def test_our_template_of_a_statement_can_be_had_to_begin_with(tmp_path: Path, capsys: Any):
    own = tmp_path / "own.docx"
    assert main(["explain", "statement", "--out", str(own)]) == 0
    assert own.read_bytes()[:2] == b"PK"
    assert main(["explain", "statement", "--out", str(own)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["explain", "bounds", "--out", str(tmp_path / "x")]) == 2
