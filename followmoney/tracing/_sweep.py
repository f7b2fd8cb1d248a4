"""Which engine runs a rule over a tape: the reference for small tapes, a compiled sweep for large ones."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Literal

import numpy as np

from followmoney.tracing._catalogue import find
from followmoney.tracing._elected import Elected
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._tape import CLAIM, INTEREST, Outcome, Tape, added, blank
from followmoney.tracing.rule import Draw, Election, Rule, Settlement

Engine = Literal["auto", "reference", "compiled"]

_WORTH_COMPILING = 50_000  # transactions; below, the reference is done before a kernel is loaded

_SHARES = {"pro_rata": 0, "lowest_balance": 1, "taint_first": 2}
_LOTS = ("fifo",)


def sweep(tape: Tape, rule: Rule, engine: Engine = "auto") -> Outcome:
    """Follow the claim through the tape, all claimants together."""
    return added(each(tape, rule, engine))


def each(tape: Tape, rule: Rule, engine: Engine = "auto") -> tuple[Outcome, ...]:
    """An outcome a claimant. A rule without a compiled sweep, and several claimants, always use the reference."""
    if isinstance(rule, Settlement):
        between = find(rule.between)
        drawn = alone(tape, between, engine) if rule.alone else each(tape, between, engine)
        settled = rule.settle(tape, drawn)
        return tuple(replace(outcome, claim=claim) for outcome, claim in zip(drawn, settled, strict=True))
    if isinstance(rule, Election):
        return reference(tape, Elected.by(rule, tape))
    assert isinstance(rule, Draw)
    known = (rule.name in _SHARES or rule.name in _LOTS) and tape.claimants == 1 and not (tape.mark & INTEREST).any()
    if engine == "reference" or not known or (engine == "auto" and len(tape) < _WORTH_COMPILING):
        return reference(tape, rule)
    if engine == "auto" and sys.stderr.isatty() and "followmoney.tracing._kernel_arithmetic" not in sys.modules:
        print("Preparing the tracing sweep (a few seconds, once on this machine) …", file=sys.stderr)  # noqa: T201
    return (_shares(tape, _SHARES[rule.name]) if rule.name in _SHARES else _lots(tape),)


def compiled(rule: Rule) -> bool:
    """Whether long ledgers are swept by a kernel under this rule, and not by the reference."""
    if isinstance(rule, Settlement):
        return compiled(find(rule.between))
    return rule.name in _SHARES or rule.name in _LOTS


def alone(tape: Tape, rule: Rule, engine: Engine) -> tuple[Outcome, ...]:
    """An outcome a claimant, each as if all other money were nobody's."""
    if tape.owner is None:
        return each(tape, rule, engine)
    found: list[Outcome] = []
    for owner in range(1, tape.claimants + 1):
        mine = tape.owner == owner
        mark = tape.mark.copy()
        mark[tape.claims[~mine]] &= ~np.uint8(CLAIM)
        its = sweep(replace(tape, mark=mark, claims=tape.claims[mine], owner=None, claimants=1), rule, engine)
        carried = np.stack([its.moved[tape.claims], its.arrived[tape.claims]], axis=1)
        carried[mine] = its.carried
        found.append(replace(its, carried=carried))
    return tuple(found)


def _shares(tape: Tape, way: int) -> Outcome:
    from followmoney.tracing._kernel_shares import sweep as run

    outcome = blank(tape)
    state = np.zeros((len(tape.opening), 2), np.int64)
    state[:, 0] = tape.opening
    run(way, tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, tape.outside, state,
        outcome.moved, outcome.arrived, outcome.carried, outcome.discharged, outcome.unwound)  # fmt: skip
    return _closed(outcome, state)


def _lots(tape: Tape) -> Outcome:
    from followmoney.tracing._kernel_fifo import sweep as run

    outcome = blank(tape)
    state = np.zeros((len(tape.opening), 4), np.int64)
    state[:, 0] = tape.opening
    state[:, 2:] = -1
    slots = np.argsort(np.argsort(tape.undoes)).astype(np.int64)
    run(tape.paid, tape.got, tape.amount, tape.received, tape.mark, tape.undoes, slots, tape.outside, state,
        outcome.moved, outcome.arrived, outcome.carried, outcome.discharged, outcome.unwound)  # fmt: skip
    return _closed(outcome, state)


def _closed(outcome: Outcome, state: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Outcome:
    outcome.balance[:] = state[:, 0]
    outcome.claim[:] = state[:, 1]
    return outcome
