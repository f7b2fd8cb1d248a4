"""`OwnersAt`: who owns a party in the end on a day, worked out only where it is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph.ownership import effective
from followmoney.patterns._index import Directory
from followmoney.patterns._register import kinds
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

EPOCH = date(1970, 1, 1).toordinal()
_NOISE = 1e-9  # shares are decimal fractions in binary floats
_SAME = ("owner", "owned", "share_min", "share_max", "start", "end")
_NOBODY: dict[str, float] = {}


def day_of(time: int) -> date:
    """The day (UTC) of an instant."""
    return date.fromordinal(EPOCH + time // DAY)


def strangers(flows: Flows, rows: NDArray[np.int64], asked: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """Of these rows, those asked for between two parties that have no owner of so much in common on that day."""
    from followmoney.patterns._holders import Holders

    holders, owners = flows.once(Holders), flows.once(OwnersAt)
    found = asked.copy()
    for i in np.flatnonzero(asked).tolist():
        one, other = (holders.party(int(end[rows[i]])) for end in (flows.originator, flows.beneficiary))
        found[i] = not owners.common(one, other, day_of(int(flows.time[rows[i]])), least)
    return found


class OwnersAt:
    """Natural persons and their least shares of a party in the end, as `followmoney.effective` says them, on a day.

    A person is his own owner. Cost: one pass over the holdings; then, for every party and day asked for, only what is
    above it: shares are multiplied along chains and added, and solved by `effective` where they go round in a circle.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows owners.")
        ledger = self._ledger = flows.graph.ledger
        self._kind: Directory[str] = flows.once(kinds)
        straight = (pl.col("kind").cast(pl.String) == "shareholding") & pl.col("direct").fill_null(value=True)
        self._held = ledger.interests.filter(straight)
        told = self._held.with_row_index("at").group_by(*_SAME, "source").agg(pl.len().alias("times"), pl.col("at"))
        once = told.sort("times", "source", descending=[True, False]).group_by(_SAME, maintain_order=True).first()
        self._above = defaultdict[str, list[tuple[str, float, date | None, date | None, list[int]]]](list)
        person = ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"].implode()
        self._persons = frozenset(once.filter(pl.col("owner").is_in(person))["owner"])
        """Of the owners those that are natural persons."""
        columns = ("owner", "owned", "share_min", "times", "start", "end", "at")
        sane = once.filter(~pl.col("owned").is_in(person).fill_null(value=False))
        for owner, owned, share, times, start, end, at in sane.sort(_SAME).select(columns).iter_rows():
            self._above[owned].append((owner, (share or 0.0) * times, start, end, at))
        self._found: dict[tuple[str, date], dict[str, float]] = {}
        self._reached: dict[str, frozenset[str]] = {}

    def of(self, party: str | None, day: date, least: float) -> frozenset[str]:
        """Who owns at least so much of it; nobody where none is known."""
        return frozenset(who for who, share in self.shares(party, day).items() if share >= least - _NOISE)

    def shares(self, party: str | None, day: date) -> dict[str, float]:
        """Least share of everybody who owns some of it."""
        if party is None:
            return _NOBODY
        if party not in self._above:
            return {party: 1.0} if self._kind.get(party) == "person" else _NOBODY
        if (party, day) not in self._found:
            self._found[party, day] = self._climbed(party, day)
        return self._found[party, day]

    def common(self, one: str | None, other: str | None, day: date, least: float) -> frozenset[str]:
        """Who owns both; of one and the same party at least itself."""
        both = self.of(one, day, least) & self.of(other, day, least)
        return both or (frozenset([one]) if one is not None and one == other else both)

    def below(self, owner: str) -> frozenset[str]:
        """The owner, and every party that some of it reaches on whatever day."""
        if owner not in self._reached:
            found, waiting = {owner}, [owner]
            while waiting:
                more = self._under.get(waiting.pop(), set[str]()) - found
                found |= more
                waiting += more
            self._reached[owner] = frozenset(found)
        return self._reached[owner]

    @cached_property
    def _under(self) -> dict[str, set[str]]:
        """What everybody holds directly, on whatever day."""
        found = defaultdict[str, set[str]](set)
        for owned, above in self._above.items():
            for owner, *_ in above:
                found[owner].add(owned)
        return dict(found)

    def directly(self, owner: str, company: str, day: date) -> float:
        """The least share somebody holds directly in a company."""
        return sum(share for who, share in self._owners(company, day) if who == owner)

    def _owners(self, company: str, day: date) -> list[tuple[str, float]]:
        held = self._above.get(company, [])
        return [
            (o, s) for o, s, start, end, _ in held if (start is None or start <= day) and (end is None or end > day)
        ]

    def _climbed(self, party: str, day: date) -> dict[str, float]:
        """Owners first, by a walk upwards; where it comes back to where it is, the circle is solved."""
        done: dict[str, dict[str, float]] = {}
        way: dict[str, list[str]] = {party: [o for o, _ in self._owners(party, day)]}
        while way:
            at = next(reversed(way))
            if way[at]:
                owner = way[at].pop()
                if owner in way:
                    return self._solved(party, day)
                if owner not in done and owner not in self._persons:
                    way[owner] = [o for o, _ in self._owners(owner, day)]
                continue
            shares = done[at] = {}
            for owner, share in self._owners(at, day):
                for person, part in ({owner: 1.0} if owner in self._persons else done[owner]).items():
                    shares[person] = shares.get(person, 0.0) + part * share
            del way[at]
        return {person: share for person, share in done[party].items() if share > 0}

    def _solved(self, party: str, day: date) -> dict[str, float]:
        cone, waiting = {party}, [party]
        while waiting:
            above = {o for o, _ in self._owners(waiting.pop(), day)} - cone
            cone |= above
            waiting += above
        rows = sorted(row for company in cone for *_, at in self._above.get(company, []) for row in at)
        kinds = ["person" if who in self._persons else "company" for who in sorted(cone)]
        tables = {"interests": self._held[rows], "parties": pl.DataFrame({"id": sorted(cone), "kind": kinds})}
        shares = effective(replace(self._ledger, tables={**self._ledger.tables, **tables}), day)
        mine = shares.filter((pl.col("company") == party) & (pl.col("share_min") > 0))
        return dict(mine.select("person", "share_min").iter_rows())
