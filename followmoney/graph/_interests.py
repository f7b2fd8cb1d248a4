"""Holdings in force on a day, as numbered pairs with the least and the most share of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.ledger import Ledger

_HALF, _MORE = 0.5, 1e-6
WHOLE = 1 + 1e-9  # shares are decimal fractions in binary floats
_DIGITS = 12
_SHOWN = 5
_SAYS = ("owner", "owned", "share_min", "share_max", "start", "end", "source")
SHARES, VOTES = "shareholding", "votingRights"


@dataclass(frozen=True)
class Direct:
    """Who holds which share of whom directly."""

    parties: pl.Series
    """Identifiers in order; everything else refers to them by number."""
    person: NDArray[np.bool_]
    """True for natural persons."""
    ptr: NDArray[np.int64]
    """`owner[ptr[c]:ptr[c + 1]]` hold something in party c, in order of number; `least` and `most` say how much."""
    owner: NDArray[np.int64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    lent: NDArray[np.bool_] | None = None
    """True for nominees: what is "held" in them is the role."""

    @property
    def owned(self) -> NDArray[np.int64]:
        """The party that each holding is a share of."""
        return np.repeat(np.arange(len(self.parties)), np.diff(self.ptr))


def in_force(ledger: Ledger, table: str, day: date | None, known: date | None = None) -> pl.DataFrame:
    """Rows of a table of registers in force at the end of a day, as they were known at the end of another.

    A row counts from the day it starts and no longer on the day it ends; no day: all that have not ended. What the
    registers knew is asked only of tables with columns `known_from` and `known_to`.
    """
    frame = ledger[table]
    frame = frame.filter(pl.col("end").is_null()) if day is None else _on(frame, "start", "end", day)
    if known is not None and "known_from" in frame.columns:
        frame = _on(frame, "known_from", "known_to", known)
    elif known is None and "known_to" in frame.columns:
        frame = frame.filter(pl.col("known_to").is_null())
    return frame


def not_dated(ledger: Ledger, known: date | None) -> list[str]:
    """A sentence where it is asked what registers knew, and they do not say when they knew anything."""
    if known is None or ledger["interests"]["known_from"].count():
        return []
    return ["The registers that were loaded do not say when they knew what: what they say now was used."]


def _on(frame: pl.DataFrame, since: str, until: str, day: date) -> pl.DataFrame:
    started, over = pl.col(since) <= day, pl.col(until) <= day
    return frame.filter(started.fill_null(value=True) & ~over.fill_null(value=False))


def persons(ledger: Ledger) -> pl.Series:
    """Identifiers of natural persons."""
    return ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"]


def straight(interests: pl.DataFrame, people: pl.Series) -> tuple[pl.DataFrame, list[str]]:
    """Without indirect interests and "owned" people; a sentence for whatever was left out or is not stated."""
    notes: list[str] = []
    indirect = ~pl.col("direct").fill_null(value=True)
    of_person = pl.col("owned").is_in(people.implode())
    if left := len(interests.filter(indirect)):
        notes.append(f"{_are(left, 'indirect interest')} left out: beside the chains they would count twice.")
    if left := len(interests.filter(of_person)):
        notes.append(f"{_are(left, 'interest')} left out: nobody holds shares in a natural person.")
    kept = interests.filter(~indirect & ~of_person)
    a_share = pl.col("kind").cast(pl.String).is_in([SHARES, VOTES])
    unstated = kept.filter(a_share & pl.col("share_min").is_null() & pl.col("share_max").is_null())["owned"]
    if len(unstated):
        notes.append(f"{_are(len(unstated), 'share')} not stated and taken as 0 to 100 %: in {some(unstated)}.")
    return kept, notes


def numbered(frame: pl.DataFrame, parties: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
    """The same rows with numbers of parties in place of their identifiers."""
    number = pl.DataFrame({"id": parties, "number": pl.int_range(len(parties), dtype=pl.Int64, eager=True)})
    for column in columns:
        frame = frame.join(number, left_on=column, right_on="id", how="left", maintain_order="left")
        frame = frame.with_columns(pl.col("number").alias(column)).drop("number")
    return frame


def named(*columns: pl.Series) -> pl.Series:
    """The identifiers in some columns, each once, in order."""
    return pl.concat([c.cast(pl.String).alias("id") for c in columns]).drop_nulls().unique().sort()


def direct(rows: pl.DataFrame, parties: pl.Series, people: pl.Series) -> Direct:
    """Holdings (numbered) as compressed rows.

    Holdings of one owner in one company are added; rows that say the same in several sources count once. A share that
    is not stated is anything from 0 to 1. A holding of nothing is none.
    """
    size = len(parties)
    added = _added(rows, size).sort("pair")
    pair = added["pair"].to_numpy()
    ptr = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(pair // max(1, size), minlength=size), out=ptr[1:])
    person = parties.is_in(people.implode()).to_numpy().astype(np.bool_)
    least, most = (added[c].to_numpy().astype(np.float64) for c in ("least", "most"))
    return Direct(parties, person, ptr, pair % max(1, size), least, most)


def over_half(least: NDArray[np.float64], most: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least shares, where a band that begins at half and ends above is more than half: so registers write it."""
    return np.where((least == _HALF) & (most > _HALF), _HALF + _MORE, least)


def too_much(direct: Direct) -> pl.DataFrame:
    """Companies whose least shares add up to more than the whole: company, share."""
    total = _stated(direct, direct.least)
    at = np.flatnonzero(_stated(direct, over_half(direct.least, direct.most)) > WHOLE)
    return pl.DataFrame({"company": direct.parties.gather(at), "share": total[at]})


def surely(direct: Direct) -> NDArray[np.float64]:
    """The least shares to rely on: where more than the whole is stated of a company, less all that is too much."""
    told = over_half(direct.least, direct.most)
    total = _stated(direct, told)
    if not (total > WHOLE).any():
        return direct.least
    left = np.round(np.maximum(told - (total - 1)[direct.owned], 0.0), _DIGITS)
    return np.where(total[direct.owned] > WHOLE, left, direct.least)


def _stated(direct: Direct, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.bincount(direct.owned, weights=shares, minlength=len(direct.parties)).astype(np.float64)


def some(names: Iterable[str]) -> str:
    """Some names in order, and how many more there are."""
    known = sorted(set(names))
    more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more


def _added(rows: pl.DataFrame, size: int) -> pl.DataFrame:
    """One row for each owner and company: pair (owned · size + owner), least, most; only what is more than nothing."""
    rows = rows.with_columns((pl.col("owned") * size + pl.col("owner")).alias("pair"))
    again = rows["pair"].is_duplicated() if len(rows) else pl.Series(dtype=pl.Boolean)
    once = rows.filter(~again).select("pair", _least().alias("least"), _most().alias("most"))
    several = rows.filter(again)
    if len(several):
        what = ["pair", *_SAYS[2:-1]]
        told = several.group_by(*what, "source").len("times").group_by(what).agg(pl.col("times").max())
        told = told.sort(what)  # so that sums do not depend on the order of rows
        sums = told.group_by("pair", maintain_order=True)
        parts = sums.agg(
            (_least() * pl.col("times")).sum().alias("least"), (_most() * pl.col("times")).sum().alias("most")
        )
        once = pl.concat([once, parts])
    capped = pl.max_horizontal("least", pl.min_horizontal("most", 1.0)).alias("most")
    return once.with_columns(capped).filter(pl.col("most") > 0)


def _least() -> pl.Expr:
    return pl.col("share_min").fill_null(0.0)


def _most() -> pl.Expr:
    return pl.col("share_max").fill_null(1.0)


def _are(number: int, what: str) -> str:
    return f"{number:,} {what}{' is' if number == 1 else 's are'}"
