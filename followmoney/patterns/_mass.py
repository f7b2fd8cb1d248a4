"""`Crowds`: how many companies have one address on a day, and who of them paid whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph.connected import connected
from followmoney.patterns._holders import Holders
from followmoney.patterns._register import places
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

_PLACE = ("what", "party")


class Crowds:
    """Companies (and trusts) by address, for every day on which somebody comes or goes.

    `flows` must know `party.id`. Cost: a few sorts of the table `addresses`.
    """

    def __init__(self, flows: Flows) -> None:
        if flows.graph is None:
            raise ValueError("Only the whole graph knows registers.")
        self._flows, ledger = flows, flows.graph.ledger
        company = ledger.parties.filter(pl.col("kind").cast(pl.String).is_in(["company", "trust"]))
        every = places(ledger, company["id"]).collect()
        self.spelt = every.group_by("what").agg(pl.col("spelt").min())
        self._at = _merged(every.filter(pl.col("since") < pl.col("until")))
        self._paid: dict[int, pl.DataFrame] = {}

    @cached_property
    def sizes(self) -> pl.DataFrame:
        """How many companies have an address from a day on: what, day, crowd; in this order."""
        came = self._at.select("what", day="since", crowd=pl.lit(1))
        left = self._at.select("what", day="until", crowd=pl.lit(-1))
        changes = pl.concat([came, left]).group_by("what", "day").agg(pl.col("crowd").sum()).sort("what", "day")
        return changes.with_columns(pl.col("crowd").cum_sum().over("what"))

    def paid(self, least: int) -> pl.DataFrame:
        """Payments between two parties of one address that at least so many have on that day.

        Columns row, what, crowd, in order of row and what; a row a payment and address. Cost: one pass over the
        transactions, and a look at each payment between two that ever had such an address.
        """
        if least not in self._paid:
            self._paid[least] = self._between(least)
        return self._paid[least]

    def _between(self, least: int) -> pl.DataFrame:
        flows, holders = self._flows, self._flows.once(Holders)
        wide = self.sizes.filter(pl.col("crowd") >= least).select("what").unique()
        keys = pl.DataFrame({"party": holders.names.series, "key": np.arange(len(holders.names))})
        at = self._at.join(wide, on="what", how="semi").join(keys, on="party")
        inside = np.zeros(len(holders.names) + len(flows.outside), bool)
        inside[at["key"].to_numpy()] = True
        mine = inside[holders.key]
        among = np.flatnonzero(mine[flows.originator] & mine[flows.beneficiary])
        payer, payee = holders.key[flows.originator[among]], holders.key[flows.beneficiary[among]]
        paid = pl.DataFrame({"row": among, "payer": payer, "payee": payee, "day": flows.time[among] // DAY})
        on = (pl.col("since") <= pl.col("day")) & (pl.col("day") < pl.col("until"))
        both = paid.filter(pl.col("payer") != pl.col("payee"))
        for end, held in (("payer", ["key"]), ("payee", ["key", "what"])):
            both = both.join(at.drop("party"), left_on=[end, *held[1:]], right_on=held).filter(on)
            both = both.drop("since", "until")
        both = both.sort("day").join_asof(self.sizes.sort("day"), on="day", by="what", check_sortedness=False)
        return both.filter(pl.col("crowd") >= least).select("row", "what", "crowd").sort("row", "what")

    def widest(self, least: int, rows: NDArray[np.int64]) -> tuple[str, int]:
        """Of the addresses at which these payments were made the one that most have, and how many do."""
        found = (
            self.paid(least)
            .filter(pl.col("row").is_in(rows.tolist()))
            .sort("crowd", "what", "row", descending=[True, False, False])
        )
        return found["what"][0], int(found["crowd"][0])


def together(
    flows: Flows, rows: NDArray[np.int64], place: NDArray[np.int64], span: int, companies: int
) -> NDArray[np.int64]:
    """By number what hangs together of payments (in order of time) at a place: by a company, and so near in time.

    -1 for what has fewer companies than asked for.
    """
    key, number = flows.once(Holders).key, np.arange(len(rows))
    company = np.r_[key[flows.originator[rows]], key[flows.beneficiary[rows]]]
    places, numbers = np.tile(place, 2), np.tile(number, 2)
    order = np.lexsort((numbers, company, places))
    a, b = order[:-1], order[1:]
    near = flows.time[rows[numbers[b]]] - flows.time[rows[numbers[a]]] <= span
    near &= (company[a] == company[b]) & (places[a] == places[b])
    hit = connected(len(rows), np.stack([numbers[a[near]], numbers[b[near]]], axis=1))
    members = np.unique(np.stack([np.tile(hit, 2), company]), axis=1)[0]
    many = np.bincount(members, minlength=1)[hit] if len(rows) else hit
    return np.where(many >= companies, hit, -1).astype(np.int64)


def _merged(every: pl.DataFrame) -> pl.DataFrame:
    """Times of one party at one address that touch or overlap as one."""
    rows = every.select(*_PLACE, "since", "until").sort(*_PLACE, "since", "until")
    before = pl.col("until").cum_max().shift(1).over(_PLACE)
    apart = (pl.col("since") > before).fill_null(value=True).cum_sum().alias("time")
    rows = rows.with_columns(apart).group_by(*_PLACE, "time").agg(pl.col("since").min(), pl.col("until").max())
    return rows.drop("time")
