"""From a flow graph to a tape: purses, openings, claims, assets, returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.tracing._asserted import earned, linked, marked
from followmoney.tracing._opening import openings
from followmoney.tracing._overflow import refuse_overflow
from followmoney.tracing._purses import Purses, purses
from followmoney.tracing._returns import returns
from followmoney.tracing._tape import CLAIM, STOP, UNDO, UNDONE, Tape
from followmoney.tracing._worth import worth
from followmoney.tracing.assertions import Assertion, listed
from followmoney.tracing.statuses import by_account


@dataclass(frozen=True, eq=False)
class Record:
    """A tape, and what its numbers stand for."""

    graph: FlowGraph
    tape: Tape
    purses: Purses
    claim: tuple[str, ...]
    """The claim transactions by identifier, in order of booking."""
    assets: Mapping[int, str]
    """Position of a transaction that paid for an asset → the asset."""
    late: tuple[str, ...]
    """Claim transactions booked after the end of the trace."""
    ordinary_returns: NDArray[np.int64]
    """Positions of transactions said to reverse another one, but not the same money between the same accounts."""
    owners: Mapping[str, int] | None = None
    """Claim transaction → number of the claimant, from 1; None: there is one claimant."""
    assertions: tuple[Assertion, ...] = ()
    """What the analyst asserts beyond the records."""
    stops: Mapping[int, str] = field(default_factory=dict[int, str])
    """Position of a transaction by which the claim ends, as asserted → fee, pooled or good_faith."""

    @cached_property
    def in_hand(self) -> NDArray[np.bool_]:
        """By purse: the cash of linked transactions; what was not paid in again is in hand, not in an account."""
        return self.graph.outside[self.purses.account] & ~self.tape.outside


def record(
    graph: FlowGraph,
    claim: Sequence[str],
    size: int,
    owners: Mapping[str, int] | None = None,
    assertions: Sequence[Assertion] = (),
) -> Record:
    """Prepare the first `size` transactions of a graph for tracing; `claim` names transactions of the graph.

    `owners` says which claimant's each claim transaction is, by number from 1; None: there is one claimant.
    """
    if graph.vertices is not graph.ledger.accounts and not graph.vertices["id"].equals(graph.ledger.accounts["id"]):
        raise SettingsError(
            "This graph is folded: its vertices are not accounts, and a tracing rule looks at what an account holds. "
            "Trace on FlowGraph(ledger), then group the holders by party."
        )
    assertions = listed(assertions)
    named = graph.positions(list(claim))
    order = np.argsort(named, kind="stable")
    places: list[int] = order.tolist()
    ids, claims = tuple(claim[at] for at in places), named[order]
    late, claims = ids[int((claims < size).sum()) :], claims[claims < size]
    owner = None
    if owners is not None:
        owner = np.array([owners[name] for name in ids[: len(claims)]], np.int64)
    ends = linked(graph, size, purses(graph, size), assertions)
    place, outside = ends.purses, ends.outside
    assets = _assets(graph, size)
    amount = graph.columns.amount[:size]
    received = amount if graph.columns.received is graph.columns.amount else graph.columns.received[:size]
    mark = np.zeros(size, np.uint8)
    mark[claims] = CLAIM
    if outside.any():
        mark |= outside[place.got] * np.uint8(STOP)
    mark[list(assets)] |= STOP
    stops = marked(graph, size, place, mark, assertions)
    back = returns(graph, size, place, mark)
    mark[back.at] |= UNDO
    mark[back.first] |= UNDONE
    opening = np.where(outside, 0, openings(graph, place))
    status = by_account(graph, assertions)
    numbers = {asset: number for number, asset in enumerate(sorted(set(assets.values())))}
    worths = {numbers[asset]: its for asset, its in worth(graph).items() if asset in numbers} if numbers else {}
    tape = Tape(
        place.paid, place.got, amount, received, mark, claims, back.first, opening, outside, owner,
        max(owners.values()) if owners else 1, graph.time[:size],
        place.currency, {at: numbers[asset] for at, asset in assets.items()},
        status=None if status is None else status[place.account], worth=worths, earned=earned(graph, size, assertions),
    )  # fmt: skip
    refuse_overflow(tape, graph, place)
    return Record(graph, tape, place, ids, assets, late, back.ordinary, owners, assertions, stops)


def _assets(graph: FlowGraph, size: int) -> dict[int, str]:
    """Which transactions paid for which asset."""
    paid = graph.ledger.purchases().rename({"transaction": "id"})
    at = graph.located(paid["id"]).filter(pl.col("at") < size) if len(paid) else paid.select("id", at=pl.lit(0))
    return dict(at.join(paid, on="id").sort("at").select("at", "asset").iter_rows())
