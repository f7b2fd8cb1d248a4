"""What the records say of the order of transactions that share an instant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from followmoney.tracing._record import Record
from followmoney.tracing.assertions import pairs


@dataclass(frozen=True)
class Known:
    """By position: posting sequences, and pairs of which the first is known to come first."""

    posted: dict[int, int]
    follow: frozenset[tuple[int, int]]

    def pairs(self, group: list[int]) -> list[list[int]]:
        """The known pairs within a group."""
        inside = set(group)
        return sorted([first, then] for first, then in self.follow if {first, then} <= inside)

    def after(self, members: list[int]) -> dict[int, set[int]]:
        """Position → some that come before it, enough to know all of them; empty where nothing is known."""
        found: dict[int, set[int]] = {}
        for first, then in self.pairs(members):
            found.setdefault(then, set()).add(first)
        ranks: dict[int, set[int]] = {}
        for at in members:
            if at in self.posted:
                ranks.setdefault(self.posted[at], set()).add(at)
        before: set[int] = set()
        for rank in sorted(ranks):
            for at in ranks[rank] if before else ():
                found.setdefault(at, set()).update(before)
            before = ranks[rank]
        return found


def known_order(record: Record, rows: NDArray[np.intp]) -> Known:
    """What is known of the order of these transactions.

    The posting sequence where both have one; else a payment comes before its return, and the first of a link before
    the second.
    """
    numbered = record.graph.ledger.numbered
    there = [name for name in ("id", "sequence", "reverses") if name in numbered.columns]
    frame = numbered[record.graph.columns.number[rows]].select(there).to_dict(as_series=False)
    at = dict(zip(frame["id"], rows.tolist(), strict=True))
    posted = {
        row: sequence
        for row, sequence in zip(rows.tolist(), frame.get("sequence", ()), strict=False)
        if sequence is not None
    }
    said = [(first, then) for kind in ("link", "backward") for first, then in pairs(record.assertions, kind)]
    said += [(first, then) for first, then in zip(frame.get("reverses", ()), frame["id"], strict=False) if first]
    follow = {(at[first], at[then]) for first, then in said if first in at and then in at and first != then}
    return Known(posted, frozenset(pair for pair in follow if not set(pair) <= posted.keys()
                                   or posted[pair[0]] == posted[pair[1]]))  # fmt: skip
