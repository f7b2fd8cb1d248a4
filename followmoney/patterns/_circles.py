"""Companies that own each other in a circle, and the money between them while they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.graph.adapter import components
from followmoney.patterns._holders import Holders
from followmoney.patterns._names import Names
from followmoney.patterns._owners_at import OwnersAt, day_of
from followmoney.schema.clock import DAY

if TYPE_CHECKING:
    from followmoney.patterns._flows import Flows

Numbers = NDArray[np.int64]

_EVER = 2**31 - 1
_NOISE = 1e-9  # shares are decimal fractions in binary floats


def circle_rows(flows: Flows) -> tuple[Numbers, Numbers]:
    """Rows between companies of one circle while it exists, and the circle of each by number.

    Circles of all holdings together are found first, in one pass; days are looked at only inside of them.
    """
    holders, held = flows.once(Holders), flows.once(holdings)
    names = pl.concat([held["owner"], held["owned"]]).unique().sort()
    if not len(names):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    ends = held.select(pl.col("owner", "owned").cast(pl.Enum(names)).to_physical().cast(pl.Int64)).to_numpy()
    part = components(len(names), ends, strong=True)
    part = np.where(np.bincount(part)[part] > 1, part, -1)
    inside = np.flatnonzero((part[ends[:, 0]] >= 0) & (part[ends[:, 0]] == part[ends[:, 1]]))
    inside = inside[np.argsort(part[ends[inside, 0]], kind="stable")]
    ends, since, until = ends[inside], held["since"].to_numpy()[inside], held["until"].to_numpy()[inside]
    of_holding = part[ends[:, 0]]
    known = np.append(Names(names).numbers(holders.names.series), -1)
    company = known[np.where(holders.key < len(holders.names), holders.key, -1)]
    circle = np.where(company >= 0, part[company], -1)
    payer, payee = flows.originator, flows.beneficiary
    rows = np.flatnonzero((circle[payer] >= 0) & (circle[payer] == circle[payee]) & (company[payer] != company[payee]))
    day, of_row = flows.time[rows] // DAY, circle[payer[rows]]
    pairs = np.stack([company[payer[rows]], company[payee[rows]]], axis=1)
    order = np.argsort(of_row, kind="stable")
    kept = np.zeros(len(rows), bool)
    for mine in np.split(order, np.flatnonzero(np.diff(of_row[order])) + 1) if len(rows) else []:
        low, high = np.searchsorted(of_holding, (of_row[mine[0]], of_row[mine[0]] + 1))
        kept[mine] = _on_the_day(ends[low:high], since[low:high], until[low:high], pairs[mine], day[mine])
    return rows[kept].astype(np.int64), of_row[kept]


def _on_the_day(ends: Numbers, since: Numbers, until: Numbers, pairs: Numbers, day: Numbers) -> NDArray[np.bool_]:
    """Of pairs of companies in one circle of all holdings: whether they are in one on their day."""
    members = np.unique(ends)
    local, asked = np.searchsorted(members, ends), np.searchsorted(members, pairs)
    turn = np.searchsorted(np.unique(np.r_[since, until]), day, "right")
    kept = np.zeros(len(day), bool)
    for when in np.unique(turn):
        some = turn == when
        first = day[some][0]
        now = components(len(members), local[(since <= first) & (until > first)], strong=True)
        kept[some] = now[asked[some, 0]] == now[asked[some, 1]]
    return kept


def hides(flows: Flows, rows: Numbers, owned: float, rise: float) -> bool:
    """Whether the circle of companies between which these rows are hides who owns them, on the day of the last row.

    It does if somebody owns `owned` of one of them, solved through, and more than `rise` more than he holds of it
    directly; or if nobody is known to own any.
    """
    holders, owners, day = flows.once(Holders), flows.once(OwnersAt), day_of(int(flows.time[rows].max()))
    ends = np.unique(np.r_[flows.originator[rows], flows.beneficiary[rows]])
    shares = [(party, owners.shares(party, day)) for v in ends.tolist() if (party := holders.party(v))]
    if not any(known for _, known in shares):
        return True
    return any(
        share >= owned - _NOISE and share - owners.directly(person, party, day) > rise + _NOISE
        for party, known in shares
        for person, share in known.items()
    )


def holdings(flows: Flows) -> pl.DataFrame:
    """Direct shareholdings of companies in companies: owner, owned, shares, and days since and until (numbers)."""
    if flows.graph is None:
        raise ValueError("Only the whole graph knows owners.")
    ledger = flows.graph.ledger
    persons = ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"].implode()
    held = ledger.interests.filter(
        (pl.col("kind").cast(pl.String) == "shareholding")
        & pl.col("direct").fill_null(value=True)
        & (pl.col("owner") != pl.col("owned"))
        & ~pl.col("owner").is_in(persons)
        & ~pl.col("owned").is_in(persons)
    )
    return held.select(
        "owner", "owned", "share_min", "share_max",
        pl.col("start").to_physical().cast(pl.Int64).fill_null(-_EVER).alias("since"),
        pl.col("end").to_physical().cast(pl.Int64).fill_null(_EVER).alias("until"),
    )  # fmt: skip
