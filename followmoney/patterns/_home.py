"""The way money took before it came home: a search backwards from its last transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from followmoney.patterns._holders import Holders
from followmoney.patterns._owners_at import OwnersAt, day_of

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows


@dataclass
class Home:
    """Where accounts are at home, and whether two of them have one owner."""

    flows: Flows
    owned: float
    holders: Holders = field(init=False)
    owners: OwnersAt = field(init=False)

    def __post_init__(self) -> None:
        """Look up who holds what."""
        self.holders = self.flows.once(Holders)
        self.owners = self.flows.once(OwnersAt)

    def countries(self, vertex: int) -> list[str]:
        """Country of who holds an account, and of the account, as far as known."""
        columns = (self.flows.known[name] for name in ("party.country", "account.country"))
        return [c.names[c.values[vertex]] for c in columns if c.values[vertex] >= 0]

    def closes(self, first: int, last: int, middle: list[int], time: int) -> bool:
        """Whether both ends belong to one owner in one country, and something in the middle is in another."""
        at_home = {self.countries(v)[0] if self.countries(v) else None for v in (first, last)}
        if len(at_home) > 1 or None in at_home:
            return False
        if not any(c not in at_home for v in middle for c in self.countries(v)):
            return False
        one, other = self.holders.party(first), self.holders.party(last)
        return bool(self.owners.common(one, other, day_of(time), self.owned))


def way_home(
    home: Home, end: int, span: int, longest: int, bounds: tuple[int, int, int, int], *, budget: int
) -> list[int] | None:
    """Rows of the best way that ends at a row, in order; none; or None where the budget was used up.

    `bounds` are two fractions: least and most that is handed on of what came in.
    Cost: by level, every row is looked at that credits an account on the way within the span.
    """
    flows = home.flows
    low, of_low, high, of_high = bounds
    payer, payee = flows.originator, flows.beneficiary
    begin = home.holders.row(int(flows.time[end]) - span)
    target = int(payee[end])
    if int(payer[end]) == target:
        return []
    level, looks = [[end]], 0
    for _ in range(longest - 1):
        further: list[list[int]] = []
        for way in level:
            row, at = way[0], int(payer[way[0]])
            rows = flows.into.of(at)
            rows = rows[np.searchsorted(rows, begin) : np.searchsorted(rows, row)]
            looks += len(rows)
            if looks > budget:
                return None
            got, paid = flows.received[rows], flows.amount[row]
            fits = (flows.currency_received[rows] == flows.currency[row]) & (paid * of_low >= got * low)
            rows = rows[fits & (paid * of_high <= got * high) & ~flows.outside[payer[rows]]]
            visited = {int(payer[r]) for r in way}
            for before in rows[::-1].tolist():
                start = int(payer[before])
                if start in visited:
                    continue
                found = [before, *way]
                middle = [int(payer[r]) for r in way]
                if home.closes(start, target, middle, int(flows.time[end])):
                    return found
                if start != target:
                    further.append(found)
        level = further
    return []
