"""What assertions change on a tape: interest, where claims end, and cash that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.ledger import when
from followmoney.tracing._purses import Purses
from followmoney.tracing._tape import INTEREST, STOP
from followmoney.tracing.assertions import Assertion, pairs, used
from followmoney.tracing.statuses import accounts

Marks = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Ends:
    """Purses with the private ones that linked cash goes through, and which purses are outside."""

    purses: Purses
    outside: NDArray[np.bool_]


def linked(graph: FlowGraph, size: int, purses: Purses, assertions: Sequence[Assertion]) -> Ends:
    """Give the cash of linked transactions a purse of its own, so that it is followed; the rest stays in hand there."""
    outside = graph.outside[purses.account]
    joined = pairs(assertions, "link")
    if not joined:
        return Ends(purses, outside)
    paid, got = purses.paid.copy(), purses.got.copy()
    account, currency = purses.account.tolist(), purses.currency.tolist()
    own: dict[int, int] = {}
    ends = graph.positions([name for pair in joined for name in pair]).reshape(-1, 2)
    for (first, second), (out, back) in zip(ends.tolist(), joined, strict=True):
        if max(first, second) >= size:
            continue
        cash, source = int(purses.got[first]), int(purses.paid[second])
        if first >= second or not outside[cash] or not outside[source] or currency[cash] != currency[source]:
            raise SettingsError(
                f"Transactions {out!r} and {back!r} cannot be linked: the first must go out to cash or an unknown end, "
                "the second come in later from such an end, in the same currency."
            )
        purse = own.get(first, own.get(second, len(account)))
        if purse == len(account):
            account.append(account[cash])
            currency.append(currency[cash])
        own[first] = own[second] = purse
        got[first] = paid[second] = purse
    private = np.zeros(len(account) - len(outside), np.bool_)
    return Ends(
        Purses(paid, got, np.array(account, np.uint32), np.array(currency, np.uint8)),
        np.concatenate([outside, private]),
    )


def marked(graph: FlowGraph, size: int, purses: Purses, mark: Marks, assertions: Sequence[Assertion]) -> dict[int, str]:
    """Mark interest and where claims end; returns position → kind for ends that the records do not show."""
    stops: dict[int, str] = {}
    interest = graph.positions(used(assertions, "interest"))
    mark[interest[interest < size]] |= INTEREST
    fees = graph.positions(used(assertions, "fee"))
    stops |= dict.fromkeys(fees[fees < size].tolist(), "fee")
    for kind in ("pooled", "good_faith"):
        meant = [at for its in accounts(graph, used(assertions, kind)).values() for at in its]
        ends = np.isin(purses.account, np.array(meant, np.uint32))[purses.got] if meant else np.zeros(0, np.bool_)
        stops |= dict.fromkeys(np.flatnonzero(ends).tolist(), kind)
    mark[list(stops)] |= STOP
    return stops


def in_time(graph: FlowGraph, size: int, assertions: Sequence[Assertion]) -> tuple[list[Assertion], list[Assertion]]:
    """Switched-on assertions about what is among the first transactions, and those about later ones, which do nothing.

    A pair needs both its transactions; others are about as many of theirs as there are.
    """
    found: tuple[list[Assertion], list[Assertion]] = [], []
    for asserted in assertions:
        if asserted.on:
            at = graph.positions([] if asserted.of_accounts else list(asserted.about))
            late = len(at) > 0 and int(at.max() if asserted.pair else at.min()) >= size
            found[late].append(asserted)
    return found


def earned(graph: FlowGraph, size: int, assertions: Sequence[Assertion]) -> dict[int, int]:
    """Position of interest that is divided by day → the first instant of the first day it was earned for."""
    found: dict[int, int] = {}
    for asserted in assertions:
        if not asserted.on or asserted.since is None:
            continue
        start = when.micros(when.first(asserted.since))
        for name, at in zip(asserted.about, graph.positions(list(asserted.about)).tolist(), strict=True):
            if start > int(graph.time[at]):
                raise SettingsError(f"Interest {name!r} was credited before {asserted.since}; give an earlier `since`.")
            if at < size:
                found[at] = start
    return found
