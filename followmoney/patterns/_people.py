"""Who paid cash in, and who holds the accounts: numbers that can be compared, and names that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

USES = ("conductor", "party.id", "party.name")


def depositors(flows: Flows, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Who paid in, by number: the conductor where one is named, else the account debited; -1 where neither is known.

    The holder of the account (by identifier or by name) is -1 too: only what others paid in counts.
    """
    conductor, payer, account = flows.known["conductor"], flows.originator[at], flows.beneficiary[at]
    who = conductor.values[at]
    other = np.where(flows.outside[payer], -1, payer.astype(np.int64) + len(conductor.names))
    found = np.where(who >= 0, who, other)
    for column in ("party.id", "party.name"):
        holder = flows.known[column]
        same = np.array([holder.number(name) for name in conductor.names], np.int64)
        if len(same):
            found[(who >= 0) & (same[who] == holder.values[account])] = -1
    holder = flows.known["party.id"].values
    found[(who < 0) & (holder[payer] >= 0) & (holder[payer] == holder[account])] = -1
    return found


def names(hit: Hit, identifiers: Iterable[str]) -> list[str]:
    """The names of parties, sorted; where none is known, what was given."""
    given = sorted(set(identifiers))
    parties = hit.graph.ledger.tables.get("parties")
    if parties is None or "name" not in parties.columns:
        return given
    known = dict(parties.select("id", "name").drop_nulls().iter_rows())
    return sorted({str(known.get(name, name)) for name in given})
