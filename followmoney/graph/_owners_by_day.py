"""The one person whom each company is counted with, day by day: solved once for every change above it."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from followmoney.graph._chains import shares
from followmoney.graph._cone import above
from followmoney.graph._integrated import integrate
from followmoney.graph._interests import SHARES, direct, named, numbered, persons, straight
from followmoney.graph.connected import connected
from followmoney.graph.enough import NOISE, Enough
from followmoney.ledger import Ledger

_HALF = 0.5
_DIGITS = 12
_AT_ONCE = 2_000_000  # holdings solved in one pass
_KEPT = ("owner", "owned", "share_min", "share_max", "start", "end", "source")
NO_HOLDING = "no person is known to own any of it"
FOUND = {"company": pl.String, "since": pl.Date, "person": pl.String}


def owners_by_day(ledger: Ledger, companies: pl.Series, begin: date, end: date, enough: Enough) -> pl.DataFrame:
    """Whom each of some companies is counted with, from a day on: company, since, person (null: nobody).

    A row for `begin`, and one for every later day up to `end` on which that changes; companies with no row are with
    nobody throughout. Holdings can change whom a company is counted with only if a way of companies leads from one to
    the other, so every connected group of companies is solved on its own days only, all in few passes.
    Cost: about 3 µs for every holding of a group, times the days on which the group changes.
    """
    counted = every_day(ledger, companies, begin, end, enough)
    person = pl.col("person")
    moved = (person != person.shift(1)).fill_null(person.is_null() != person.shift(1).is_null())
    first = (pl.col("company") != pl.col("company").shift(1)).fill_null(value=True)
    return counted.filter(first | moved).select(list(FOUND))


def every_day(ledger: Ledger, companies: pl.Series, begin: date, end: date, enough: Enough) -> pl.DataFrame:
    """The same with a row for every day on which anything above a company changes, and why (a sentence's end)."""
    people = persons(ledger)
    rows = ledger.interests.filter(pl.col("kind").cast(pl.String) == SHARES)
    rows, _ = straight(above(rows, companies), people)
    rows = rows.filter((pl.col("start") <= end).fill_null(value=True) & (pl.col("end") > begin).fill_null(value=True))
    if not len(rows):
        return pl.DataFrame(schema={**FOUND, "why": pl.String})
    parties = named(rows["owner"], rows["owned"])
    rows = numbered(rows.select(*_KEPT[:-1], pl.col("source").cast(pl.String)), parties, ("owner", "owned"))
    person = parties.is_in(people.implode())
    both = rows.filter(~person.gather(rows["owner"]))
    group = pl.Series(connected(len(parties), both.select("owner", "owned").to_numpy()), dtype=pl.Int64)
    rows = rows.with_columns(pl.Series("group", group.gather(rows["owned"])))
    changes = pl.concat(
        [rows.select("group", day=pl.lit(begin)), *(rows.select("group", day=c) for c in ("start", "end"))]
    )
    changes = changes.drop_nulls().filter(pl.col("day").is_between(begin, end)).unique().sort("group", "day")
    each = rows.group_by("group").len("size").sort("group")
    changes = changes.join(each, on="group", how="left", maintain_order="left")
    turn = pl.Series("turn", (changes["size"].cum_sum() // _AT_ONCE).to_numpy(), dtype=pl.Int64)
    changes = changes.with_row_index("time").with_columns(pl.col("time").cast(pl.Int64), turn)
    wanted = pl.Series(np.flatnonzero(parties.is_in(companies.cast(pl.String).implode()).to_numpy()), dtype=pl.Int64)
    needed = pl.DataFrame({"company": wanted, "needed": enough.needed(ledger, parties.gather(wanted))})
    parts = [
        _solved(rows, some, person, needed) for some in changes.drop("size").partition_by("turn", maintain_order=True)
    ]
    known = changes.select("time", "day", "group").join(
        pl.DataFrame({"company": wanted, "group": group.gather(wanted)}), on="group"
    )
    counted = known.join(pl.concat(parts), on=["company", "time"], how="left").sort("company", "day")
    return counted.select(
        parties.gather(counted["company"]).alias("company"), pl.col("day").alias("since"),
        parties.gather(counted["person"]).alias("person"), _why(counted),
    )  # fmt: skip


def _why(counted: pl.DataFrame) -> pl.Series:
    """Why a company is counted with that person, or with nobody."""
    share = shares(*[counted["share"].fill_null(0.0).to_numpy()] * 2)
    needed = shares(*[counted["needed"].fill_null(0.0).to_numpy()] * 2)
    told = counted.select("share", "enough", owner=pl.col("person").is_not_null(), told=share, needed=needed)
    return told.select(
        pl.when("owner").then("owns at least " + pl.col("told") + " of it in the end")
        .when("enough").then("no one person owns most of it: the largest share is " + pl.col("told"))
        .when(pl.col("share") > 0)
        .then("nobody is certain to own " + pl.col("needed") + " of it: the largest share is " + pl.col("told"))
        .otherwise(pl.lit(NO_HOLDING)).alias("why")
    ).to_series()  # fmt: skip


def _solved(rows: pl.DataFrame, changes: pl.DataFrame, person: pl.Series, needed: pl.DataFrame) -> pl.DataFrame:
    """Of each group on each of its days, at once: its companies stand once for every day. Company, time, person."""
    size, begin = len(person), int(changes["time"][0])
    day = pl.col("day")
    held = rows.join(changes, on="group").filter(
        (pl.col("start") <= day).fill_null(value=True) & (pl.col("end") > day).fill_null(value=True)
    )
    turn = (pl.col("time") - begin + 1) * size
    owner = pl.when(person.gather(held["owner"])).then("owner").otherwise(turn + pl.col("owner"))
    held = held.with_columns(owner=owner, owned=turn + pl.col("owned"))
    keys = pl.concat([held["owner"].alias("key"), held["owned"].alias("key")]).unique().sort()
    held = numbered(held, keys, ("owner", "owned"))
    of = direct(held, keys, pl.Series(np.flatnonzero(person.to_numpy()), dtype=pl.Int64))
    found = integrate(of, ways=False)
    party = np.argsort(found.first, kind="stable")
    effective = pl.DataFrame({
        "key": keys.gather(np.repeat(party, found.count[party])), "person": keys.gather(found.who),
        "share": np.round(found.low, _DIGITS),
    })  # fmt: skip
    effective = effective.filter(pl.col("person") < size).with_columns(company=pl.col("key") % size)
    best = counted_with(effective.join(needed, on="company"), "key")
    return best.select(
        pl.col("key") % size, "person", "share", "needed", "enough", time=pl.col("key") // size - 1 + begin
    ).rename({"key": "company"})


def counted_with(effective: pl.DataFrame, company: str) -> pl.DataFrame:
    """Company → the one person it is counted with, of least shares (company, person, share, needed). See `fold`.

    A row for every company in which somebody has a share: the largest, the person (null where nobody counts), and
    whether the share is large enough.
    """
    ranked = effective.sort(company, "share", "person", descending=[False, True, False])
    best = ranked.group_by(company, maintain_order=True).agg(
        pl.first("person"),
        pl.first("share", "needed"),
        pl.col("share").get(1, null_on_oob=True).fill_null(0.0).alias("next"),
    )
    qualifies = (pl.col("share") >= pl.col("needed") - NOISE) | (pl.col("share") > _HALF + NOISE)
    alone = (pl.col("next") < pl.col("share") - NOISE) & (pl.col("next") <= _HALF + NOISE)
    return best.select(company, pl.when(qualifies & alone).then("person"), "share", "needed", enough=qualifies)
