"""Compiled sweeps of rules for which two figures a purse are enough: its balance, and the claim in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._elected import Elected
from followmoney.tracing._tape import INTEREST, Outcome, Tape, blank
from followmoney.tracing.rule import Draw, Rule

if TYPE_CHECKING:
    from followmoney.tracing._kernel_shares import Ways

_WAYS = {"pro_rata": 0, "lowest_balance": 1, "taint_first": 2, "poison": 3, "elected": 4, "tiho": 5}
_SEVERAL = ("pro_rata",)
_SPREADING = ("pro_rata", "poison")


def known(rule: Rule) -> bool:
    """Whether there is a compiled sweep for this rule."""
    return rule.name in _WAYS or hasattr(rule, "by_purse")


def possible(rule: Rule, tape: Tape) -> bool:
    """Whether it can be used for this tape."""
    if tape.claimants > 1:
        return rule.name in _SEVERAL and not (tape.mark & INTEREST).any()
    return rule.name in _WAYS or _by_purse(rule) is not None


def run(rule: Rule, tape: Tape) -> Sequence[Outcome]:
    """An outcome a claimant."""
    if tape.claimants > 1:
        from followmoney.tracing._run_owners import run as run_owners

        return run_owners(tape)
    from followmoney.tracing._kernel_shares import Tracks, Written, sweep

    outcome = blank(tape, spreads=rule.name in _SPREADING)
    state = np.zeros((len(tape.opening), 2), np.int64)
    state[:, 0] = tape.opening
    tracks = Tracks(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside)
    written = Written(
        outcome.moved, outcome.arrived, outcome.carried, outcome.discharged, outcome.unwound, outcome.accrued
    )
    if not sweep(tracks, _ways(rule, tape), state, written):
        from followmoney.tracing._reference import sweep as reference

        assert isinstance(rule, Draw)
        return reference(tape, rule)
    outcome.balance[:], outcome.claim[:] = state[:, 0], state[:, 1]
    return (outcome,)


def _by_purse(rule: Rule) -> NDArray[np.uint8] | None:
    """How each purse pays, as in `_WAYS`, where a rule says it purse by purse; a debt follows the payee's."""
    return getattr(rule, "by_purse", None)


def _ways(rule: Rule, tape: Tape) -> Ways:
    """What the kernel needs to know of a rule."""
    from followmoney.tracing._kernel_shares import Ways
    from followmoney.tracing._later import later

    none, by_purse = np.zeros(0, np.int64), _by_purse(rule)
    if by_purse is not None:
        return Ways(0, by_purse.astype(np.uint8, copy=False), none, none, none, none, none)
    every = np.zeros(0, np.uint8)
    if isinstance(rule, Elected):
        return Ways(_WAYS[rule.name], every, rule.debits, rule.debts, none, none, none)
    if rule.name == "tiho":
        return Ways(_WAYS[rule.name], every, none, none, *later(tape))
    return Ways(_WAYS[rule.name], every, none, none, none, none, none)
