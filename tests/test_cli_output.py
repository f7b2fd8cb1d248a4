"""Output: a table for people, machine formats in a pipe, and not a byte more."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import polars as pl
import pytest
from test_cli import quiet, saved

import followmoney as fm
from followmoney.cli import _terminal, main
from followmoney.cli._found import looked_for, shown
from followmoney.cli._output import Output, aside, show
from followmoney.errors import SettingsError

__all__ = ["quiet", "saved"]

FRAME = pl.DataFrame(
    {
        "name": ["Ana [red]", "B\x1b[31mx"],
        "amount": [1234550, -5],
        "currency": ["EUR", "JPY"],
        "ids": [["t1", "t2"], []],
    }
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_terminal, "on_terminal", lambda **which: not which)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")


def test_piped_output_is_json_lines_with_minor_units(capsys: Any):
    show(FRAME, Output(), empty="")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == {"name": "Ana [red]", "amount": 1234550, "currency": "EUR", "ids": ["t1", "t2"]}


def test_csv_and_parquet_carry_minor_units_too(capsys: Any, monkeypatch: pytest.MonkeyPatch):
    show(FRAME, Output(format="csv"), empty="")
    assert capsys.readouterr().out.splitlines()[1] == "Ana [red],1234550,EUR,t1; t2"
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out))
    show(FRAME, Output(format="parquet"), empty="")
    assert pl.read_parquet(io.BytesIO(out.getvalue())).equals(FRAME)


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_a_table_with_money_as_people_write_it(capsys: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    show(FRAME, Output(), empty="")
    lines = capsys.readouterr().out.splitlines()
    assert "EUR 12,345.50" in lines[2]
    assert lines[3].index("JPY -5") + len("JPY -5") == lines[2].index("EUR 12,345.50") + len("EUR 12,345.50")


@pytest.mark.usefixtures("terminal")
def test_no_color_means_not_one_escape_sequence(capsys: Any, monkeypatch: pytest.MonkeyPatch, saved: str):
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["--help"]) == 0
    assert main(["check", saved]) == 0
    assert main(["patterns"]) == 0
    out = capsys.readouterr().out
    assert len(out) > 500
    assert "\x1b" not in out


@pytest.mark.usefixtures("terminal")
def test_text_from_a_source_is_neither_markup_nor_an_escape_sequence(capsys: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    show(FRAME, Output(), empty="")
    out = capsys.readouterr().out
    assert "Ana [red]" in out
    assert "\x1b" not in out


@pytest.mark.usefixtures("terminal")
def test_parquet_is_never_written_to_a_terminal():
    with pytest.raises(SettingsError, match="redirect"):
        show(FRAME, Output(format="parquet"), empty="")


@pytest.mark.usefixtures("terminal")
def test_an_empty_table_is_a_sentence(capsys: Any):
    show(FRAME.clear(), Output(), empty="Nothing.")
    assert capsys.readouterr().out == "Nothing.\n"


def test_a_wide_table_in_a_pipe_is_not_cut(capsys: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    wide = pl.DataFrame({f"column_{i}": ["x" * 40] for i in range(10)})
    show(wide, Output(format="table"), empty="")
    assert "x" * 40 + "   " + "x" * 40 in capsys.readouterr().out


@pytest.mark.parametrize("call", [["check"], ["detect"], ["cluster"], ["owners"], ["trace", "--claim", "t1"]])
def test_a_pipe_gets_json_lines_on_stdout_and_nothing_but_notes_and_the_sum_of_a_trace_on_stderr(
    call: list[str], saved: str, capfd: Any
):
    assert main([call[0], saved, *call[1:]]) == 0
    out, err = capfd.readouterr()
    said = [line.partition(":")[0] for line in err.splitlines()]
    assert [word for word in said if word != "Note"] == ["Reconciles"] * (call[0] == "trace")
    assert ("Note" in said) == (call[0] in ("detect", "cluster"))  # what was not examined
    assert [type(json.loads(line)) for line in out.splitlines()] == [dict] * len(out.splitlines())


def test_a_reader_that_has_seen_enough_is_no_error(saved: str):
    shown = f"{sys.executable} -m followmoney check {saved} --format csv | head -n 0; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
    assert done.stderr == ""


@pytest.mark.parametrize("kind", ["table", "jsonl", "csv"])
def test_every_format_gives_the_same_rows(kind: str, saved: str, capsys: Any):
    assert main(["trace", saved, "--claim", "t1,t2", "--part", "transactions", "--format", kind]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("t1", "t2"))


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_a_figure_is_never_cut_however_narrow_the_terminal(width: int, capsys: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(width))
    wide = {f"claim_{i}": [123456789012 + i] for i in range(5)}
    show(pl.DataFrame({"currency": ["EUR"], "name": ["Ana " * 9]} | wide), Output(), empty="")
    out = capsys.readouterr().out
    assert [i for i in range(5) if f"EUR 1,234,567,890.{12 + i}" not in out] == []


def test_the_cash_limits_are_listed_with_their_laws(capsys: Any):
    assert main(["patterns", "--limits", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (american,) = [r for r in rows if (r["place"], r["instrument"]) == ("US", "deposit")]
    assert (american["limit"], american["applies"], american["source"]) == (
        "USD 10,000",
        "above this amount",
        "31 CFR 1010.311",
    )


@pytest.mark.usefixtures("terminal")
def test_what_an_innocent_explanation_fits_stands_apart_and_what_was_not_found_is_said(capsys: Any):
    shop = [f"2024-{1 + day // 28:02}-{1 + day % 28:02} cash -> SHOP 9,500.00" for day in range(0, 150, 2)]
    alone = ["2024-03-04 cash -> B 9,500.00", "2024-03-05 cash -> B 9,800.00", "2024-03-08 cash -> B 9,900.00"]
    graph = fm.FlowGraph(fm.sketch("\n".join([*shop, *alone])))
    found = fm.detect(graph, ["structuring", "cycle", "nominee"])
    shown(found, Output())
    aside(looked_for(found), Output())
    first, _, second = capsys.readouterr().out.partition("1 finding that an innocent explanation fits")
    assert "into B" in first
    assert "into SHOP" in second
    assert "1 pattern looked for and not found: cycle; 1 not examined: see the notes." in second
