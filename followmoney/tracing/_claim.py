"""The question behind bounds, cuts and documents: a claim, an end, what is asserted; answered with a named network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np
import polars as pl

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.ledger.when import last, micros
from followmoney.tracing._asserted import in_time
from followmoney.tracing._expanded import TWICE
from followmoney.tracing._one_claimant import alone
from followmoney.tracing._opening import unstated
from followmoney.tracing._places import Named, named
from followmoney.tracing._record import Record, record
from followmoney.tracing._said import count, some
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.statuses import PRESUMED

Until = str | date | datetime | None
Claim = Sequence[str] | str | Mapping[str, Sequence[str] | str]


@dataclass(frozen=True, eq=False)
class Asked:
    """A claim on a ledger up to an end, without a rule; never changes."""

    record: Record
    end: datetime | None
    owner: int | None = None
    """The number of the claimant whose money alone is meant, from 1; None: all claims together."""

    @cached_property
    def named(self) -> Named:
        """The network of this claim, with names."""
        if self.owner is None or self.record.tape.owner is None:
            return named(self.record)
        return named(*alone(self.record, self.owner))

    @cached_property
    def known(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """The least and the most by (kind, id, currency), as far as they have been looked up."""
        return {}

    def instead(self, record: Record) -> Asked:
        """The same question on another record."""
        return replace(self, record=record)


def asked(graph: FlowGraph, claim: Claim, until: Until, assertions: Sequence[Assertion] = ()) -> Asked:
    """A claim up to and including a day or instant; several claimants together."""
    return Asked(*seen_until(graph, claim, until, assertions))


def seen_until(
    graph: FlowGraph, claim: Claim, until: Until, assertions: Sequence[Assertion] = ()
) -> tuple[Record, datetime | None]:
    """The transactions of a claim up to and including a day or instant."""
    parts = claim.values() if isinstance(claim, Mapping) else [claim]
    ids = list(dict.fromkeys(name for part in parts for name in ([part] if isinstance(part, str) else part)))
    if not ids:
        raise SettingsError("No claim: name at least one transaction whose money is claimed, like claim=['t17'].")
    end = None if until is None else last(until)
    size = len(graph) if end is None else int(np.searchsorted(graph.time, micros(end), "right"))
    return record(graph, ids, size, None, assertions), end


def notes(found: Named, *, changed: bool | None = None) -> tuple[str, ...]:
    """What a reader must know to use the figures, in sentences; `changed`: whether conversions matter for them."""
    seen, network, graph = found.record, found.network, found.graph
    said: list[str] = []
    if seen.late:
        said.append(f"Booked after the end and not counted: {', '.join(seen.late)}.")
    if network.converted if changed is None else changed:
        said.append(
            "Claim money may have been converted. The bounds hold all the same, but they look at conversions one by "
            "one and round against precision, so that a narrower interval may be true."
        )
    said += _of_assertions(found)
    if (network.kind == TWICE).any():
        said.append("Claim transactions may have carried claim money already; that is counted once, at the later one.")
    if len(seen.tape.undoes):
        said.append(
            "A returned payment comes back as it went if the account that got it paid nothing in between; "
            "otherwise it is bounded like any other payment."
        )
    said += _of_openings(found)
    tied = _tied(found)
    if tied and "sequence" not in graph.ledger.numbered.columns:
        said.append(
            f"{count(tied, 'movement')} of accounts that claim money can reach have the same time as another of the "
            "account and no posting sequence; they are taken in order of identifier. Another order may give other "
            "bounds."
        )
    return tuple(said)


def _tied(found: Named) -> int:
    """How many debits of purses that claim money can reach stand beside another movement of the purse in time."""
    tape, time = found.record.tape, found.graph.time
    reached = np.zeros(len(tape.opening), np.bool_)
    reached[found.network.cone.purse] = True
    reached &= ~tape.outside
    out, into = np.flatnonzero(reached[tape.paid]), np.flatnonzero(reached[tape.got])
    moves = pl.DataFrame({
        "purse": np.concatenate([tape.paid[out], tape.got[into]]), "time": np.concatenate([time[out], time[into]]),
        "debit": np.repeat([True, False], [len(out), len(into)]),
    })  # fmt: skip
    return moves.filter(pl.len().over("purse", "time") > 1, pl.col("debit")).height


def _of_openings(found: Named) -> list[str]:
    """Accounts whose opening nobody states: other money in them at the start would change the bounds."""
    seen, graph = found.record, found.graph
    open_ = unstated(graph, seen.purses) & ~seen.tape.outside & ~seen.in_hand
    pays = np.zeros(len(open_), np.bool_)
    pays[seen.tape.paid] = True
    purses = np.unique(found.network.cone.purse)
    purses = purses[open_[purses] & pays[purses]]
    if not len(purses):
        return []
    names = sorted(set(graph.vertices["id"].gather(seen.purses.account[purses]).to_list()))
    missing = f"{count(len(names), 'account')} that claim money can reach and that paid on ({some(names)})"
    return [
        f"No opening balance is stated for {missing}: taken to start at zero. Other money at the start changes bounds."
    ]


def _of_assertions(found: Named) -> list[str]:
    """What assertions and other claimants do to the bounds."""
    seen, network = found.record, found.network
    used, _ = in_time(seen.graph, len(seen.tape), seen.assertions)
    on = sorted({a.kind for a in used if a.kind not in PRESUMED})
    said: list[str] = []
    if on:
        said.append(f"Assertions of an analyst ({', '.join(on)}) shaped these bounds; without them they may differ.")
    gained = network.row[network.tail == network.gained]
    if found.unsure:
        said.append(
            "A claim transaction may have carried money of another claimant, which stays his: of these transactions "
            "only the rest is certain, and the bounds may be wider than need be."
        )
    if (gained >= 0).any() and "interest" in on:
        said.append(
            "Interest can be claim money up to the largest share of claim money that there can have been in the "
            "account before; bounds that it matters for hold, but a narrower interval may be true."
        )
    if "backward" in on:
        said.append(
            "Claim money in a debt that is asserted to count for what the debt had bought is left in the debt here."
        )
    return said
