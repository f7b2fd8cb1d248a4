"""What results say in English is retold in French and Italian: all of it, with the same names and figures."""

from __future__ import annotations

import re
from dataclasses import replace
from inspect import cleandoc

import extracted
import pytest
from told import SILENT

import followmoney as fm
from followmoney.case._measures import table as measures
from followmoney.case.clocks import clocks
from followmoney.languages import ENGLISH, LANGUAGES, retell, speaking
from followmoney.languages._catalogue import read
from followmoney.languages._gaps import MIXED, NAMES
from followmoney.languages._known import SENTENCES
from followmoney.languages._templates import book
from followmoney.patterns import catalogue

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PASSED = (
    "EUR 26,500.00 came into {} from 2 payers, and EUR 25,500.00 (96 % of it) left again to 2 payees, within 3 days."
)


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d.,-]*\d|\d", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_a_result_is_translated(language: str) -> None:
    wanted, there = extracted.told(), {(e.one, e.more) for e in read(language, SENTENCES) if e.one}
    assert wanted - there == set(), "write these into sentences.po"
    assert there - wanted == set(), "no result says these any more: take them out of sentences.po"
    assert {one for one, _ in there} & SILENT == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_gaps_of_its_sentence_and_a_form_for_each_number(language: str) -> None:
    for entry in read(language, SENTENCES):
        if entry.one:
            assert len(entry.told) == (1 if entry.more is None else 2), entry.one
            assert all(entry.told), entry.one
            assert all(gaps(told) == gaps(entry.one) for told in entry.told), entry.one


def test_french_and_italian_have_the_same_sentences_in_the_same_order() -> None:
    first, second = ([(e.one, e.more) for e in read(language, SENTENCES)] for language in OTHERS)
    assert first == second
    assert len(first) == len(set(first))


def test_no_gap_is_both_a_name_and_words() -> None:
    assert set() == NAMES & MIXED


@pytest.mark.parametrize("pattern", sorted(catalogue()))
def test_what_a_pattern_says_of_its_examples_is_retold_with_the_same_figures(pattern: str) -> None:
    cls = catalogue()[pattern]
    for example in (cls.example, cls.counter_example):
        found = fm.detect(fm.FlowGraph(fm.sketch(cleandoc(example))), [pattern])
        said = list(found.notes)
        for finding in found:
            unchecked = " ".join(finding.unchecked)
            said += [finding.explanation.removesuffix(unchecked).rstrip(), *finding.against]
            rows = finding.waterfall().drop_nulls("threshold").select("meaning", "seen", "limit").iter_rows()
            said += [text for row in rows for text in row if re.search("[a-z]", text)]
        for sentence in said:
            for language in OTHERS:
                told = book(language).told(sentence)
                assert told is not None, sentence
                assert figures(told) == figures(sentence)


def test_networks_and_what_a_trace_says_are_retold(harbour: fm.Ledger) -> None:
    graph = fm.FlowGraph(harbour)
    networks = fm.cluster(graph, "components")
    trace = fm.trace(graph, claim=graph.ledger.numbered["id"].head(2).to_list(), rule="by_status", question="left")
    case = fm.Case("X", None, networks, trace)
    said = [*networks.frame["explanation"].head(20), *networks.frame["label"].head(20), *networks.notes, *trace.notes]
    said += [*trace.explain().splitlines(), *trace.choices()["reason"], case.recoverable().sentence]
    folded = graph.fold("beneficial_owner", threshold=0.1, lower={"64.2": 0.05})
    said += fm.cluster(folded, "components").notes
    said += [
        *case.recoverable().notes,
        *replace(case, lower={"64": 0.15}).recoverable().notes,
        case.freeze_first().sentence,
        *case.freeze_first().notes,
    ]
    assert [s for s in said for language in OTHERS if book(language).told(s) is None] == []


def test_a_name_is_never_touched_and_never_read_as_more_than_a_name() -> None:
    with speaking("fr"):
        for name in ("several currencies", "Smith and Sons", "<b>{came}</b>", "2 payees", "nothing"):
            assert f"sur {name} en provenance de 2 payeurs" in retell(PASSED.format(name))


def test_a_sentence_that_could_be_read_in_two_ways_stays_english() -> None:
    trade = "A sold goods to B sold goods to C; EUR 1.00 of it was paid by D in BE, in 1 transaction."
    with speaking("it"):
        assert retell(trade) == trade


def test_lists_of_names_are_joined_where_every_name_is_known() -> None:
    sentence = (
        "EUR 5.00 left A on 2024-01-02, went through B and C, and EUR 4.00 came back within 2 days, in 3 transactions."
    )
    with speaking("fr", frozenset({"B", "C"})):
        assert "par B et C" in retell(sentence)
    with speaking("fr", frozenset({"B and C"})):
        assert "par B and C" in retell(sentence)


def test_what_stands_behind_a_long_list_is_retold_and_a_name_that_looks_alike_is_not() -> None:
    listed = "EUR 9.00 is claimed, from 24 transactions ({})."
    with speaking("fr"):
        assert "(t1, t2, t3, t4, t5 et 19 de plus)" in retell(listed.format("t1, t2, t3, t4, t5 and 19 more"))
        assert "(Smith and 3 more)" in retell(listed.format("Smith and 3 more"))
        assert "de portefeuilles" in retell(
            "crypto_off_ramp: not examined, because the ledger says nothing in `account.scheme` of wallets, `channel` "
            "of payments in crypto."
        )


def test_measures_and_clocks_are_retold() -> None:
    for law in (*measures(), *clocks()):
        for language in OTHERS:
            assert book(language).told(str(law)) not in {None, str(law)}


def test_long_lists_are_given_up_on_at_once() -> None:
    with speaking("it"):
        for end in ("another", "whatever"):
            sentence = f"Of the accounts that held claim money, {'EUR 5.00, ' * 300}{end}."
            assert retell(sentence) == sentence


def test_what_nobody_of_us_said_stays_as_it_is() -> None:
    with speaking("it"):
        assert retell("Asked the bank on Monday.") == "Asked the bank on Monday."
        assert retell("") == ""
    assert retell("several currencies") == "several currencies"
