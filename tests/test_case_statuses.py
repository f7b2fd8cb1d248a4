"""What can be frozen, where the status of holders is asserted: innocent holders marked, claims that end apart."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.reports._money import plain
from followmoney.tracing import Assertion
from followmoney.tracing.assertions import Kind

SKETCH = """
party P1 person "Ana Example" ES
party P2 company "Taller Sur" ES
party P3 company "Tax office" ES
account A holder=P1 IBAN ES
account S holder=P2 IBAN ES
account T holder=P3 IBAN ES
asset V1 vehicle "Car" holder=P1 40.00 EUR by=car
asset V2 vehicle "Boat" holder=P2 40.00 EUR by=boat
2024-01-01 ? -> A 100.00 #o
2024-01-02 ? -> A 100.00 #c
2024-01-03 A -> S 60.00 #paid "invoice"
2024-01-04 A -> T 30.00 #tax "income tax"
2024-01-05 A -> D 20.00 #car
2024-01-06 A -> D 10.00 #boat
"""
ROWS = re.compile(r"<tr.*?</tr>", re.DOTALL)


def asserted(kind: Kind, *about: str, on: bool = True) -> Assertion:
    return Assertion(kind, about, why="Invoice 7 of May.", who="A. Analyst", when=date(2024, 5, 1), on=on)


def case(*assertions: Assertion, rule: str | None = "pro_rata", question: str | None = None) -> fm.Case:
    graph = fm.FlowGraph(fm.sketch(SKETCH))
    return fm.Case("X", trace=fm.trace(graph, "c", rule, assertions=assertions, question=question))  # type: ignore[arg-type]


def page(its: fm.Case, folder: Path) -> str:
    return fm.report(its, folder / "r").read_text(encoding="utf-8")


def texts(cells: str) -> list[str]:
    return [t.strip() for t in re.split(r"<[^>]*>", cells) if t.strip()]


def test_without_assertions_nothing_is_hidden() -> None:
    its = case()
    assert set(its.assets()["id"]) == {"A", "S", "T", "V1", "V2"}
    assert its.assets()["status"].to_list() == [None] * 5
    assert len(its.ended()) == 0


def test_a_claim_that_ends_in_good_faith_is_apart_and_an_innocent_holder_is_marked(tmp_path: Path) -> None:
    its = case(asserted("good_faith", "P2"), asserted("innocent", "T"))
    assert dict(its.assets().select("id", "status").iter_rows()) == {"A": None, "T": "innocent", "V1": None}
    found = its.ended().select("kind", "id", "holder_name", "claim", "who", "when", "why").rows()
    by = ("A. Analyst", date(2024, 5, 1), "Invoice 7 of May.")
    assert found == [("account", "S", "Taller Sur", 3_000, *by), ("asset", "V2", "Taller Sur", 500, *by)]
    text = page(its, tmp_path)
    assert "asserted innocent volunteer" in text
    assert "Claim ends here: paid in good faith, EUR 35.00" in text
    frozen = text[text.index('id="freeze"') : text.index("Claim ends here")]
    assert not [r for r in ROWS.findall(frozen) if {"S", "V2"} & set(texts(r))]


@pytest.mark.parametrize("rule", ["pro_rata", "fifo", None])
def test_the_sentence_adds_up_with_claims_that_end(rule: str | None) -> None:
    its = case(asserted("good_faith", "P2"), asserted("pooled", "T"), asserted("fee", "tax"), rule=rule)
    amounts = [int(a.replace(".", "")) for a in re.findall(r"EUR ([\d.]+)", its.sentence())]
    assert amounts[0] == sum(amounts[1:]) == 10_000


def test_the_question_stands_in_the_sentence() -> None:
    assert "(rule by_status, what was bought)" in case(rule=None, question="bought").sentence()


def test_totals_of_rival_rules_count_places_where_the_chosen_rule_leaves_nothing(tmp_path: Path) -> None:
    its = case(rule="lowest_balance")
    assert its.assets()["id"].to_list() == ["A", "V1", "V2"]
    assert its.elsewhere().select("kind", "id", "pro_rata", "lowest_balance").rows() == [
        ("account", "S", 3_000, 0), ("account", "T", 1_500, 0)
    ]  # fmt: skip
    trace = its.trace
    assert trace is not None
    whole = trace.compare(["fifo", "pro_rata"]).filter(pl.col("kind").is_in(["account", "asset"])).sum()
    text = page(its, tmp_path)
    frozen = text[text.index('id="freeze"') : text.index('id="flow"')]
    total = next(texts(r) for r in ROWS.findall(frozen) if texts(r)[:1] == ["Total"])
    away = next(texts(r) for r in ROWS.findall(frozen) if texts(r)[:1] == ["Elsewhere"])
    assert total[-2:] == [plain(whole[rule][0], "EUR") for rule in ("fifo", "pro_rata")]
    assert away[-3:] == ["0.00", "0.00", "45.00"]


def test_a_report_shows_the_choices_the_assertions_and_both_figures(tmp_path: Path) -> None:
    text = page(case(asserted("innocent", "A"), asserted("wrongdoer", "T", on=False), rule=None), tmp_path)
    for words in (
        "Which rule decided in which account", "What is asserted beyond the records", ">off<", ">on<",
        "The same claim with and without the assertions", "Why this rule: by_status is followed",
    ):  # fmt: skip
        assert words in text
    both = text[text.index("with and without the assertions") : text.index("The same claim under every rule")]
    rows = [texts(r) for r in ROWS.findall(both)]
    assert ["account", "A", "EUR", "40.00", "80.00"] in rows
    assert rows[-1] == ["Total", "EUR", "100.00", "100.00"]
    alone = page(case(asserted("innocent", "A", on=False), rule="fifo"), tmp_path / "other")
    assert "What is asserted beyond the records" in alone
    assert "with and without the assertions" not in alone
    assert "Which rule decided in which account" not in alone


def test_where_the_chosen_rule_leaves_nothing_anywhere_rivals_are_not_hidden(tmp_path: Path) -> None:
    text = "2024-01-01 ? -> A 50.00 #o\n2024-01-02 ? -> A 50.00 #c\n2024-01-03 A -> cash 50.00"
    its = fm.Case("X", trace=fm.trace(fm.FlowGraph(fm.sketch(text)), "c", "taint_first"))
    assert len(its.assets()) == 0
    assert "holds claim money now. Under other rules 1 place would:" in page(its, tmp_path)
