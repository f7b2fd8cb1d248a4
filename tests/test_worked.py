"""Worked examples beyond the tracing rules come out exactly, and anybody can run them."""

from __future__ import annotations

import pytest

from followmoney.case.worked import ASKS, check, examples


@pytest.mark.parametrize("one", examples(), ids=lambda one: one["id"])
def test_a_worked_example_comes_out(one: dict[str, object]) -> None:
    found = ASKS[str(one["asks"])](one)
    assert {what: found.get(what) for what in one["expected"]} == one["expected"]  # type: ignore[attr-defined]


def test_every_example_names_its_source_and_every_question_is_asked() -> None:
    assert all(one["source"] and one["title"] for one in examples())
    assert {one["asks"] for one in examples()} == set(ASKS)
    assert check()["agrees"].all()
