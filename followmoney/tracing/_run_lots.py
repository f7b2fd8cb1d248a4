"""Compiled sweeps of rules for which the order of the money in a purse matters; lots only where claim money is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from followmoney.tracing._tape import INTEREST, Outcome, Tape, blank
from followmoney.tracing.rule import Rule

_RULES = ("fifo",)


def known(rule: Rule) -> bool:
    """Whether there is a compiled sweep for this rule."""
    return rule.name in _RULES


def possible(rule: Rule, tape: Tape) -> bool:
    """Whether it can be used for this tape."""
    return known(rule) and tape.claimants == 1 and not (tape.mark & INTEREST).any()


def run(rule: Rule, tape: Tape) -> Sequence[Outcome]:  # noqa: ARG001
    """An outcome a claimant."""
    from followmoney.tracing._kernel_fifo import sweep

    outcome = blank(tape)
    state = np.zeros((len(tape.opening), 4), np.int64)
    state[:, 0] = tape.opening
    state[:, 2:] = -1
    slots = np.argsort(np.argsort(tape.undoes)).astype(np.int64)
    sweep(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, slots, tape.outside, state,
          outcome.moved, outcome.arrived, outcome.carried, outcome.discharged, outcome.unwound)  # fmt: skip
    outcome.balance[:], outcome.claim[:] = state[:, 0], state[:, 1]
    return (outcome,)
