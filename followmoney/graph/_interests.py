"""Shareholdings in force on a day, as numbered pairs with the least and the most share of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.ledger import Ledger

_WHOLE = 1 + 1e-9  # shares are decimal fractions in binary floats
_SHOWN = 5


@dataclass(frozen=True)
class Direct:
    """Who holds which share of whom directly."""

    parties: list[str]
    """Identifiers in order; everything else refers to them by number."""
    person: NDArray[np.bool_]
    """True for natural persons."""
    ends: NDArray[np.int64]
    """Shape (holdings, 2): owner and owned, sorted by owned, then owner."""
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    notes: tuple[str, ...]


def direct(ledger: Ledger, day: date | None) -> Direct:
    """Shareholdings in force at the end of a day; None: all that have not ended.

    Holdings of one owner in one company are added; rows that say the same in several sources count once. A share
    that is not stated is anything from 0 to 1.
    """
    persons = ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"].implode()
    interests, notes = _usable(_in_force(ledger.interests, day), pl.col("owned").is_in(persons))
    holdings = _added(interests)
    parties = sorted({*holdings["owner"], *holdings["owned"]})
    number = pl.DataFrame({"id": parties, "number": range(len(parties))}, schema={"id": pl.String, "number": pl.Int64})
    for end in ("owner", "owned"):
        holdings = holdings.join(number, left_on=end, right_on="id", how="left").drop(end).rename({"number": end})
    holdings = holdings.sort("owned", "owner")
    person = pl.Series(parties, dtype=pl.String).is_in(persons).to_numpy().astype(np.bool_)
    ends = holdings.select("owner", "owned").to_numpy().astype(np.int64).reshape(-1, 2)
    notes.extend(_too_much(holdings, parties))
    return Direct(parties, person, ends, holdings["least"].to_numpy(), holdings["most"].to_numpy(), tuple(notes))


def some(names: Iterable[str]) -> str:
    """Some names in order, and how many more there are."""
    known = sorted(set(names))
    more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more


def _in_force(interests: pl.DataFrame, day: date | None) -> pl.DataFrame:
    shares = interests.filter(pl.col("kind").cast(pl.String) == "shareholding")
    if day is None:
        return shares.filter(pl.col("end").is_null())
    started, over = pl.col("start") <= day, pl.col("end") <= day
    return shares.filter(started.fill_null(value=True) & ~over.fill_null(value=False))


def _usable(interests: pl.DataFrame, of_person: pl.Expr) -> tuple[pl.DataFrame, list[str]]:
    """Without indirect interests and "owned" people; a sentence for whatever was left out or is not stated."""
    notes: list[str] = []
    straight = pl.col("direct").fill_null(value=True)
    if left := len(interests.filter(~straight)):
        notes.append(f"{_are(left, 'indirect interest')} left out: beside the chains they would count twice.")
    if left := len(interests.filter(of_person)):
        notes.append(f"{_are(left, 'interest')} left out: nobody holds shares in a natural person.")
    kept = interests.filter(straight & ~of_person)
    unstated = kept.filter(pl.col("share_min").is_null() & pl.col("share_max").is_null())["owned"]
    if len(unstated):
        notes.append(f"{_are(len(unstated), 'share')} not stated and taken as 0 to 100 %: in {some(unstated)}.")
    return kept, notes


def _added(interests: pl.DataFrame) -> pl.DataFrame:
    """One row for each owner and company: owner, owned, least, most."""
    what = ["owner", "owned", "share_min", "share_max", "start", "end"]
    told = interests.group_by(*what, "source").len("times").group_by(what).agg(pl.col("times").max())
    told = told.sort(what)  # so that sums do not depend on the order of rows
    least = pl.col("share_min").fill_null(0.0) * pl.col("times")
    most = pl.col("share_max").fill_null(1.0) * pl.col("times")
    sums = told.group_by("owner", "owned", maintain_order=True)
    rows = sums.agg(least.sum().alias("least"), most.sum().alias("most"))
    capped = pl.max_horizontal("least", pl.min_horizontal("most", 1.0)).alias("most")
    return rows.with_columns(capped).filter(pl.col("most") > 0)


def _too_much(holdings: pl.DataFrame, parties: list[str]) -> list[str]:
    whole = holdings.group_by("owned").agg(pl.col("least").sum()).filter(pl.col("least") > _WHOLE)
    names = [f"{parties[c]} ({round(s * 100, 2):g} %)" for c, s in whole.iter_rows()]
    return [f"Shares add up to more than the whole, and are used as stated, in {some(names)}."] if names else []


def _are(number: int, what: str) -> str:
    return f"{number:,} {what}{' is' if number == 1 else 's are'}"
