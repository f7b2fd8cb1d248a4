"""One part of the world made whole: everyday, monthly and planted rows in time order, then written as a table."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.generator.tables import PLACED

from .banks import CURRENCIES, RATES_PPM
from .days import DAY, start_of
from .hashing import Ints
from .papers import numbers
from .plan import Part, Plan
from .registers import party_id
from .rows import DESKS_A_CITY, KINDS, MACHINE_GIVES, OUTSIDE, WITHDRAWAL, Rows, joined
from .traffic import everyday

_KIND = pl.DataFrame({"kind": range(len(KINDS)), "channel": [c for c, _ in KINDS], "purpose": [p for _, p in KINDS]})
ID_WIDTH = 9


def rows_of(plan: Plan, part: Part) -> Rows:
    """Make the rows of one part, in time order; nothing outside the part is needed."""
    rng = np.random.default_rng([plan.seed, 2, part.number])
    first, last = start_of(part.days[0]), start_of(part.days[-1]) + DAY
    inside = (plan.planted.time >= first) & (plan.planted.time < last)
    regular = [rows for day in part.days for rows in plan.monthly.on(day)]
    rows = joined([everyday(rng, plan.world, part.everyday, part.days), *regular, plan.planted.take(inside)])
    # Ties in time are broken by drawing, not by kind: the order must not tell what was planted.
    return rows.take(np.lexsort((rng.random(len(rows)), rows.time)))


def received(plan: Plan, rows: Rows) -> tuple[Ints, Ints]:
    """Tell what arrives, and the number of its currency; it differs from what left where the currencies do."""
    home = plan.world.country
    left = home[np.where(rows.payer == OUTSIDE, rows.payee, rows.payer)].astype(np.int64)
    came = home[np.where(rows.payee == OUTSIDE, rows.payer, rows.payee)].astype(np.int64)
    arrived = np.where(left == came, rows.amount, np.maximum(1, rows.amount * RATES_PPM[left] // RATES_PPM[came]))
    return arrived, came


def sequences(plan: Plan, rows: Rows, given: Ints) -> Ints:
    """Number the rows of every bank in posting order, going on from `given`, which is moved forward."""
    bank = plan.world.bank[np.where(rows.payer == OUTSIDE, rows.payee, rows.payer)]
    found = np.empty(len(rows), np.int64)
    for k in range(len(given)):
        own = np.flatnonzero(bank == k)
        found[own] = given[k] + 1 + np.arange(len(own))
        given[k] += len(own)
    return found


def table_of(plan: Plan, rows: Rows, ids: pl.Series, first: int, sequence: Ints) -> pl.DataFrame:
    """Write rows as transactions numbered from `first` on."""
    arrived, came = received(plan, rows)
    left = plan.world.country[np.where(rows.payer == OUTSIDE, rows.payee, rows.payer)]
    money = pl.Series("code", CURRENCIES)
    booked = pl.from_epoch(pl.col("time"), time_unit="s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    number = pl.Series(np.arange(first, first + len(rows))).cast(pl.String).str.zfill(ID_WIDTH)
    kind = pl.Series(rows.kind.astype(np.int64))
    frame = pl.DataFrame(
        {
            "id": "t" + number,
            "time": rows.time,
            "sequence": sequence,
            "originator": _names(ids, rows.payer),
            "beneficiary": _names(ids, rows.payee),
            "amount": rows.amount,
            "currency": money.gather(left.astype(np.int64)),
            "amount_received": arrived,
            "currency_received": money.gather(came),
            "channel": _KIND["channel"].gather(kind),
            "purpose": _KIND["purpose"].gather(kind),
            "desk": rows.desk,
            "carrier": rows.carrier,
        }
    )
    converted = pl.col("currency") != pl.col("currency_received")
    counter = pl.lit(pl.Series(rows.kind == WITHDRAWAL)) & (pl.col("amount") > MACHINE_GIVES)
    at = pl.when(counter).then(pl.lit("S")).otherwise(pl.lit("M"))
    return frame.with_columns(
        booked.alias("booked_at"),
        booked.dt.date().alias("value_date"),
        pl.when(converted).then("amount_received").alias("amount_received"),
        pl.when(converted).then("currency_received").alias("currency_received"),
        _references(plan, rows),
        pl.when(pl.col("desk") >= 0).then("Ort " + (pl.col("desk") // DESKS_A_CITY).cast(pl.String)).alias("place"),
        pl.when(pl.col("desk") >= 0).then(at + pl.col("desk").cast(pl.String).str.zfill(5)).alias("terminal"),
        pl.when(pl.col("carrier") >= 0).then(party_id(pl.col("carrier"))).alias("conductor"),
        pl.lit("booked").alias("status"),
        pl.lit(None, pl.String).alias("reverses"),
    ).select(*PLACED)


def _references(plan: Plan, rows: Rows) -> pl.Series:
    given = pl.Series("reference", [*numbers(plan.told.papers), None], pl.String)
    return given.gather(np.where(rows.paper < 0, len(plan.told.papers), rows.paper).astype(np.int64))


def _names(ids: pl.Series, numbers: Ints) -> pl.Series:
    known = pl.Series(np.maximum(numbers, 0))
    return pl.DataFrame({"id": ids.gather(known), "n": numbers}).select(pl.when(pl.col("n") != OUTSIDE).then("id"))[
        "id"
    ]
