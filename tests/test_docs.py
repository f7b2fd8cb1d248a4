"""The README is a contract: its commands exist, its examples run, its tables are the program's own."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(<!-- commands[^>]*-->\n)(.*?)(<!-- /commands -->)", re.DOTALL)
GLOSSARY = """
transaction; originator, beneficiary; account; party; holder; beneficial owner; interest, share; ledger; refused;
flow graph; fold; pattern; finding; evidence, role; strength; community, network; claim; trace, tracing rule; taint;
bounds; asset; measure; case; custody
"""
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def first_commands() -> list[str]:
    return [code.strip() for language, code in BLOCKS if language == "bash"][:2]


def test_the_first_screen_has_two_commands_for_a_bare_machine() -> None:
    commands = first_commands()
    assert all(c.startswith("python3 -m venv .venv && .venv/bin/pip install") and "\n" not in c for c in commands)
    assert commands[0].endswith("/followmoney demo")
    assert commands[1].endswith("/pytest")
    assert TEXT.index(commands[1]) < TEXT.index("\n## ")


def test_both_commands_are_run_word_for_word_before_a_change_lands() -> None:
    script = [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
    assert set(first_commands()) <= set(script)


def test_every_extra_that_is_named_exists() -> None:
    named = set(re.findall(r"(?:followmoney|\.)\[(\w+)\]", TEXT))
    assert named <= set(PROJECT["optional-dependencies"])


def test_the_python_session_runs(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "sample_data").mkdir()
    (tmp_path / "sample_data" / "harbour").symlink_to(sample, target_is_directory=True)
    session = "\n".join(code for language, code in BLOCKS if language == "python")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", session], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert list((tmp_path / "harbour").iterdir())


def test_the_table_of_commands_is_the_programs_own(update: bool) -> None:
    from followmoney.cli._app import COMMANDS

    rows = [f"| `{name}` | {sentence} |" for name, sentence in COMMANDS.items()]
    table = "\n".join(["| command | what it does |", "|---|---|", *rows, ""])
    if update:
        README.write_text(TABLE.sub(lambda m: m[1] + table + m[3], TEXT), encoding="utf-8")
    found = TABLE.search(README.read_text(encoding="utf-8"))
    assert found is not None
    assert found[2] == table, "run: pytest tests/test_docs.py --update"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    from followmoney.cli import main
    from followmoney.cli._app import COMMANDS

    assert main(["--help"]) == 0
    shown = set(re.findall(r"[\w-]+", capsys.readouterr().out))
    assert set(COMMANDS) <= shown


def test_the_command_lines_shown_name_commands_and_flags_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    from followmoney.cli import main

    shown = [line for language, code in BLOCKS if language == "console" for line in code.splitlines()]
    assert shown
    for line in shown:
        command, *words = line.partition("#")[0].removeprefix("$ followmoney ").split()
        assert main([command, "--help"]) == 0
        assert {w for w in words if w.startswith("--")} <= set(re.findall(r"--[\w.-]+", capsys.readouterr().out))


def test_the_glossary_has_every_word() -> None:
    rows = set(re.findall(r"^\| ([^|]+?) \|", TEXT.partition("## Words")[2].partition("\n## ")[0], re.MULTILINE))
    assert {word.strip() for word in GLOSSARY.split(";")} <= rows


def test_every_room_stands_in_the_architecture() -> None:
    text = TEXT.partition("## How it is built")[2].partition("\n## ")[0]
    package = ROOT / "followmoney"
    rooms = {p.name for p in package.iterdir() if (p / "__init__.py").exists() and not p.name.startswith("_")}
    assert {room for room in rooms if f"`{room}/`" not in text} == set()


def test_the_files_it_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_licence_and_version_are_said_once_and_agree() -> None:
    from followmoney import __version__

    assert PROJECT["license"] == "GPL-3.0-or-later"
    assert "(GPL-3.0-or-later)" in TEXT
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changes or f"## [{__version__}]" in changes
