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
