"""Compiled sweeps of rules for which the order of the money in a purse matters, for any number of claimants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from followmoney.tracing._apart import Apart, Carried, Held, Movements
from followmoney.tracing._tape import Outcome, Tape, blank
from followmoney.tracing.rule import Rule

if TYPE_CHECKING:
    from followmoney.tracing._kernel_order import Book, Purses, Tracks
    from followmoney.tracing._kernel_parcel import Rows

_WAYS = {"fifo": 0, "lifo": 1, "lowest_balance": 2, "taint_first": 3, "fifo_composite": 4}  # as in `_kernel_lots`

ROWS = 1024  # of everything that grows, at first


def known(rule: Rule) -> bool:
    """Whether there is a compiled sweep for this rule."""
    return rule.name in _WAYS


def possible(rule: Rule, tape: Tape) -> bool:  # noqa: ARG001
    """Whether it can be used for this tape."""
    return known(rule)


def run(rule: Rule, tape: Tape) -> Sequence[Outcome]:
    """An outcome a claimant, all from one pass.

    Cost: 15 to 30 ns a transaction, more where much claim money moves; 48 bytes for every movement of a claimant's
    money, never a column a claimant.
    """
    from followmoney.tracing._kernel_lots import BALANCE, BOUND, USED
    from followmoney.tracing._kernel_order import holdings, sweep

    whole, way = blank(tape), _WAYS[rule.name]
    tracks, purses, book = _tracks(tape), _purses(tape), _book(tape, whole)
    at = sweep(way, 0, tracks, purses, book)
    while at < len(tape):
        purses, book = _larger(purses, book)
        at = sweep(way, at, tracks, purses, book)
    whole.balance[:] = purses.held[:, BALANCE]
    some = np.flatnonzero(purses.held[:, BOUND])
    holds = np.empty((int(purses.ends[some, USED].sum()), 3), np.int64)
    holds = holds[: holdings(way, some, purses, holds)]
    if tape.claimants == 1:
        whole.claim[holds[:, 1]] = holds[:, 2]
        return (whole,)
    np.add.at(whole.claim, holds[:, 1], holds[:, 2])
    return Apart.of(tape, whole, *_written(purses, book), Held(*holds.T))


def _tracks(tape: Tape) -> Tracks:
    from followmoney.tracing._kernel_order import Tracks

    order = np.argsort(tape.undoes)
    owner = np.ones(len(tape.claims), np.int64) if tape.owner is None else tape.owner
    return Tracks(
        tape.paid, tape.got, tape.amount, tape.received, tape.mark, owner, tape.undoes, tape.undoes[order], order,
        tape.outside,
    )  # fmt: skip


def _purses(tape: Tape) -> Purses:
    from followmoney.tracing._kernel_order import COUNTS, Purses

    held = np.zeros((len(tape.opening), 2), np.int64)
    held[:, 0] = tape.opening
    rows = ROWS + tape.claimants
    return Purses(
        held, np.zeros((len(held), 4), np.int64), np.empty((rows, 4), np.int64), np.zeros(COUNTS, np.int64),
        np.empty((rows, 3), np.int64), np.empty((rows, 4), np.int64), np.zeros(tape.claimants + 1, np.int64),
        np.empty((tape.claimants + 1, 6), np.int64),
    )  # fmt: skip


def _book(tape: Tape, whole: Outcome) -> Book:
    from followmoney.tracing._kernel_order import Book

    last = np.full(tape.claimants + 1 if tape.claimants > 1 else 0, -1, np.int64)
    return Book(
        whole.moved, whole.arrived, whole.carried, whole.discharged, whole.unwound, whole.accrued,
        np.empty((ROWS, 6), np.int64), last, np.empty((ROWS, 4), np.int64),
        np.empty((ROWS, 3), np.int64), np.zeros((len(tape.undoes), 2), np.int64),
    )  # fmt: skip


def _larger(purses: Purses, book: Book) -> tuple[Purses, Book]:
    """The same with more rows where a step was short of them."""
    from followmoney.tracing._kernel_order import CARRIED, KEPT, LOGGED, NEED

    counts = purses.counts

    def more(rows: Rows, used: int) -> Rows:
        if used + counts[NEED] < len(rows):
            return rows
        larger = np.empty((2 * len(rows) + int(counts[NEED]), rows.shape[1]), np.int64)
        larger[: len(rows)] = rows
        return larger

    return (
        purses._replace(pool=more(purses.pool, counts[1]), parcel=more(purses.parcel, 0), spare=more(purses.spare, 0)),
        book._replace(
            log=more(book.log, counts[LOGGED]),
            carried_log=more(book.carried_log, counts[CARRIED]),
            kept=more(book.kept, counts[KEPT]),
        ),
    )


def _written(purses: Purses, book: Book) -> tuple[Movements, Carried]:
    """What was written by claimant."""
    from followmoney.tracing._kernel_order import CARRIED, LOGGED

    at, owner, debited, credited, discharged, accrued = book.log[: purses.counts[LOGGED]].T
    number, carrier, left, came = book.carried_log[: purses.counts[CARRIED]].T
    return Movements(owner, at, debited, credited, discharged, accrued), Carried(carrier, number, left, came)
