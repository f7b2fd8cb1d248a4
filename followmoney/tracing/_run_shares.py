"""Compiled sweeps of rules for which two figures a purse are enough: its balance, and the claim in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from followmoney.tracing._tape import INTEREST, Outcome, Tape, blank
from followmoney.tracing.rule import Rule

_WAYS = {"pro_rata": 0, "lowest_balance": 1, "taint_first": 2}


def known(rule: Rule) -> bool:
    """Whether there is a compiled sweep for this rule."""
    return rule.name in _WAYS


def possible(rule: Rule, tape: Tape) -> bool:
    """Whether it can be used for this tape."""
    return known(rule) and tape.claimants == 1 and not (tape.mark & INTEREST).any()


def run(rule: Rule, tape: Tape) -> Sequence[Outcome]:
    """An outcome a claimant."""
    from followmoney.tracing._kernel_shares import sweep

    outcome = blank(tape)
    state = np.zeros((len(tape.opening), 2), np.int64)
    state[:, 0] = tape.opening
    sweep(_WAYS[rule.name], tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside,
          state, outcome.moved, outcome.arrived, outcome.carried, outcome.discharged, outcome.unwound)  # fmt: skip
    outcome.balance[:], outcome.claim[:] = state[:, 0], state[:, 1]
    return (outcome,)
