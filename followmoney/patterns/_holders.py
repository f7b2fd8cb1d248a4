"""`Holders`: which accounts belong to whom, and what those accounts paid and received."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from followmoney.graph._rows import Rows
    from followmoney.patterns._flows import Flows

Numbers = NDArray[np.int64]


class Holders:
    """Accounts by who holds them; an account whose holder is not known is a holder of its own.

    `flows` must know `party.id`. Cost: one sort of the accounts.
    """

    def __init__(self, flows: Flows) -> None:
        party = flows.known["party.id"]
        self.flows = flows
        self.names = party.names
        unknown = len(party.names) + np.arange(len(flows.outside))
        self.key: Numbers = np.where(party.values >= 0, party.values, unknown).astype(np.int64)
        """For every vertex a number, the same for all accounts of a holder."""
        self._order = np.argsort(self.key, kind="stable").astype(np.int64)
        self._sorted = self.key[self._order]

    def number(self, party: str) -> int:
        """The key of a party; -1 where it holds no account."""
        return self.names.number(party)

    def party(self, vertex: int) -> str | None:
        """The party that holds an account, if known."""
        key = int(self.key[vertex])
        return self.names[key] if key < len(self.names) else None

    def accounts(self, key: int) -> Numbers:
        """The accounts of a holder."""
        low, high = np.searchsorted(self._sorted, (key, key + 1))
        return self._order[low:high]

    def of(self, party: str) -> Numbers:
        """The accounts of a party; none where the ledger knows of none."""
        key = self.number(party)
        return np.empty(0, np.int64) if key < 0 else self.accounts(key)

    def paid(self, accounts: Numbers, low: int = 0, high: int | None = None) -> Numbers:
        """Rows from `low` up to `high` that debit one of these accounts, in order."""
        return _between(self.flows.out, accounts, low, high)

    def got(self, accounts: Numbers, low: int = 0, high: int | None = None) -> Numbers:
        """Rows from `low` up to `high` that credit one of these accounts, in order."""
        return _between(self.flows.into, accounts, low, high)

    def row(self, time: int) -> int:
        """The first row at or after a time."""
        return int(np.searchsorted(self.flows.time, time, "left"))


def _between(rows: Rows, accounts: Numbers, low: int, high: int | None) -> Numbers:
    found: list[Numbers] = []
    for account in accounts.tolist():
        all_rows = rows.of(account)
        start = np.searchsorted(all_rows, low)
        end = len(all_rows) if high is None else np.searchsorted(all_rows, high)
        found.append(all_rows[start:end].astype(np.int64))
    return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)
