"""Worked examples from cases and textbooks come out to the unit."""

from functools import cache

import polars as pl

from followmoney.tracing import catalogue
from followmoney.tracing.oracles import check, oracles, selftest


@cache  # when first asked for, not while tests are collected
def checked():
    return check()


def test_every_answer_agrees():
    wrong = checked().filter(~pl.col("agrees"))
    assert not len(wrong), wrong.to_dicts()


def test_every_oracle_is_checked():
    assert set(checked()["oracle"]) == {oracle["id"] for oracle in oracles()}
    assert len(checked()) >= 240


def test_selftest_is_the_same_check_for_everybody():
    frame = selftest()
    assert frame.columns == ["oracle", "rule", "holder", "expected", "got", "agrees", "source"]
    assert len(frame) == len(checked())


def test_every_rule_that_has_answers_is_checked_and_the_examples_can_tell_rules_apart():
    unanswered = {"oatway_election", "pick_defence"}  # nobody can choose better: tests/test_election.py
    unanswered |= {"by_status"}  # account by account it is a rule that has answers: tests/test_by_status_laws.py
    assert set(catalogue()) - set(checked()["rule"]) == unanswered
    formulas = {"foskett", "durant", "paripassu_claims", "backward"}
    assert set(checked()["rule"]) <= set(catalogue()) | formulas
    keys = ["oracle", "variant", "place", "owner"]
    ledgers = checked().filter(pl.col("rule").is_in(list(catalogue())))
    answers = ledgers.pivot("rule", index=keys, values="found")
    assert len(answers.filter(pl.col("fifo") != pl.col("lowest_balance"))) >= 5
    assert len(answers.filter(pl.col("fifo") != pl.col("pro_rata"))) >= 5


def test_every_oracle_names_its_source():
    assert all(oracle["source"] and oracle["title"] for oracle in oracles())
