"""A run: stopped at any moment and started again, it ends with the same bytes as one that was never stopped."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from test_cli import quiet, saved

from followmoney.cli import main
from followmoney.cli._latest import latest
from followmoney.errors import SettingsError

__all__ = ["quiet", "saved"]

CALL = """
import os, signal, sys
from followmoney.cli import main
out, last = sys.argv[1], int(sys.argv[2])
seen = 0
def hook(event, args):
    global seen
    if event in {"open", "os.mkdir", "os.rename", "os.remove"} and out in str(args[0]):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
sys.exit(main(sys.argv[3:]))
"""
STAGES = ["check", "detect", "cluster", "trace", "case", "report"]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def call(saved: str, out: Path) -> list[str]:
    return ["run", saved, "--out", str(out), "--claim", "t1,t2"]


def test_killed_again_and_again_it_ends_with_the_same_bytes(tmp_path: Path, saved: str):
    assert main(call(saved, tmp_path / "calm")) == 0
    dice, out, killed = random.Random(7), tmp_path / "killed", 0  # noqa: S311 - dice, not secrets
    for _ in range(3):
        last = dice.randint(5, 90)
        shell = [sys.executable, "-c", CALL, str(out), str(last), *call(saved, out)]
        code = subprocess.run(shell, capture_output=True, check=False).returncode
        assert code in {0, -9}
        killed += code == -9
        if code == 0:
            break
    assert killed >= 2
    assert main(call(saved, out)) == 0
    assert tree(out) == tree(tmp_path / "calm")


def test_a_second_run_does_nothing_again(tmp_path: Path, saved: str, capsys: Any):
    assert main(call(saved, tmp_path)) == 0
    assert main(call(saved, tmp_path)) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["stage"], r["state"]) for r in rows] == [(s, "done") for s in STAGES] + [(s, "kept") for s in STAGES]
    assert Path(rows[-1]["report"]).is_file()
    assert Path(rows[-1]["report"]).parent == tmp_path


def test_another_setting_repeats_only_the_stages_it_concerns(tmp_path: Path, saved: str, capsys: Any):
    assert main(call(saved, tmp_path)) == 0
    capsys.readouterr()
    assert main([*call(saved, tmp_path), "--rule", "fifo"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["stage"] for r in rows if r["state"] == "done"] == ["trace", "case", "report"]


def test_without_a_claim_there_is_no_trace_but_a_report(tmp_path: Path, saved: str, capsys: Any):
    assert main(["run", saved, "--out", str(tmp_path)]) == 0
    rows = {r["stage"]: r for r in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["trace"]["state"] == "skipped"
    assert "--claim-from" in rows["trace"]["result"]
    assert Path(rows["report"]["report"]).is_file()


def test_a_claim_can_come_from_a_pattern_and_the_choice_is_recorded(tmp_path: Path, saved: str):
    assert main(["run", saved, "--out", str(tmp_path), "--claim-from", "structuring"]) == 0
    facts = json.loads((tmp_path / latest(tmp_path)["trace"] / "stage.json").read_text())["facts"]
    assert facts["claim"] == ["t1", "t2", "t3"]
    assert "the analyst's choice" in facts["choice"]


def test_an_ended_run_can_be_asked_further(tmp_path: Path, saved: str, capsys: Any):
    assert main(call(saved, tmp_path)) == 0
    finding = pl.read_parquet(tmp_path / latest(tmp_path)["detect"] / "frame.parquet")["id"][0]
    capsys.readouterr()
    assert main(["explain", str(tmp_path), finding]) == 0
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told["id"] == finding
    assert told["waterfall"][-1]["strength"] == pytest.approx(told["strength"], abs=1e-5)
    assert {"explanation", "counter"} < set(told)
    assert told["parameters"]["days"] > 0
    assert told["evidence"][0]["transaction"] == "t1"
    assert main(["explain", str(tmp_path), finding, "--format", "table"]) == 0
    assert "EUR 9,500.00" in capsys.readouterr().out
    assert main(["explain", str(tmp_path), "zzz"]) == 2
    assert main(["explain", str(tmp_path)]) == 2
    assert main(["check", str(tmp_path)]) == 0


def test_results_are_never_written_among_the_sources(saved: str, capsys: Any):
    assert main(["run", saved, "--out", f"{saved}/run"]) == 2
    assert "lies inside" in capsys.readouterr().err
    assert not (Path(saved) / "run").exists()


def test_findings_can_be_an_exit_code_of_a_run(tmp_path: Path, saved: str):
    assert main([*call(saved, tmp_path), "--fail-on", "0"]) == 1
    assert main([*call(saved, tmp_path), "--fail-on", "1.1"]) == 2


def test_the_demo_goes_the_whole_way_and_says_where_the_report_is_and_what_to_try(tmp_path: Path, capsys: Any):
    out = tmp_path / "harbour-case"
    assert main(["demo", "--out", str(out), "--format", "table"]) == 0
    said = capsys.readouterr().out
    assert f"Report: {out / 'report.html'}" in said
    assert (out / "report.html").is_file()
    commands = [line.split()[1:] for line in said.splitlines() if line.startswith("  followmoney ")]
    assert len(commands) >= 3
    assert [main(command) for command in commands] == [0] * len(commands)
    capsys.readouterr()
    assert main(["demo", "--out", str(out)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["state"] for row in rows} == {"kept"}


def test_each_stage_is_printed_when_it_ends(tmp_path: Path, saved: str, capsys: Any, monkeypatch: pytest.MonkeyPatch):
    def fail(_: object, __: Path) -> dict[str, str]:
        raise SettingsError("no room")

    monkeypatch.setattr("followmoney.cli._pipeline.Pipeline._report", fail)
    for kind in ("jsonl", "table"):
        assert main([*call(saved, tmp_path / kind), "--format", kind]) == 2
        assert [
            re.findall(r"check|detect|cluster|trace|case", row)[0] for row in capsys.readouterr().out.splitlines()
        ] == (STAGES[:-1])


def test_one_is_said_as_one(tmp_path: Path, saved: str, capsys: Any):
    assert main([*call(saved, tmp_path), "--until", "2024-03-06"]) == 0
    said = {row["stage"]: row["result"] for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert said["cluster"] == "1 network"
    assert said["case"] == "1 account or asset holds claimed money"
    assert "(2 transactions)" in said["trace"]
