"""Who paid cash in, and who holds the accounts: numbers that can be compared, and names that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

USES = ("conductor", "party.id", "party.name")


def who_paid(flows: Flows, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Who paid in, by number: the conductor where one is named, else the account debited; -1 where neither is known."""
    conductor, payer = flows.known["conductor"], flows.originator[at]
    other = np.where(flows.outside[payer], -1, payer.astype(np.int64) + len(conductor.names))
    return np.where(conductor.values[at] >= 0, conductor.values[at], other)


def depositors(flows: Flows, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Who paid in, but the holder of the account (by identifier or by name) is -1 too: what others paid in counts."""
    conductor, payer, account = flows.known["conductor"], flows.originator[at], flows.beneficiary[at]
    who, found = conductor.values[at], who_paid(flows, at)
    for column in ("party.id", "party.name"):
        holder = flows.known[column]
        same = holder.names.numbers(conductor.names.series)
        same[same < 0] = -2
        found[(who >= 0) & (same[who] == holder.values[account])] = -1
    holder = flows.known["party.id"].values
    found[(who < 0) & (holder[payer] >= 0) & (holder[payer] == holder[account])] = -1
    return found


def named(hit: Hit, identifiers: Iterable[str]) -> dict[str, str]:
    """The name of each of these parties; what was given where none is known, as for a name as written."""
    given = set(identifiers)
    parties = hit.graph.ledger.tables.get("parties")
    if parties is None or "name" not in parties.columns:
        return {name: name for name in given}
    known = parties.select("id", "name").filter(pl.col("id").is_in(list(given))).drop_nulls()
    return {name: name for name in given} | dict(known.iter_rows())


def names(hit: Hit, identifiers: Iterable[str]) -> list[str]:
    """The names of parties, sorted."""
    return sorted(set(named(hit, identifiers).values()))
