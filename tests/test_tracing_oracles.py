"""Worked examples from cases and textbooks come out to the unit."""

import polars as pl

from followmoney.tracing import catalogue
from followmoney.tracing.oracles import WAITING, check, oracles

CHECKED = check()


def test_every_answer_agrees():
    wrong = CHECKED.filter(~pl.col("agrees"))
    assert not len(wrong), wrong.to_dicts()


def test_every_oracle_with_an_answer_for_our_rules_is_checked_or_waits_for_a_stated_reason():
    seen = set(CHECKED["oracle"]) | {oracle for oracle, _ in WAITING}
    assert seen == {oracle["id"] for oracle in oracles()}
    assert all(WAITING.values())


def test_every_rule_that_has_answers_is_checked_and_the_examples_can_tell_rules_apart():
    assert {"fifo", "lowest_balance", "pro_rata"} <= set(CHECKED["rule"]) <= set(catalogue())
    keys = ["oracle", "variant", "place", "owner"]
    answers = CHECKED.pivot("rule", index=keys, values="found")
    assert len(answers.filter(pl.col("fifo") != pl.col("lowest_balance"))) >= 5
    assert len(answers.filter(pl.col("fifo") != pl.col("pro_rata"))) >= 5


def test_every_oracle_names_its_source():
    assert all(oracle["source"] and oracle["title"] for oracle in oracles())
