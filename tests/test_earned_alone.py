"""Interest by day looked at alone: which nights a purse is watched, and what it held in them."""

from dataclasses import replace

import numpy as np
from random_tapes import tape

from followmoney.tracing._earned import Earned
from followmoney.tracing.rule import OTHER, Lot

DAY = 86_400_000_000
ROWS = [(0, 1, 5, 5, False, False, None)] * 4
TIMES = np.array([10.5, 12.25, 15.0, 15.75]) * DAY


def watched(earned):
    made = replace(tape(ROWS, [0, 0], [False, False]), time=TIMES.astype(np.int64), earned=earned)
    lots = [[Lot(OTHER, 9)], [Lot(1, 5), Lot(OTHER, 3)]]
    return Earned(made, lots), lots


def test_a_purse_is_watched_from_its_first_period_on():
    its, _ = watched({2: 13 * DAY, 3: 11 * DAY + 7})
    assert (its.since, its.seen, its.held, its.days) == ({2: 13, 3: 11}, {1: 11}, {1: []}, [10, 12, 15, 15])
    its, _ = watched({2: 11 * DAY, 3: 13 * DAY})
    assert its.seen == {1: 11}
    nothing, lots = watched({})
    assert (nothing.since, nothing.seen, nothing.days) == ({}, {}, [])
    nothing.see(0, 0, 1)
    assert nothing.by(0, 1) == lots[1]


def test_every_night_of_the_period_counts_with_what_was_held_then():
    its, lots = watched({2: 13 * DAY, 3: 11 * DAY})
    its.see(0, 0, 1)  # before the period
    assert its.held == {1: []}
    its.see(1, 0, 1)
    lots[1] = [Lot(1, 2), Lot(2, 0), Lot(OTHER, 1), Lot(1, 1)]
    its.see(2, 0, 1)
    its.see(3, 0, 1)  # no night lies between
    assert its.held == {1: [(11, 12, {1: 5, OTHER: 3}), (12, 15, {1: 3, 2: 0, OTHER: 1})]}
    assert its.by(3, 1) == [Lot(1, 5 + 3 * 3), Lot(OTHER, 3 + 3)]
    assert its.by(2, 1) == [Lot(1, 2 * 3), Lot(OTHER, 2)]
    assert its.by(1, 1) is lots[1]  # no interest by day


def test_a_period_that_begins_on_the_day_of_the_crediting_has_no_night():
    its, lots = watched({2: 15 * DAY})
    its.see(2, 0, 1)
    assert its.by(2, 1) is lots[1]
