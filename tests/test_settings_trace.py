"""What is claimed, asked and asserted is a setting like any other: given in four ways, written again, never misread."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.errors import SettingsError
from followmoney.settings import Settings
from followmoney.tracing.assertions import Assertion

WAGES = Assertion("good_faith", ("A", "B"), 'paid for "work"', "Ana", date(2024, 3, 5))
CASE = """
[trace.claimants]
Ana = ["t1", "t2"]
"Böb & Co" = ["t3"]

[[trace.assertions]]
kind = "good_faith"
about = ["A", "B"]
why = 'paid for "work"'
who = "Ana"
when = 2024-03-05

[[trace.assertions]]
kind = "link"
about = ["t4", "t5"]
why = "the same notes"
who = "Ben"
when = "2024-03-06"
on = false
"""
WORDS = st.text(min_size=1).filter(str.strip)
NAMES = WORDS.map(str.strip)


def file(folder: Path, text: str, name: str = "case.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_claimants_and_assertions_are_read_from_toml_and_written_again(tmp_path: Path):
    made = Settings.from_toml(file(tmp_path, CASE))
    assert dict(made.trace.claimants) == {"Ana": ("t1", "t2"), "Böb & Co": ("t3",)}
    assert made.trace.assertions == (
        WAGES,
        Assertion("link", ("t4", "t5"), "the same notes", "Ben", date(2024, 3, 6), on=False),
    )
    assert Settings.from_toml(file(tmp_path, made.to_toml())) == made
    assert Settings.from_toml(file(tmp_path, made.to_toml(explained=True))) == made


@given(
    st.dictionaries(NAMES, st.lists(WORDS, min_size=1, max_size=2), max_size=3),
    st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=2), WORDS, WORDS, st.dates(), st.booleans()), max_size=2),
)
def test_whatever_is_claimed_and_asserted_reads_back(claimants: Any, said: Any):
    rows = [
        {"kind": "fee", "about": about, "why": why, "who": who, "when": when, "on": on}
        for about, why, who, when, on in said
    ]
    made = Settings.of({"trace": {"claimants": claimants, "assertions": rows}})
    again = Settings.of(tomllib.loads(made.to_toml()))
    assert again == made
    assert again.digest() == made.digest()
    assert hash(again.trace) == hash(made.trace)


def test_every_part_of_the_question_is_part_of_its_digest(tmp_path: Path):
    first = Settings.from_toml(file(tmp_path, CASE))
    changed = [
        CASE.replace('["t3"]', '["t4"]'),
        CASE.replace("on = false", "on = true"),
        CASE.replace("Ben", "Bea"),
        CASE.replace("[trace.claimants]", '[trace]\nquestion = "bought"\n[trace.claimants]'),
    ]
    digests = {Settings.from_toml(file(tmp_path, text)).digest("trace") for text in changed}
    assert len(digests | {first.digest("trace")}) == 5
    assert Settings.from_toml(file(tmp_path, changed[0])).digest("detect") == first.digest("detect")


def test_the_order_of_claimants_changes_nothing():
    one = Settings.of({"trace": {"claimants": {"B": ["t2"], "A": ["t1"]}}})
    other = Settings.of({"trace": {"claimants": {"A": ["t1"], "B": ["t2"]}}})
    assert list(one.trace.claimants) == list(other.trace.claimants)
    assert one.digest() == other.digest()


def test_flags_and_the_environment_give_the_same_as_toml(tmp_path: Path):
    separate = file(tmp_path, CASE.partition('["t3"]')[2].replace("[[trace.", "[["), "said.toml")
    flags = {"trace.claimants": ("Böb & Co=t3", "Ana = t1, t2"), "trace.assertions": str(separate)}
    variables = {
        "FOLLOWMONEY_TRACE_CLAIMANTS": "Ana=t1,t2; Böb & Co=t3",
        "FOLLOWMONEY_TRACE_ASSERTIONS": str(separate),
    }
    wanted = Settings.from_toml(file(tmp_path, CASE))
    assert Settings.layered(flags, variables={}) == wanted
    assert Settings.layered({}, variables=variables) == wanted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[trace]\nclaim = ["t1"]\n[trace.claimants]\nA = ["t2"]', "trace.claim and trace.claimants are both set"),
        ('[trace]\nclaim_from = "cycle"\n[trace.claimants]\nA = ["t2"]', "trace.claim_from and trace.claimants"),
        ("[trace.claimants]\nAna = []", "'Ana' has []"),
        ("[trace.claimants]\nAna = [1]", "'Ana' has [1]"),
        ("[trace]\nclaimants = 'Ana'", 'like "Ana=t17,t18"'),
        ("[trace]\nclaimants = 'Ana=t1;Ana=t2'", "names 'Ana' twice"),
        ("[trace]\nassertions = 'said.toml'", "[[trace.assertions]]"),
        (CASE.replace('"link"', '"lnk"'), "trace.assertions 2: Unknown kind of assertion 'lnk'. Did you mean 'link'?"),
        (CASE.replace("2024-03-05", '"soon"'), "trace.assertions 1.when is 'soon', but must be a day"),
        (CASE.replace("2024-03-05", "2024-03-05T10:00:00"), "trace.assertions 1.when"),
        (CASE.replace("on = false", 'on = "no"'), "trace.assertions 2.on is 'no'"),
        (CASE.replace('why = "the', 'wy = "the'), "Unknown key 'wy'. Did you mean 'why'?"),
        (CASE.replace("who", "on", 1).replace('on = "Ana"', ""), "trace.assertions 1 does not say who"),
        (CASE.replace('about = ["t4", "t5"]', 'about = ["t4"]'), "two identifiers"),
        (CASE.replace('about = ["t4", "t5"]', "about = 4"), "trace.assertions 2.about is 4"),
        (CASE.replace('"the same notes"', '" "'), "needs a reason"),
        ('[trace]\nquestion = "lft"', "Did you mean 'left'?"),
    ],
)
def test_a_wrong_question_is_one_sentence_with_file_and_key(tmp_path: Path, text: str, says: str):
    path = file(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        Settings.from_toml(path)
    assert says in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot read"),
        ("[[assertions]", "not a TOML file"),
        ("[[trace.assertions]]\nkind = 'fee'", "unknown key 'trace'"),
        ("[[assertions]]\nkind = 'fee'", "assertions 1 does not say about"),
    ],
)
def test_a_wrong_file_of_assertions_is_named(tmp_path: Path, text: str | None, says: str):
    path = tmp_path / "said.toml" if text is None else file(tmp_path, text, "said.toml")
    with pytest.raises(SettingsError, match=r"said\.toml") as error:
        Settings.layered({"trace.assertions": str(path)}, variables={})
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("flags", "claim", "claim_from", "claimants"),
    [
        ({"trace.claim": "t9"}, ("t9",), None, {}),
        ({"trace.claim_from": "cycle"}, (), "cycle", {}),
        ({"trace.claimants": ("Ben=t9",)}, (), None, {"Ben": ("t9",)}),
        ({}, (), None, {"Ana": ("t1", "t2"), "Böb & Co": ("t3",)}),
    ],
)
def test_a_claim_named_nearer_replaces_one_named_another_way(
    tmp_path: Path, flags: Any, claim: Any, claim_from: Any, claimants: Any
):
    made = Settings.layered(flags, file(tmp_path, CASE), {})
    assert (made.trace.claim, made.trace.claim_from, dict(made.trace.claimants)) == (claim, claim_from, claimants)


def test_a_question_without_a_rule_beside_it_asks_for_the_rule_by_status(tmp_path: Path):
    config = file(tmp_path, '[trace]\nrule = "fifo"')
    assert Settings.layered({"trace.question": "bought"}, config, {}).trace.rule == "by_status"
    assert Settings.layered({"trace.question": "bought", "trace.rule": "lifo"}, config, {}).trace.rule == "lifo"
    assert Settings.of({"trace": {"question": "left"}}).trace.rule == "by_status"
    assert Settings.of({"trace": {"question": "left", "rule": "fifo"}}).trace.rule == "fifo"


def test_a_claim_that_is_one_identifier_is_not_divided():
    made = Settings.layered({"trace.claimants": ("Ana=t1,t2", "Ben=t3,t4")}, variables={})
    settled = made.settled({"t1,t2", "t3", "t4"})
    assert dict(settled.trace.claimants) == {"Ana": ("t1,t2",), "Ben": ("t3", "t4")}
    assert dict(Settings.layered({"trace.claim": "t1,t2"}, variables={}).settled({"t1,t2"}).trace.claimants) == {}
