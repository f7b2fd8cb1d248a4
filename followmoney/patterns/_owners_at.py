"""`OwnersAt`: who owns a party in the end on a day, worked out only where it is asked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from followmoney.graph.adapter import components
from followmoney.graph.ownership import effective
from followmoney.patterns._holders import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

EPOCH = date(1970, 1, 1).toordinal()
_NOISE = 1e-9  # shares are decimal fractions in binary floats


def day_of(time: int) -> date:
    """The day (UTC) of an instant."""
    return date.fromordinal(EPOCH + time // DAY)


class OwnersAt:
    """Natural persons and their shares of a party in the end, through every chain and loop, on a day.

    A person is his own owner. Shareholdings are parted into what hangs together; of each part the shares are solved
    once for every period in which nothing changes in it, and only if somebody asks for that period.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows owners.")
        ledger = self._ledger = flows.graph.ledger
        parties = ledger.parties.select("id", pl.col("kind").cast(pl.String))
        self._persons = frozenset(parties.filter(pl.col("kind") == "person")["id"])
        held = ledger.interests.filter(pl.col("kind").cast(pl.String) == "shareholding")
        names = pl.concat([held["owner"], held["owned"]]).unique().sort()
        ends = held.select(pl.col("owner", "owned").cast(pl.Enum(names)).to_physical().cast(pl.Int64)).to_numpy()
        part = components(len(names), ends) if len(names) else np.empty(0, np.int64)
        self._part = dict(zip(names, part.tolist(), strict=True))
        of_row = part[ends[:, 0]] if len(ends) else part
        self._held = {
            int(at): frame.drop("part")
            for (at,), frame in held.with_columns(pl.Series("part", of_row)).partition_by("part", as_dict=True).items()
        }
        self._days: dict[int, list[date]] = {}
        self._found: dict[tuple[int, int], dict[str, dict[str, float]]] = {}

    def of(self, party: str | None, day: date, least: float) -> frozenset[str]:
        """Who owns at least so much of it; nobody where none is known."""
        return frozenset(who for who, share in self.shares(party, day).items() if share >= least - _NOISE)

    def shares(self, party: str | None, day: date) -> dict[str, float]:
        """Least share of everybody who owns some of it."""
        if party is not None and party in self._persons:
            return {party: 1.0}
        part = self._part.get(party) if party is not None else None
        if part is None or party is None:
            return {}
        if part not in self._days:
            days = pl.concat([self._held[part]["start"], self._held[part]["end"]])
            self._days[part] = days.drop_nulls().unique().sort().to_list()
        era = bisect_right(self._days[part], day)
        if (part, era) not in self._found:
            self._found[part, era] = self._solved(part, day)
        return self._found[part, era].get(party, {})

    def common(self, one: str | None, other: str | None, day: date, least: float) -> frozenset[str]:
        """Who owns both; of one and the same party at least itself."""
        both = self.of(one, day, least) & self.of(other, day, least)
        return both or (frozenset([one]) if one is not None and one == other else both)

    def _solved(self, part: int, day: date) -> dict[str, dict[str, float]]:
        held = self._held[part]
        names = pl.concat([held["owner"], held["owned"]]).unique().implode()
        tables = {
            **self._ledger.tables,
            "interests": held,
            "parties": self._ledger.parties.filter(pl.col("id").is_in(names)),
        }
        found: dict[str, dict[str, float]] = {}
        shares = effective(replace(self._ledger, tables=tables), day).select("company", "person", "share_min")
        for company, person, share in shares.iter_rows():
            found.setdefault(company, {})[person] = share
        return found
