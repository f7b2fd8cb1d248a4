"""Which engine runs a rule over a tape: the reference for small tapes, a compiled sweep for large ones."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from followmoney.tracing import _run_lots, _run_shares
from followmoney.tracing._apart import Apart
from followmoney.tracing._catalogue import find
from followmoney.tracing._elected import Elected
from followmoney.tracing._reference import sweep as reference
from followmoney.tracing._tape import CLAIM, Outcome, Tape, added
from followmoney.tracing.rule import Draw, Election, Rule, Settlement

Engine = Literal["auto", "reference", "compiled"]

Kept = dict[Rule, Sequence[Outcome] | None]
"""Sweeps to be done once: None until they are."""

_WORTH_COMPILING = 50_000  # transactions; below, the reference is done before a kernel is loaded

_COMPILED = (_run_shares, _run_lots)


def sweep(tape: Tape, rule: Rule, engine: Engine = "auto") -> Outcome:
    """Follow the claim through the tape, all claimants together."""
    return added(each(tape, rule, engine))


def each(tape: Tape, rule: Rule, engine: Engine = "auto", kept: Kept | None = None) -> Sequence[Outcome]:
    """An outcome a claimant. Where there is no compiled sweep for a rule and a tape, the reference follows it.

    The sweeps `kept` asks for are done once, where several rules over one tape rest on them.
    """
    if isinstance(rule, Settlement):
        between = find(rule.between)
        drawn = alone(tape, between, engine, kept) if rule.alone else each(tape, between, engine, kept)
        settled = rule.settle(tape, drawn)
        if isinstance(drawn, Apart):
            return drawn.settled(settled)
        return tuple(replace(outcome, claim=claim) for outcome, claim in zip(drawn, settled, strict=True))
    if kept is not None and rule in kept:
        kept[rule] = done = kept[rule] or each(tape, rule, engine)
        return done
    if isinstance(rule, Election):
        rule = Elected.by(rule, tape)
    assert isinstance(rule, Draw)
    rule = rule.on(tape)
    run = next((some.run for some in _COMPILED if some.possible(rule, tape)), None)
    if run is None or tape.earned or engine == "reference" or (engine == "auto" and len(tape) < _WORTH_COMPILING):
        return reference(tape, rule)
    if engine == "auto" and sys.stderr.isatty() and "followmoney.tracing._kernel_arithmetic" not in sys.modules:
        print("Preparing the tracing sweep (a few seconds, once on this machine) …", file=sys.stderr)  # noqa: T201
    return run(rule, tape)


def shared_sweeps(rules: Iterable[Rule]) -> Kept:
    """The sweeps that settlements among these rules rest on."""
    return {find(rule.between): None for rule in rules if isinstance(rule, Settlement)}


def compiled(rule: Rule, tape: Tape | None = None) -> bool:
    """Whether long ledgers are swept by a kernel under this rule, and not by the reference; or whether this tape is."""
    if isinstance(rule, Settlement):
        return compiled(find(rule.between), None if rule.alone else tape)
    if tape is None or not isinstance(rule, Draw):
        return any(some.known(rule) for some in _COMPILED)
    rule = rule.on(tape)
    return not tape.earned and any(some.possible(rule, tape) for some in _COMPILED)


def alone(tape: Tape, rule: Rule, engine: Engine, kept: Kept | None = None) -> Sequence[Outcome]:
    """An outcome a claimant, each as if all other money were nobody's."""
    return (
        each(tape, rule, engine, kept) if tape.owner is None else Apart.gathered(tape, _one_by_one(tape, rule, engine))
    )


def _one_by_one(tape: Tape, rule: Rule, engine: Engine) -> Iterator[Outcome]:
    for owner in range(1, tape.claimants + 1):
        mine = tape.owner == owner
        mark = tape.mark.copy()
        mark[tape.claims[~mine]] &= ~np.uint8(CLAIM)
        its = sweep(replace(tape, mark=mark, claims=tape.claims[mine], owner=None, claimants=1), rule, engine)
        carried = np.stack([its.moved[tape.claims], its.arrived[tape.claims]], axis=1)
        carried[mine] = its.carried
        yield replace(its, carried=carried)
