"""Error rates are counted as they are said to be, on the half that nothing was tuned on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import followmoney as fm
from benchmarks.generator.world.planted import KINDS
from benchmarks.quality.alerts import Alerts, found
from benchmarks.quality.card import markdown, ship
from benchmarks.quality.labelled import REPORT, TUNE, Labelled
from benchmarks.quality.measured import lines
from benchmarks.quality.rings import ari, recovered
from benchmarks.quality.rules import best, chance, degree, rules
from benchmarks.quality.score import Rate, cutoff, judged, score
from benchmarks.quality.sources import world
from benchmarks.quality.tuning import shipped, tuned
from followmoney.patterns import catalogue, error_rates
from followmoney.reports._rates import card

FANS = """
    2024-01-02 X -> Y 40.00
    2024-02-01 A -> G 1,900.00 #a1
    2024-02-02 B -> G 2,400.00 #a2
    2024-02-03 C -> G 1,250.00 #a3
    2024-02-04 D -> G 2,100.00 #a4
    2024-02-05 E -> G 1,700.00 #a5
    2024-02-20 F -> Y 55.00
    2024-04-01 I -> K 1,900.00 #b1
    2024-04-02 J -> K 2,400.00 #b2
    2024-04-03 L -> K 1,250.00 #b3
    2024-04-04 M -> K 2,100.00 #b4
    2024-04-05 N -> K 1,700.00 #b5
    2024-05-01 X -> Y 40.00 #n1
    2024-05-02 Y -> X 30.00 #n2
"""


def labelled(kinds: tuple[str, ...] = ("fan_in", "fan_in")) -> Labelled:
    graph = fm.FlowGraph(fm.sketch(FANS))
    names = graph.ledger.numbered["id"].gather(graph.columns.number).to_list()
    scheme = [{"a": 0, "b": 1}.get(n[0], -1) for n in names]
    return Labelled("two fans", "made here", graph, np.array(scheme), kinds, {})


def rows(data: Labelled, *names: str) -> np.ndarray:
    ids = data.graph.ledger.numbered["id"].gather(data.graph.columns.number).to_list()
    return np.array([ids.index(n) for n in names])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    return world(tmp_path_factory.mktemp("world"), 20_000, 2 * len(KINDS), 3)


def test_the_later_scheme_is_reported_on_and_the_earlier_tuned_on() -> None:
    data = labelled().halved("fan_in")
    assert (data.of("fan_in", TUNE), data.of("fan_in", REPORT)) == ([0], [1])
    assert data.halves(rows(data, "a1", "b1")).tolist() == [TUNE, REPORT]


def test_a_look_alike_is_no_scheme() -> None:
    data = labelled(("fan_in", "innocent_club_fees"))
    assert data.patterns() == ["fan_in"]
    assert judged(data, "fan_in", REPORT, rows(data, "b1", "b2")) == (False, frozenset())


def test_an_alert_covers_a_scheme_with_half_of_the_accounts_and_is_right_with_half_of_its_transactions() -> None:
    data = labelled().halved("fan_in")
    assert judged(data, "fan_in", REPORT, rows(data, "b1", "b2")) == (True, {1})  # 3 of 6 accounts
    assert judged(data, "fan_in", REPORT, rows(data, "b1", "n1")) == (True, frozenset())
    assert judged(data, "fan_in", REPORT, rows(data, "b1", "n1", "n2")) == (False, frozenset())
    assert judged(data, "cycle", REPORT, rows(data, "b1", "b2", "b3")) == (True, frozenset())


def test_rates_at_all_three_levels() -> None:
    data = labelled().halved("fan_in")
    alerts = Alerts([rows(data, "b1", "b2", "b3"), rows(data, "n1", "n2")], [0.9, 0.1])
    seen = score(data, "fan_in", REPORT, alerts)
    assert (seen.alerts, seen.schemes) == (2, 1)
    assert (seen.finding.precision, seen.finding.recall) == (0.5, 1.0)
    assert (seen.transaction.precision, seen.transaction.recall) == (3 / 5, 3 / 5)
    assert (seen.account.precision, seen.account.recall) == (4 / 6, 4 / 6)
    assert Rate(0.5, 1.0).f1 == pytest.approx(2 / 3)


def test_the_cut_off_is_where_f1_is_highest_and_never_parts_equals() -> None:
    data = labelled().halved("fan_in")
    scheme, noise = rows(data, "b1", "b2", "b3"), rows(data, "n1", "n2")
    assert cutoff(data, "fan_in", REPORT, Alerts([scheme, noise], [0.9, 0.1])) == (0.9, 1.0)
    assert cutoff(data, "fan_in", REPORT, Alerts([scheme, noise], [0.9, 0.9])) == (0.9, pytest.approx(2 / 3))


def test_findings_with_an_innocent_explanation_rank_last() -> None:
    sent_back = ["2024-03-04 A -> B 90,000.00", "2024-03-05 B -> A 90,000.00"]
    passed_on = ["2024-03-04 C -> D 20,000.00", "2024-03-05 D -> E 20,000.00"]
    later = ["2024-06-04 F -> G 20,000.00", "2024-06-05 G -> H 20,000.00"]
    graph = fm.FlowGraph(fm.sketch("\n".join([*sent_back, *passed_on, *later])))
    data = Labelled("", "", graph, np.array([-1, 0, -1, 0, 1, 1]), ("pass_through", "pass_through"), {})
    alerts = found(data.halved("pass_through"), catalogue()["pass_through"](), 10)[TUNE]
    assert [graph.amount[shown[0]] for shown in alerts.rows] == [2_000_000, 9_000_000]
    assert alerts.value[1] < 0 < alerts.value[0]


def test_the_best_rule_on_one_number_is_found_on_the_first_half() -> None:
    data = labelled().halved("fan_in")
    name, alerts = best(data, "fan_in", rules(data), (3, 3))
    assert name == "payers in 7 days"
    assert score(data, "fan_in", REPORT, alerts).finding == Rate(1.0, 1.0)
    assert best(data, "fan_in", [degree(data)], (3, 3))[1].rows
    assert len(chance(data, REPORT, 4, seed=1).rows) == 4


def test_tuning_takes_what_is_best_on_the_first_half_and_reports_the_second() -> None:
    data = labelled().halved("fan_in")
    usual = shipped(catalogue()["fan_in"], data)
    strict = replace(usual, payers=50)
    assert not found(data, strict, 5)[REPORT].rows
    now, alerts = tuned(catalogue()["fan_in"], data, (5, 5), draws=40)
    assert score(data, "fan_in", REPORT, alerts).finding.f1 == 1.0
    assert now.name == "fan_in"


def test_every_pattern_that_a_world_plants_is_measured_and_shipped(small: Labelled, tmp_path: Path) -> None:
    seen = list(lines(small, draws=0, only="structuring"))
    ways = ["as shipped", "unexplained", "one number", "counterparties", "chance"]
    named = [p for p in small.patterns() if p in catalogue() and "structuring" in p]
    assert [(line.pattern, line.way) for line in seen] == [(p, way) for p in named for way in ways]
    ship(tmp_path / "rates.json", [small], seen, 0)
    given = json.loads((tmp_path / "rates.json").read_text(encoding="utf-8"))
    assert len(given["rates"]) == len(seen)
    text = markdown([small], seen, [(small.name, "components", recovered(small, "components"))], 0)
    assert f"| structuring | {seen[0].score.schemes} |" in text
    assert "| components |" in text


def test_agreement_of_groupings_is_one_for_the_same_and_nothing_for_unrelated_ones() -> None:
    assert ari([(0, 5), (0, 5), (1, 7), (1, 7)]) == 1.0
    assert ari([(0, 0), (0, 1), (1, 0), (1, 1)]) == pytest.approx(-0.5)


def test_the_shipped_rates_are_of_patterns_there_are_and_add_up() -> None:
    rates = error_rates()
    assert {row["pattern"] for row in rates.rows} <= set(catalogue())
    assert {row["data"] for row in rates.rows} == set(rates.data)
    for row in rates.rows:
        for level in ("finding", "transaction", "account"):
            precision, recall, f1 = (row[f"{level}_{rate}"] for rate in ("precision", "recall", "f1"))
            assert (precision is None) == (row["alerts"] == 0)
            assert f1 == pytest.approx(Rate(precision or 0.0, recall).f1, abs=0.002)
    assert len(rates.frame) == len(rates.rows) > 0


def test_the_card_says_that_it_was_not_measured_on_this_case() -> None:
    blocks = card(["structuring", "nothing_like_it"])
    assert "not on this case" in blocks[1].text
    assert blocks[-1].text.endswith("nothing like it.")
    assert card([]) == []


def test_the_command_prints_the_rates_and_where_they_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    from followmoney.cli import main

    assert main(["patterns", "--error-rates", "--format", "table"]) == 0
    said = capsys.readouterr().out
    assert "not on this case" in said
    assert "structuring" in said
    assert all(name in said for name in error_rates().data)
