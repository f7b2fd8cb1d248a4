"""The sections of a casework report say what the ledger, the case and the trace say, and what they lack."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from drawn_cases import HARBOUR, harbour

import followmoney as fm
from followmoney.case._measures import table as measures
from followmoney.case.clocks import clocks
from followmoney.reports import _alternatives, _gaps, _left, _mandate, _manifest, _subjects, _unused, _valued
from followmoney.reports._blocks import Form, Points, Section, Table, Text
from followmoney.reports._declaration import exhibits
from followmoney.reports._measured import measured
from followmoney.reports._money import plain
from followmoney.reports._pack import Pack
from followmoney.reports._schedules import places, schedule_a
from followmoney.reports._sensitive import sensitive

SECTIONS = {
    "1 mandate, question, period, data": "mandate", "2 financial profile per subject": "subjects",
    "3 chronology": "chronology", "4 flow and link chart": "flow", "4 link chart": "networks",
    "5 schedule of tainted transactions": "schedule-a", "5 running balances": "schedule-b", "6 assets now": "freeze",
    "6 owners, third parties, urgency": "recoverable", "6 third parties": "thirds",
    "7 benefit and available amount": "value", "8 method": "method", "9 every rule and bounds": "tracing",
    "10 alternatives": "alternatives", "11 gaps, breaks, assertions": "unknown", "12 exhibits": "exhibits",
    "13 unused material": "unused", "14 how to repeat it": "check", "15 declaration": "declaration",
}  # fmt: skip
GAPS = """
party P1 company "Azur" ES
account A holder=P1 IBAN ES
balance A 2024-01-01 10.00 EUR opening
balance A 2024-01-09 500.00 EUR closing
2024-01-02 cash -> A 100.00 EUR cash
"""


@pytest.fixture(scope="module")
def case() -> fm.Case:
    graph = fm.FlowGraph(fm.sketch(HARBOUR))
    return fm.Case("HARBOUR", fm.detect(graph, ["structuring"]), None, harbour().trace)


def tables(section: Section) -> list[list[tuple[str, ...]]]:
    return [[tuple(c.text for c in r.cells) for r in b.rows] for b in section.blocks if isinstance(b, Table)]


def test_a_report_has_the_fifteen_sections(case: fm.Case, tmp_path: Path) -> None:
    sections = Pack(case, _manifest.run(case, "")).sections(tmp_path)
    assert set(SECTIONS.values()) <= {section.anchor for section in sections}
    assert len({section.anchor for section in sections}) == len(sections)
    assert all(section.blocks for section in sections)
    assert any(isinstance(block, Form) for block in sections[-1].blocks)


def test_the_data_received_add_up(case: fm.Case) -> None:
    answers, received = tables(_mandate.mandate(case))
    assert dict(answers)["Period"].startswith("2024-03-04 to 2024-04-01")
    assert case.ledger is not None
    assert [row[2:] for row in received] == [
        (f"{s['rows']}", f"{s['taken']}", f"{s['refused']}") for s in case.ledger.sources.iter_rows(named=True)
    ]


def test_what_is_not_relied_on_is_all_that_is_left(case: fm.Case) -> None:
    (rows,) = tables(_unused.unused(case))
    assert case.trace is not None
    assert case.findings is not None
    used = {*case.trace.transactions()["id"], *case.findings.evidence["transaction"]}
    _, _, taken, claim, _, neither = rows[-1]
    assert (int(taken), int(claim)) == (17, len(case.trace.transactions()))
    assert int(neither) == 17 - len(used)


def test_exhibits_name_every_input_and_output_by_its_hash(case: fm.Case) -> None:
    (rows,) = tables(exhibits(case, {"b.csv": "2" * 64, "a.csv": "1" * 64}))
    assert case.ledger is not None
    assert [row[0] for row in rows] == ["E1", "R1", "R2"]
    assert [row[3] for row in rows] == [case.ledger.sources["sha256"][0], "1" * 64, "2" * 64]


def test_a_profile_says_what_went_in_and_out_of_each_account(case: fm.Case) -> None:
    section = _subjects.subjects(case)
    rows = {r[0]: r for t in tables(section) for r in t if len(r) == 6 and r[3] == "EUR"}
    assert rows["LV80BANK00003391"][4:] == ("36,000.00", "29,900.00")
    said = [r for t in tables(section) for r in t]
    assert any(r[0] == "has shareholding, 75 % in" and r[1] == "Costa Norte S.L." for r in said)
    assert any(r[0] == "has as director" and r[1] == "Jan de Vries" for r in said)


def test_schedule_a_has_the_claim_under_rival_rules(case: fm.Case) -> None:
    (rows,) = tables(schedule_a(case))
    for at, rule in ((8, "fifo"), (9, "lowest_balance")):
        rival = harbour(rule).trace
        assert rival is not None
        claims = dict(rival.transactions().select("id", "claim").iter_rows())
        assert [row[at] for row in rows[:-1]] == [plain(claims.get(row[0], 0), "EUR") for row in rows[:-1]]


def test_value_is_the_shortfall_of_the_case(case: fm.Case) -> None:
    shown = tables(_valued.valued(case))[0]
    short = case.shortfall().row(0, named=True)
    assert shown[0] == (
        "EUR",
        *(plain(short[c], "EUR") for c in ("claimed", "recoverable", "shortfall", "least", "most")),
    )


def test_exits_months_and_third_parties_are_those_of_the_case(case: fm.Case) -> None:
    exits, months = tables(_left.left(case, places(case)))
    assert [row[4] for row in exits] == [plain(e["claim"], e["currency"]) for e in case.exits().iter_rows(named=True)]
    assert len(months) == len(case.out_by_month())
    (bought,) = tables(_left.third_parties(case))
    assert bought[0][:2] == ("villa", "Costa Norte S.L.")


def test_every_measure_and_clock_has_a_number_and_a_source(case: fm.Case) -> None:
    shown, meant = (b for b in measured(case) if isinstance(b, Table))
    numbers = {row.cells[0].text: row.cells[2].text for row in meant.rows}
    assert len(numbers) == len(measures()) + len(clocks())
    assert all(source.startswith("https://") for source in numbers.values())
    cited = {n for row in shown.rows for cell in row.cells[2:] for n in cell.text.split(", ") if n[1:].isdigit()}
    assert cited
    assert cited <= set(numbers)


def test_every_finding_is_counted_with_what_speaks_against_it() -> None:
    ledger = fm.load(Path(__file__).parents[1] / "sample_data" / "harbour")
    case = fm.Case("x", fm.detect(fm.FlowGraph(ledger), ["structuring", "fan_in", "pass_through"]))
    assert case.findings is not None
    frame = case.findings.frame
    (rows,) = tables(_alternatives.alternatives(case))
    fits = frame["counter"].explode(empty_as_null=False).drop_nulls()
    untested = frame["unchecked"].explode(empty_as_null=False).drop_nulls()
    assert sum(int(row[3]) for row in rows) == len(fits) + len(untested)
    clear = frame.filter(pl.col("counter").list.len() == 0)
    said = [b.text for b in _alternatives.alternatives(case).blocks if isinstance(b, Text)]
    assert f"for {len(clear)} none was found to fit." in said[1]


def test_each_figure_has_its_least_and_most(case: fm.Case) -> None:
    assert case.trace is not None
    (shown,) = (b for b in sensitive(case.trace) if isinstance(b, Table))
    assert [row.cells[2].text for row in shown.rows] == [
        plain(s["claim"], s["currency"]) for s in case.trace.sensitivity().iter_rows(named=True)
    ]


def test_a_break_between_balances_is_shown_with_what_is_missing() -> None:
    ledger = fm.sketch(GAPS)
    (rows,) = (b.rows for b in _gaps.gaps(ledger) if isinstance(b, Table))
    assert [c.text for c in rows[0].cells] == ["A", "EUR", "2024-01-09", "390.00", "390.00"]
    assert "in 1." in " ".join(_gaps.sentences(ledger))


def test_parts_that_are_missing_are_said_to_be() -> None:
    bare = fm.Case("x")
    sections = [_mandate.mandate(bare), _unused.unused(bare), _valued.valued(bare), _subjects.subjects(bare)]
    sections += [_left.left(bare, set()), _left.third_parties(bare), _alternatives.alternatives(bare)]
    for section in sections:
        said = [b.text for b in section.blocks if isinstance(b, Text)]
        assert said, section.title
        assert not [b for b in section.blocks if isinstance(b, Points) and not b.sentences]
