"""Where cash was paid in or taken out: a machine or counter where known, else a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from followmoney.patterns._spoken import listed, many

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit

USES = ("terminal", "place")


def spots(flows: Flows, at: NDArray[np.int64]) -> NDArray[np.int64]:
    """For every transaction the number of its terminal, else of its place, else -1."""
    terminal, place = flows.known["terminal"], flows.known["place"]
    town = place.values[at]
    town = np.where(town >= 0, town + len(terminal.names), -1)
    return np.where(terminal.values[at] >= 0, terminal.values[at], town)


def spoken(hit: Hit, rows: NDArray[np.int64]) -> str:
    """Where these transactions were made, in words that follow a verb; empty where nothing is known."""
    towns = hit.column("place", rows).drop_nulls().unique().sort().to_list()
    machines = hit.column("terminal", rows).drop_nulls().n_unique()
    found = f" at {many(machines, 'machine or counter')}" if machines == 1 else ""
    found = f" at {machines:,} machines or counters" if machines > 1 else found
    return f"{found} in {listed(towns)}" if towns else found


def countries(flows: Flows, accounts: NDArray[np.integer]) -> NDArray[np.int64]:
    """The country of each account, else that of its holder, by a common number; -1 for unknown."""
    own, holder = flows.known["account.country"], flows.known["party.country"]
    numbers = {name: number for number, name in enumerate(sorted({*own.names, *holder.names}))}
    of_own, of_holder = (
        np.array([*(numbers[name] for name in known.names), -1])[known.values[accounts]] for known in (own, holder)
    )
    return np.where(of_own >= 0, of_own, of_holder)


def abroad(flows: Flows, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each transaction goes from one country to another; False where a country is unknown."""
    here, there = countries(flows, flows.beneficiary[at]), countries(flows, flows.originator[at])
    return (here >= 0) & (there >= 0) & (here != there)
