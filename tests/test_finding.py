"""Findings: a table, a row view, and the evidence behind each."""

from __future__ import annotations

import pickle

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.finding import EVIDENCE, FINDINGS, Findings
from followmoney.patterns.structuring import Structuring

CASE = """
    party P1 person "Ana <Example>" ES
    account A holder=P1
    2024-03-04 cash -> A 9,500.00 #c1
    2024-03-05 cash -> A 9,800.00 #c2
    2024-03-08 cash -> A 9,900.00 #c3
    2024-03-11T09:00 X -> B 50,000.00 wire #w1
    2024-03-11T12:00 B -> Y 49,000.00 wire #w2
"""


@pytest.fixture(scope="module")
def findings() -> Findings:
    return fm.detect(fm.FlowGraph(fm.sketch(CASE)))


def test_findings_are_sorted_by_strength(findings: Findings) -> None:
    assert findings.frame["pattern"].to_list() == ["pass_through", "structuring"]
    assert findings.frame["strength"].is_sorted(descending=True)
    assert repr(findings) == "Findings(2; pass_through 1; structuring 1)"


def test_what_an_innocent_explanation_fits_ranks_below_what_none_fits() -> None:
    refund = "2024-04-01T09:00 C -> D 900,000.00\n2024-04-01T12:00 D -> C 900,000.00"
    found = fm.detect(fm.FlowGraph(fm.sketch(f"{CASE}\n{refund}")), "pass_through")
    assert [bool(f.counter) for f in found] == [False, True]
    assert found[1].strength > found[0].strength


def test_a_finding_can_be_had_by_place_and_by_name(findings: Findings) -> None:
    assert findings[1].id == findings[findings[1].id].id
    assert findings[-1].id == findings[1].id
    assert [f.id for f in findings] == findings.frame["id"].to_list()
    assert isinstance(findings[0], fm.Finding)


def test_a_finding_knows_its_holder_its_rows_and_its_amount(findings: Findings) -> None:
    finding = findings[1]
    assert (finding.subject, finding.label) == ("A", "Ana <Example>")
    assert (finding.amount, finding.currency, finding.transactions) == (2_920_000, "EUR", 3)
    assert finding.rows().rows() == [("sketch", 4, "c1"), ("sketch", 5, "c2"), ("sketch", 6, "c3")]
    assert finding.explanation == (
        "3 cash deposits of EUR 9,500.00 to EUR 9,900.00 were paid into Ana <Example> (A) within 5 days, each below "
        "EUR 10,000, EUR 29,200.00 together."
    )


def test_findings_are_equal_by_what_they_say(findings: Findings) -> None:
    again = pickle.loads(pickle.dumps(findings))  # noqa: S301
    assert again == findings
    assert hash(again) == hash(findings)
    assert list(again) == list(findings)
    assert findings[0] != findings[1]
    assert findings != findings.of("structuring")
    assert len({*findings, *again}) == 2


def test_identifiers_are_made_of_the_evidence_alone(findings: Findings) -> None:
    again = fm.detect(fm.FlowGraph(fm.sketch(CASE + "\n2024-06-01 K -> L 12.00")))
    assert again.frame["id"].equals(findings.frame["id"])
    assert all(len(i) == 12 and int(i, 16) >= 0 for i in findings.frame["id"])


def test_an_unknown_finding_is_named_in_the_error(findings: Findings) -> None:
    with pytest.raises(SettingsError, match="Unknown finding '0000'"):
        _ = findings["0000"]
    with pytest.raises(IndexError):
        _ = findings[2]


def test_one_pattern_can_be_picked(findings: Findings) -> None:
    one = findings.of("structuring")
    assert len(one) == 1
    assert one.evidence["finding"].unique().to_list() == [one[0].id]
    assert len(findings.of("cycle")) == 0


def test_tables_can_be_put_together_and_nothing_is_listed_twice(findings: Findings) -> None:
    together = Findings.together([findings, findings.of("structuring")])
    assert together.frame.equals(findings.frame)
    assert together.evidence.equals(findings.evidence)
    assert together.notes == findings.notes


def test_it_knows_what_was_looked_for_what_was_not_found_and_what_could_not_be_examined() -> None:
    graph = fm.FlowGraph(fm.sketch(Structuring.example))
    findings = fm.detect(graph, ["structuring", "cycle", "nominee"])
    assert findings.looked_for == ("cycle", "nominee", "structuring")
    assert (findings.not_found, findings.not_examined) == (("cycle",), ("nominee",))
    assert findings.of("cycle").looked_for == ("cycle",)
    with pytest.raises(SettingsError, match="Did you mean 'structuring'"):
        findings.of("structurin")


def test_no_findings_are_a_table_too() -> None:
    empty = Findings.empty(["Nothing was looked at."])
    assert (len(empty), list(empty), empty.notes) == (0, [], ("Nothing was looked at.",))
    assert dict(empty.frame.schema) == FINDINGS
    assert dict(empty.evidence.schema) == EVIDENCE
    assert repr(empty) == "Findings(0)"
    assert "Nothing was looked at." in empty._repr_html_()


def test_html_shows_what_was_found_and_escapes_names(findings: Findings) -> None:
    assert "Ana &lt;Example&gt;" in findings._repr_html_()
    assert "<Example>" not in findings._repr_html_() + findings[1]._repr_html_()
    assert findings[1].id in findings[1]._repr_html_()


def test_a_waterfall_adds_up_to_the_strength(findings: Findings) -> None:
    for finding in findings:
        steps = finding.waterfall()
        known = steps.filter(pl.col("threshold").is_not_null())
        assert known["strength"][-1] == pytest.approx(finding.strength)
        assert steps["meaning"].to_list()[len(known) :] == list(finding.counter)


def test_what_could_not_be_checked_is_not_counted_as_checked(findings: Findings) -> None:
    passed, structured = findings
    assert passed.against == (
        "Of the innocent explanations that could be checked, none was found to fit.",
        passed.unchecked[0],
    )
    assert passed.unchecked[0].startswith("Whether it went to usual payees could not be checked: that takes 2 earlier")
    assert passed.unchecked == passed.against[1:]
    assert structured.against == ("Of the innocent explanations that were checked, none was found to fit.",)


def test_thresholds_are_written_as_people_write_them(findings: Findings) -> None:
    assert findings[1].thresholds == (
        "band 0.8", "country not given", "days 7", "deposits 3", "instrument deposit",
        "limits EUR 10,000, USD 10,000",
    )  # fmt: skip


def test_a_fold_says_what_it_hides() -> None:
    text = "account A holder=C\naccount B holder=C\nowns P C 100%\nparty P person\n2024-03-04 A -> B 9.00\n"
    graph = fm.FlowGraph(fm.sketch(text + "2024-03-05 B -> X 9.00"))
    some = ["structuring", "mule", "circular_ownership"]
    assert not [note for note in fm.detect(graph, some).notes if "folded" in note]
    by_holder = [note for note in fm.detect(graph.fold("holder"), some).notes if "folded" in note]
    assert by_holder[0].startswith("The graph is folded: 1 transaction between accounts of one holder or owner is")
    assert "mule ask when single accounts were opened" in by_holder[1]
    by_owner = fm.detect(graph.fold("beneficial_owner"), some).notes[2]
    assert "1 party is counted with the owner; circular_ownership, mule ask who stands behind whom" in by_owner
