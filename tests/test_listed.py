"""Listed countries: dates decide, every row is cited, and the table adds up to the list of the last plenary."""

from __future__ import annotations

from datetime import date

import pytest

import followmoney as fm
from followmoney.cli import main
from followmoney.graph import FlowGraph
from followmoney.schema.listed import FATF, covered, listed


def grey(day: date) -> set[str]:
    return {x.place for x in listed(on=day) if x.list == "increased monitoring"}


def test_dates_decide_what_was_listed() -> None:
    assert "TR" in grey(date(2023, 6, 1))
    assert "TR" not in grey(date(2021, 10, 20))
    assert "TR" in grey(date(2021, 10, 21))  # the day of the plenary
    assert "TR" not in grey(date(2024, 6, 28))
    assert {x.list for x in listed("MM", on=date(2023, 1, 1))} == {"call for action"}
    assert {x.list for x in listed("MM", on=date(2022, 10, 20))} == {"increased monitoring"}


def test_the_changes_add_up_to_the_list_that_the_last_plenary_published() -> None:
    published = "AO BO BA BG CM CI CD HT IQ KE KW LA LB MC NP PG SS SY VE VN VG YE"  # FATF, 19 June 2026
    assert grey(covered()[1]) == set(published.split())
    assert {x.place for x in listed(on=covered()[1])} - grey(covered()[1]) == {"IR", "KP", "MM"}
    assert len(grey(date(2023, 7, 1))) == 26  # FATF, 23 June 2023


def test_every_row_is_cited() -> None:
    for x in listed():
        assert x.list in FATF
        assert x.source.startswith("https://")
        assert (x.until is None) == (not x.removal)
        assert x.until is None or x.since < x.until


def test_what_was_listed_before_the_table_begins_is_not_guessed() -> None:
    with pytest.raises(fm.errors.SettingsError, match="begins on 2020-02-21"):
        listed(on=date(2019, 1, 1))
    early = fm.sketch("account A ES\naccount B TR\n2019-01-01 A -> B 90,000.00\n2019-02-01 A -> B 90,000.00")
    findings = fm.detect(FlowGraph(early), "high_risk_corridor")
    assert not len(findings)
    assert "before 2020-02-21 was not examined" in " ".join(findings.notes)


def test_what_was_paid_after_the_last_plenary_is_said_to_be_beyond_the_table() -> None:
    last = covered()[1]
    lines = "account A ES\naccount B TR\n{}T23:00 A -> B 90,000.00"
    said = [
        fm.detect(FlowGraph(fm.sketch(lines.format(day))), "high_risk_corridor").notes for day in (last, "2029-01-01")
    ]
    assert not any("last plenary" in note for note in said[0])
    assert any(f"1 transaction after {last}, the last plenary" in note for note in said[1])


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "listed"]) == 0
    assert '"place": "TR", "list": "increased monitoring", "since": "2021-10-21"' in capsys.readouterr().out
