"""Pictures by country, over time and of a finding: they add up, lead to their rows, and say what they leave out."""

from __future__ import annotations

import re

import polars as pl
import pytest
from drawn_cases import any_trace, harbour

import followmoney as fm
from followmoney.reports import _countries_rows, anchors, over_time, picture, waterfall
from followmoney.reports._money import scales, sums
from followmoney.reports._over_time_lines import lines


@pytest.fixture(scope="module")
def case() -> fm.Case:
    return harbour()


@pytest.mark.parametrize("lines", [2, 4, 40])
@pytest.mark.parametrize("most", [0, 3, 40])
def test_countries_add_up_however_few_are_drawn(case: fm.Case, most: int, lines: int) -> None:
    found = _countries_rows.countries(case, scales([("EUR", 100, "GBP", 85)], "EUR"), most, lines)
    totals = dict(case.recoverable().totals.select("currency", "claim").iter_rows())
    assert {c: sum(its.claim for its in found if its.currency == c) for c in totals} == totals
    assert sum(len(its.places) + its.others for its in found) == len(case.recoverable().places)
    whole = _countries_rows.countries(case, scales([("EUR", 100, "GBP", 85)], "EUR"), 40, 40)
    assert sum(its.left for its in found) == sum(its.left for its in whole)


def test_least_and_most_stand_only_where_one_flow_gave_them(case: fm.Case) -> None:
    found = _countries_rows.countries(case, scales([("EUR", 100, "GBP", 85)], "EUR"), 40, 3)
    folded = [its for its in found if its.folded]
    assert {its.currency for its in folded} == {"EUR", "GBP"}
    assert all(its.least is its.most is None for its in folded)
    assert all(its.least is not None for its in found if its.claim and not its.folded)


def test_parts_of_countries_lead_to_their_ledgers(case: fm.Case) -> None:
    svg = picture("countries", case).svg
    assert all(f"#{anchors.account(a)}" in svg for a in case.trace.holders()["account"])


def test_what_left_a_country_counts_each_payment_once() -> None:
    """A payment into a wallet abroad is an exit twice, by its kind and by its border, and one payment."""
    text = """
account A IBAN ES
account W wallet FR
2024-01-02 cash -> A 100.00 EUR cash
2024-01-03 A -> W 60.00 EUR crypto"""
    made = fm.Case("C", trace=fm.trace(fm.FlowGraph(fm.sketch(text)), claim="t1"))
    found = {its.code: its.left for its in _countries_rows.countries(made, {"EUR": 0.01}, 40, 12)}
    assert len(made.exits()) == 2
    assert found["ES"] == 6000


def test_accounts_over_time_say_how_many_are_not_drawn() -> None:
    trace = any_trace(3, accounts=30, payments=120)
    few, every = over_time.drawing(trace, most=4), over_time.drawing(trace, most=99)
    held = dict(trace.holders().group_by("currency").agg(pl.col("claim").sum()).iter_rows())
    assert f"of {sums({str(c): a for c, a in held.items()})} held at the end in 4 of" in few.caption
    assert re.search(r"\d+ accounts with less", " ".join(few.omitted))
    assert not any("with less" in said for said in every.omitted)


def test_lines_over_time_end_with_what_is_held(case: fm.Case) -> None:
    found, number, held = lines(case.trace, 99)
    assert len(found) == number
    assert all(line.steps[-1][2] == line.held for line in found)
    assert {c: sum(line.held for line in found if line.currency == c) for c in held} == held


def test_what_speaks_against_a_finding_takes_nothing_off_its_strength(case: fm.Case) -> None:
    finding = fm.detect(case.trace.graph)[0]
    alone, spoken = waterfall.drawing(finding), waterfall.drawing(finding, against=["She sold her house."])
    assert f"strength {finding.strength:.2f}" in alone.caption
    assert f"strength {finding.strength:.2f}" in spoken.caption
    assert "She sold her house" in spoken.alt
    assert "She sold her house." in picture("waterfall", finding, against=["She sold her house."]).svg
    assert f"#{anchors.evidence(finding.id)}" in picture("waterfall", finding).svg


def test_thresholds_for_which_there_is_no_room_are_counted(case: fm.Case) -> None:
    finding = max(fm.detect(case.trace.graph), key=lambda f: len(f.waterfall()))
    drawn = waterfall.drawing(finding, most=0)
    assert "Drawn 0.00" in drawn.caption
    assert drawn.omitted
