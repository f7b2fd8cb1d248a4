"""note, compare and redact at the command line; a run reads the journal, verify checks it, replay repeats it."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet

import followmoney as fm
from followmoney.cli import main
from followmoney.cli._latest import latest

__all__ = ["quiet"]

LEDGER = "account A holder=P IBAN ES\n" + "\n".join(
    f"2024-03-0{day} cash -> A 9,500.00 EUR cash #t{day}" for day in range(1, 6)
)
MORE = f'{LEDGER}\n2024-03-09 A -> B 20,000.00 EUR #t6 "to the secret purpose"'
WHO = ["--who", "A. Analyst", "--when", "2024-10-01", "--why", "Because."]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fm.sketch(LEDGER).save(tmp_path_factory.mktemp("before") / "ledger")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fm.sketch(MORE).save(tmp_path_factory.mktemp("after") / "ledger")


def noted(path: Path, *words: str) -> int:
    return main(["note", str(path), *words])


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    assert noted(path, "--kind", "exculpatory", "--about", "P", "--source", "file 1", *WHO) == 0
    assert noted(path, "--kind", "adopt", "--about", "fifo", *WHO) == 0
    assert noted(path, "--kind", "handling", "--about", "h2", *WHO) == 0
    return path


def told(capsys: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


def test_note_adds_shows_and_finds_what_was_cut_off(journal: Path, capsys: Any):
    capsys.readouterr()
    assert noted(journal) == 0
    shown = told(capsys)
    assert [(row["number"], row["kind"]) for row in shown] == [(1, "exculpatory"), (2, "adopt"), (3, "handling")]
    head = fm.Journal.read(journal).head
    assert shown[-1]["hash"] == head
    assert noted(journal, "--head", head) == 0
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:2]), encoding="utf-8")
    assert noted(journal) == 0
    assert noted(journal, "--head", head) == 4
    journal.write_text("".join(lines[1:]), encoding="utf-8")
    assert noted(journal) == 2
    capsys.readouterr()
    assert noted(journal, "--head", head) == 4
    assert "line 1 (entry 1) is not as it was written" in capsys.readouterr().err
    assert noted(journal, "--kind", "note", "--about", "x", "--source", "y", *WHO) == 2
    assert journal.read_text(encoding="utf-8") == "".join(lines[1:])


def test_note_refuses_what_says_too_little(tmp_path: Path, capsys: Any):
    path = tmp_path / "j"
    assert noted(path, "--kind", "note", "--about", "t1", *WHO) == 2
    assert "needs a source" in capsys.readouterr().err
    assert noted(path, *WHO) == 2
    assert "What kind of entry" in capsys.readouterr().err
    assert noted(path) == 2
    assert "Cannot read the journal" in capsys.readouterr().err
    assert not path.exists()


def test_a_run_takes_the_journal_and_verify_and_replay_check_it(
    journal: Path, ledger: Path, tmp_path: Path, capsys: Any
):
    out = tmp_path / "run"
    asked = ["run", str(ledger), "--out", str(out), "--claim", "t1"]
    assert main([*asked, "--journal", str(journal)]) == 0
    settings = (out / "settings.toml").read_text(encoding="utf-8")
    assert 'rule = "fifo"' in settings
    assert 'journal = "journal.jsonl"' in settings
    assert str(tmp_path) not in settings
    assert (out / "journal.jsonl").read_bytes() == journal.read_bytes()
    assert "Handling: H2" in (out / "report.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(out)]) == 0
    assert {"check": "journal", "agree": 3, "of": 3, "result": "agrees"}.items() <= next(
        row for row in told(capsys) if row["check"] == "journal"
    ).items()
    assert main(["replay", str(out)]) == 0
    kept = {name: (out / folder).name for name, folder in latest(out).items()}
    assert noted(journal, "--kind", "note", "--about", "t1", "--source", "file 2", *WHO) == 0
    assert main([*asked, "--journal", str(journal)]) == 0
    again = latest(out)
    assert {name for name in again if again[name] != kept[name]} == {"case", "report"}
    lines = (out / "journal.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "journal.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(out)]) == 4
    wrong = next(row for row in told(capsys) if row["check"] == "journal")
    assert "3 entries, and the report was made with 4: entry 4" in wrong["differs"][0]
    (out / "journal.jsonl").write_text(
        "".join([*lines[:2], lines[2].replace("H2", "H1"), *lines[3:]]), encoding="utf-8"
    )
    for command in ("verify", "replay"):
        capsys.readouterr()
        assert main([command, str(out)]) == 4
        wrong = next(row for row in told(capsys) if row["check"] == "journal")
        assert "line 3 (entry 3) is not as it was written" in wrong["differs"][0]


def test_a_rule_that_is_named_comes_before_the_one_adopted(journal: Path, ledger: Path, tmp_path: Path):
    out = tmp_path / "run"
    words = ["--claim", "t1", "--rule", "lifo", "--journal", str(journal)]
    assert main(["run", str(ledger), "--out", str(out), *words]) == 0
    assert 'rule = "lifo"' in (out / "settings.toml").read_text(encoding="utf-8")
    assert "this report follows lifo" in (out / "report.html").read_text(encoding="utf-8")


def test_the_money_of_an_excluded_finding_is_not_claimed(ledger: Path, tmp_path: Path, capsys: Any):
    found = fm.detect(fm.FlowGraph(fm.load(ledger))).of("structuring")
    path = tmp_path / "journal.jsonl"
    words = [word for name in found.frame["id"] for word in ("--about", name)]
    assert noted(path, "--kind", "exclude", *words, *WHO) == 0
    asked = ["report", str(ledger), "--claim-from", "structuring"]
    assert main([*asked, "--out", str(tmp_path / "with")]) == 0
    assert main([*asked, "--out", str(tmp_path / "without"), "--journal", str(path)]) == 0
    traced = [json.loads((tmp_path / n / "manifest.json").read_text())["run"]["trace"] for n in ("with", "without")]
    assert traced[0]["claim"]
    assert traced[1] is None
    capsys.readouterr()


def test_compare_says_what_changed_between_two_ledgers_and_since_a_day(before: Path, ledger: Path, capsys: Any):
    assert main(["compare", str(before), str(ledger), "--claim", "t1", "--part", "transactions"]) == 0
    assert [(row["id"], row["change"]) for row in told(capsys)] == [("t6", "new")]
    assert main(["compare", str(ledger), "--since", "2024-03-08", "--claim", "t1", "--part", "accounts"]) == 0
    rows = {row["account"]: (row["change"], row["debited_before"], row["debited_after"]) for row in told(capsys)}
    assert rows == {"A": ("changed", 0, 2_000_000), "B": ("new", None, 0)}
    assert main(["compare", str(ledger), "--since", "2024-03-08", "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert "EUR 20,000.00" in shown
    assert "EUR 0.06" not in shown  # counts are no money
    assert main(["compare", str(ledger)]) == 2
    assert main(["compare", str(ledger), "--since", "soon"]) == 2


def test_redact_writes_a_private_copy_that_loads_and_keeps_the_key_apart(
    journal: Path, ledger: Path, tmp_path: Path, capsys: Any
):
    salt, out, key = tmp_path / "salt", tmp_path / "copy", tmp_path / "key.csv"
    salt.write_bytes(bytes(range(32)))
    words = ["--salt-file", str(salt), "--out", str(out)]
    assert main(["redact", str(ledger), *words, "--key", str(key), "--journal", str(journal)]) == 0
    assert {p.name for p in out.iterdir()} == {"ledger", "register.csv", "redacted.json"}
    assert {stat.S_IMODE(p.stat().st_mode) for p in [*out.rglob("*.*"), key]} == {0o600}
    assert json.loads((out / "redacted.json").read_text())["handling"] == ["H2"]
    assert not [p for p in out.rglob("*") if p.is_file() and b"secret purpose" in p.read_bytes()]
    assert "account,A,account-" in key.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(out / "ledger")]) == 0
    assert main(["redact", str(ledger), *words]) == 2
    assert "is there already" in capsys.readouterr().err
    inside = tmp_path / "other" / "key.csv"
    assert main(["redact", str(ledger), *words[:2], "--out", str(inside.parent), "--key", str(inside)]) == 2
    assert "the key stays with you, outside" in capsys.readouterr().err
    salt.write_bytes(b"short")
    assert main(["redact", str(ledger), "--salt-file", str(salt), "--out", str(tmp_path / "other")]) == 2
    assert "at least 16 secret bytes" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()
