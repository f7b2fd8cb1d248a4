"""Which movements the workbook recomputes: all of every account that claim money can reach, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from followmoney.languages import mark
from followmoney.tracing import trace as ask

if TYPE_CHECKING:
    from followmoney.tracing import Trace

RULES = {
    "pro_rata": mark("Pro rata"), "lowest_balance": mark("Lowest balance"), "fifo": mark("First in, first out"),
}  # fmt: skip
"""The rules that are recomputed, in order of columns."""
MOVEMENTS = 50_000
"""The most rows of the ledger; a spreadsheet ends at 1,048,576, and takes minutes long before."""
CLAIM, STOP, UNDO, INTEREST = 1, 2, 4, 16  # marks of a tape


@dataclass(frozen=True, eq=False)
class Plan:
    """The same claim under each of the three rules, all claimants as one, and the transactions to be shown."""

    traces: dict[str, Trace]
    purses: tuple[int, ...]
    """The purses (an account in one currency) that claim money can reach, in order of reach."""
    at: tuple[int, ...]
    """Positions of their transactions, in order."""
    whole: bool
    """False where there are more movements than the sheet may have; the first are there."""

    @property
    def trace(self) -> Trace:
        """Any of the traces: what does not depend on the rule."""
        return next(iter(self.traces.values()))

    @cached_property
    def returned(self) -> dict[int, int]:
        """Position of a returned payment → the payment it returns."""
        tape = self.trace.record.tape
        return dict(zip(np.flatnonzero(tape.mark & UNDO).tolist(), tape.undoes.tolist(), strict=True))

    @cached_property
    def figures(self) -> dict[str, dict[int, tuple[int, int]]]:
        """What the engine says: by rule and position, claim money that left the payer and that joined the payee."""
        return {
            rule: {
                at: (out, into)
                for at, out, into in zip(
                    t.flows.at.tolist(), t.flows.taken.tolist(), t.flows.given.tolist(), strict=True
                )
            }
            for rule, t in self.traces.items()
        }


def plan(trace: Trace) -> Plan:
    """Ask the question of a trace again under the three rules, and find what to show."""
    claim, until = list(trace.claim), trace.until
    traces = {rule: ask(trace.graph, claim, rule, until, trace.record.assertions) for rule in RULES}
    tape = next(iter(traces.values())).record.tape
    paid, got, stops = tape.paid.tolist(), tape.got.tolist(), (tape.mark & STOP > 0).tolist()
    reached: dict[int, None] = {}
    claims = set(tape.claims.tolist())
    for at, (payer, payee) in enumerate(zip(paid, got, strict=True)):
        if (at in claims or payer in reached) and not stops[at]:
            reached.setdefault(payee)
    purses = tuple(purse for purse in reached if not tape.outside[purse])
    kept = np.zeros(len(tape.opening), np.bool_)
    kept[list(purses)] = True
    rows = kept[tape.paid].astype(np.int64) + kept[tape.got]
    touched = np.flatnonzero(rows)
    size = int(np.searchsorted(np.cumsum(rows[touched]), MOVEMENTS, "right"))
    return Plan(traces, purses, tuple(touched[:size].tolist()), size == len(touched))
