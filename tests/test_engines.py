"""Engines cut no finer than a scope allows, and what they cut belongs to exactly one part."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.engines import Local, Scope, Slice
from followmoney.engines._plan import plan
from followmoney.errors import SettingsError

TIMES = st.lists(st.integers(0, 30), max_size=40).map(lambda t: np.array(sorted(t), np.int64))


@given(TIMES, st.integers(1, 9), st.integers(1, 4), st.integers(0, 20), st.integers(0, 20))
def test_every_anchor_and_account_is_owned_once_and_seen_with_its_surroundings(
    time: np.ndarray, slices: int, shards: int, back: int, ahead: int
) -> None:
    parts = plan(Scope(look_back=back, look_ahead=ahead, shard="originator"), time, slices, shards)
    for anchor in time:
        for account in range(5):
            mine = [p for p in parts if p.start <= anchor <= p.end and account % p.parts == p.part]
            assert len(mine) == 1
            assert mine[0].low <= anchor - back
            assert mine[0].high >= anchor + ahead


@given(TIMES, st.integers(1, 9))
def test_a_question_that_needs_all_of_time_is_never_cut_in_time(time: np.ndarray, slices: int) -> None:
    assert plan(Scope(shard="either"), time, slices, 1) == [Slice()]
    assert plan(Scope(look_back=3), time, slices, 1) == [Slice()]


@given(TIMES, st.integers(1, 9), st.integers(1, 9))
def test_a_question_that_needs_every_account_is_never_cut_by_account(
    time: np.ndarray, slices: int, shards: int
) -> None:
    parts = plan(Scope(look_back=0, look_ahead=1), time, slices, shards)
    assert {(p.role, p.part, p.parts) for p in parts} == {(None, 0, 1)}
    assert len(parts) <= slices


def test_slices_hold_equal_numbers_of_transactions() -> None:
    parts = plan(Scope(look_back=0, look_ahead=0), np.arange(100), 4, 1)
    assert [p.start for p in parts[1:]] == [25, 50, 75]


def test_answers_come_in_the_order_of_the_plan() -> None:
    engine = Local(slices=4)
    assert engine.run(lambda p: p.start, lambda p: p, Scope(look_back=0, look_ahead=0), np.arange(8))[1:] == [2, 4, 6]


def test_a_pool_of_processes_gives_the_same_answers() -> None:
    scope = Scope(look_back=0, look_ahead=0)
    assert Local(slices=5, workers=1).run(abs, lambda p: max(p.start, -9), scope, np.arange(10)) == [9, 2, 4, 6, 8]


def test_a_worker_that_ends_is_one_clear_error() -> None:
    with pytest.raises(SettingsError, match="below `if __name__"):
        Local(workers=1).run(os._exit, lambda _: 1, Scope(look_back=0, look_ahead=0), np.arange(3))


@pytest.mark.parametrize("wrong", [{"slices": 0}, {"shards": -1}, {"workers": 0}])
def test_less_than_one_of_anything_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(SettingsError, match="give 1 or more"):
        Local(**wrong)
