"""A wrong call is one clear error that names what was given and what to give, never a raw one from inside."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

import followmoney as fm
from followmoney.engines import Local
from followmoney.errors import FollowmoneyError, OverflowLimitError, SettingsError
from followmoney.graph import FlowGraph
from followmoney.patterns import catalogue
from followmoney.patterns._threshold import MAJOR, MOST, MOST_OF
from followmoney.profiles import Gfp

LEDGER = fm.sketch("2024-03-04 A -> B 9,500.00\n2024-03-05 B -> A 9,000.00")
GRAPH = FlowGraph(LEDGER)


@pytest.mark.parametrize(
    ("pattern", "given", "said"),
    [
        ("structuring", {"days": 1e9}, "days = 1000000000.0 makes no sense; give 73,050 or less"),
        ("fan_in", {"history": 1e12}, "history = .* give 73,050 or less"),
        ("structuring", {"days": float("nan")}, "days = nan makes no sense; give a number"),
        ("structuring", {"days": "7"}, "days = '7' makes no sense; give a number"),
        ("structuring", {"deposits": 2.5}, "deposits = 2.5 makes no sense; give a whole number"),
        ("structuring", {"deposits": True}, "deposits = True makes no sense"),
        ("structuring", {"limits": {}}, r"limits = \{\} gives no amount"),
        ("structuring", {"limits": {"eur": 5}}, "'eur' is not a currency; .* Did you mean 'EUR'"),
        ("structuring", {"limits": {"EUR": 5.5}}, "give a whole number"),
        ("structuring", {"instrument": "cheque"}, "Unknown kind of cash limit 'cheque'"),
        ("structuring", {"country": 3}, "country = 3 is not text"),
        ("cycle", {"shortest": 9, "longest": 4}, "shortest = 9 is above longest = 4"),
        ("cycle", {"budget": 0}, "budget = 0 makes no sense; give 1 or more"),
        ("nominee", {"young": 80, "old": 21}, "young = 80 is above old = 21"),
        ("bipartite", {"payers": 60}, "payers = 60 is above most = 50"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_named(pattern: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=f"^{pattern}: .*{said}|^{pattern}: {said}"):
        catalogue()[pattern](**given)


@pytest.mark.parametrize("name", catalogue())
def test_at_the_ends_of_what_is_allowed_a_pattern_answers_or_says_why_not(name: str) -> None:
    cls = catalogue()[name]
    graph = FlowGraph(fm.sketch(cls.example))
    for field in dataclasses.fields(cls):
        low, unit = field.metadata["low"], field.metadata["unit"]
        high = min(field.metadata["high"], MOST.get(unit, MOST_OF))
        for value in ({"EUR": low}, {"EUR": high}) if unit == MAJOR else (low, high):
            if not isinstance(field.default, str):
                with suppress(FollowmoneyError):
                    fm.detect(graph, cls(**{field.name: value}))


def test_one_misread_amount_is_named_with_its_row() -> None:
    graph = FlowGraph(fm.sketch(f"2024-03-04 A -> B 10.00\n2024-03-05 C -> D {2**62 // 100}.00 #odd"))
    for pattern in ("structuring", "fan_in"):
        with pytest.raises(OverflowLimitError, match=r"'odd' \(sketch row 2\) alone moves EUR .* correct it"):
            fm.detect(graph, pattern)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: fm.detect(LEDGER), r"detect takes a flow graph: fm.FlowGraph\(ledger\); it was given a Ledger"),
        (lambda: fm.cluster(LEDGER), "cluster takes a flow graph"),
        (lambda: fm.features(LEDGER), "features takes a flow graph"),
        (lambda: fm.trace(LEDGER, ["t1"]), "trace takes a flow graph"),
        (lambda: FlowGraph(GRAPH), "FlowGraph takes a ledger"),
        (lambda: fm.load(LEDGER), "load takes a folder, a file"),
        (lambda: fm.load([3]), "load takes a folder, a file"),
        (lambda: fm.sketch(None), "sketch takes text, .*; it was given nothing"),
        (lambda: fm.detect(GRAPH, [3]), "detect takes names of patterns"),
        (lambda: fm.detect(GRAPH, catalogue()["cycle"]), r"the class Cycle itself; write Cycle\(\)"),
        (lambda: fm.detect(GRAPH, engine="spark"), "detect takes an engine"),
        (lambda: Local(slices=1.5), r"slices=1.5\): give 1 or more"),
        (lambda: fm.cluster(GRAPH, seed=None), "seed = None is not a whole number"),
        (lambda: fm.cluster(GRAPH, "components", seed="a"), "seed = 'a' is not a whole number"),
        (lambda: fm.cluster(GRAPH, seed=1.5), "seed = 1.5 is not a whole number"),
        (lambda: fm.cluster(GRAPH, None), "Unknown community method None"),
        (lambda: fm.cluster(GRAPH, findings=[]), r"takes findings: fm.detect\(graph\); it was given a list"),
        (lambda: fm.cluster(GRAPH, resolution="x"), "resolution = 'x' is not a number"),
        (lambda: fm.cluster(GRAPH, iterations=1.5), "iterations = 1.5 makes no sense"),
        (lambda: fm.cluster(GRAPH, "seeds", seeds=[None]), "seeds takes identifiers of accounts"),
        (lambda: fm.cluster(GRAPH, "seeds", seeds="Z"), "Unknown account 'Z'"),
        (lambda: fm.cluster(GRAPH).with_findings([]), "with_findings takes findings"),
        (lambda: fm.cluster(GRAPH).match([]), "match takes networks"),
        (lambda: fm.Findings.together([3]), "together takes findings"),
        (lambda: fm.Case("x", []), r"Case\(findings=...\) takes findings"),
        (lambda: fm.Case("x", networks=GRAPH), r"Case\(networks=...\) takes networks"),
        (lambda: fm.report(GRAPH, "nowhere"), "report takes a case"),
        (lambda: fm.features(GRAPH, of="x"), "Unknown row of features, `of`, 'x'"),
        (lambda: fm.features(GRAPH, 3), "Unknown profile 3"),
        (lambda: fm.features(GRAPH, Gfp(window=3)), "Gfp takes windows of time"),
        (lambda: GRAPH.fold(3), "Unknown fold 3"),
        (lambda: GRAPH.shard("payer", 0, 2), "Unknown role in a transaction 'payer'"),
        (lambda: GRAPH.shard("either", 2, 2), "there is no part 2 of 2"),
        (lambda: GRAPH.span(date(2024, 1, 1), date(2024, 2, 1)), "`between` takes days"),
        (lambda: GRAPH.only("x"), "only takes a slice"),
        (lambda: GRAPH.vertex(3), "vertex takes the identifier"),
    ],
)  # fmt: skip
def test_an_argument_of_another_kind_is_named(call: Callable[[], object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        call()
