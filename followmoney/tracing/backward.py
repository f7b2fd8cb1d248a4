"""Tracing backwards through a debt (`backward`): only where an analyst asserts that debt and purchase were one plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from followmoney.errors import SettingsError
from followmoney.tracing.assertions import pairs

if TYPE_CHECKING:
    from followmoney.tracing.traced import Trace


@dataclass(frozen=True)
class Moved:
    """Claim money that paid off a debt, and counts for what the debt had bought."""

    at: int
    """Position of the credit that paid off the debt."""
    kind: str
    """`asset`, or `backward` for what a payment bought that is no asset in the records."""
    to: str
    """The asset, or the payee."""
    claim: int


def backward(trace: Trace) -> list[Moved]:
    """What the asserted links move out of debts, in order of assertion; nothing without an assertion.

    Off by default. The debt paid off by the later credit is the most that can be moved, once; where the first is a
    payment in the records, no more than it paid.

    Favours: the claimant.
    Source: Federal Republic of Brazil v Durant [2015] UKPC 35: coordination between the depletion of the trust fund and
    the acquisition of the asset, looking at the whole transaction; Bishopsgate v Homan [1995] Ch 211 without it.
    Mistakes: counting the money in the debt and in the asset, that is twice.
    """
    links = pairs(trace.record.assertions, "backward")
    if not links:
        return []
    left = dict(zip(trace.flows.at.tolist(), trace.flows.discharged.tolist(), strict=True))
    assets = set(trace.graph.ledger["assets"]["id"].to_list())
    room: dict[str, int] = {}
    found: list[Moved] = []
    for first, second in links:
        credit = int(trace.graph.positions([second])[0])
        owed = left.get(credit, 0)
        if first in assets:
            kind, to, most = "asset", first, owed
        else:
            debit = int(trace.graph.positions([first])[0])
            if debit >= credit:
                raise SettingsError(
                    f"A backward link goes from an earlier payment to a later credit: {first!r} is later."
                )
            if trace.graph.originator[debit] != trace.graph.beneficiary[credit]:
                raise SettingsError(f"{first!r} was not paid by the account that {second!r} was paid to; name another.")
            payee = trace.graph.vertices["id"][int(trace.graph.beneficiary[debit])]
            asset = trace.record.assets.get(debit)
            kind, to = ("asset", asset) if asset else ("backward", payee)
            most = room.setdefault(first, int(trace.graph.amount[debit]))
        if part := min(most, owed):
            left[credit] = owed - part
            room[first] = most - part
            found.append(Moved(credit, kind, to, part))
    return found


def by_movement(trace: Trace) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """By movement of claim money: what was moved out of the debt it paid off."""
    sums = np.zeros(len(trace.flows.at), np.int64)
    for moved in backward(trace):
        sums[np.searchsorted(trace.flows.at, moved.at)] += moved.claim
    return sums


def forward_and_backward(before: int, after: int) -> dict[str, int]:
    """The figures of Durant: what came before the last payment out, alone, and by coordination with what came after."""
    return {"forward_only": before, "with_coordination": before + after, "backward_part": after}
