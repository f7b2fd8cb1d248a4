"""Where claim money left: the last account before a border, cash or crypto; and how much was out when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from followmoney.case.comparison import until
from followmoney.case.names import names
from followmoney.tracing import _frames
from followmoney.tracing._together import together

if TYPE_CHECKING:
    from followmoney.tracing import Trace

LAST = {
    "kind": pl.String, "account": pl.String, "holder_name": pl.String, "country": pl.String, "to": pl.String,
    "currency": pl.String, "claim": pl.Int64, "payments": pl.Int64, "first": pl.Date, "last": pl.Date,
    "transactions": pl.List(pl.String),
}  # fmt: skip
OUT = {
    "month": pl.Date, "kind": pl.String, "to": pl.String, "currency": pl.String, "claim": pl.Int64,
    "least": pl.Int64, "most": pl.Int64,
}  # fmt: skip
_MONTHS = 24  # a trace each
_SHORT = 2_000  # transactions; beyond, the least and the most of a month take seconds
_KINDS = ("cash", "unknown")


def last_accounts(trace: Trace) -> pl.DataFrame:
    """See `Case.exits`."""
    ledger = trace.graph.ledger
    moved = trace.transactions().filter(pl.col("claim") > 0, ~pl.col("id").is_in(list(trace.claim)))
    known = {row[0]: row[1:] for row in ledger["accounts"].select(
        "id", pl.col("scheme").cast(pl.String), pl.col("country").cast(pl.String), "holder").iter_rows()}  # fmt: skip
    called = names(ledger)
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in moved.iter_rows(named=True):
        here, there = known[str(row["originator"])], known[str(row["beneficiary"])]
        ways: list[tuple[str, str]] = []
        if there[0] in _KINDS:
            ways.append((there[0], there[0]))
        elif here[0] not in _KINDS:
            if there[0] == "wallet" != here[0] or (str(row["channel"]) == "crypto" and here[0] != "wallet"):
                ways.append(("crypto", "crypto"))
            if here[1] and there[1] and here[1] != there[1]:
                ways.append(("border", there[1]))
        for kind, to in ways:
            key = (kind, str(row["originator"]), to, str(row["currency"]))
            day = row["booked_at"].date()
            its = found.setdefault(key, {
                "kind": kind, "account": key[1], "holder_name": called.get(here[2] or ""), "country": here[1],
                "to": to, "currency": key[3], "claim": 0, "payments": 0, "first": day, "last": day, "transactions": [],
            })  # fmt: skip
            its["claim"] += row["claim"]
            its["payments"] += 1
            its["first"], its["last"] = min(its["first"], day), max(its["last"], day)
            its["transactions"].append(row["id"])
    frame = pl.DataFrame(list(found.values()), schema=LAST, orient="row")
    return frame.sort("claim", "kind", "account", "to", "currency", descending=[True, *[False] * 4])


def out_by_month(trace: Trace) -> pl.DataFrame:
    """See `Case.out_by_month`."""
    rows: list[dict[str, Any]] = []
    home = _home(trace)
    months = _months(trace)
    for month in months:
        then = until(trace, month)
        if then is None:
            continue
        bounded = month == months[-1] or len(then.record.tape) <= _SHORT
        at = month.date()
        held = together(then, _frames.holders(then), "country", bounded=bounded)
        abroad = held.filter(pl.col("country").is_not_null(), ~pl.col("country").is_in(sorted(home)))
        rows += [_row(at, "country", row["country"], row) for row in abroad.iter_rows(named=True)]
        gone = (then.exits() if bounded else _frames.exits(then)).filter(pl.col("kind").is_in(_KINDS))
        rows += [_row(at, row["kind"], row["to"], row) for row in gone.iter_rows(named=True)]
    frame = pl.DataFrame(rows, schema=OUT, orient="row")
    return frame.sort("month", "kind", "to", "currency")


def _row(at: date, kind: str, to: str, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": at, "kind": kind, "to": to, "currency": str(row["currency"]), "claim": row["claim"],
        "least": row.get("least"), "most": row.get("most"),
    }  # fmt: skip


def _home(trace: Trace) -> set[str]:
    """Where the claim came in first: the countries of the accounts that the claim transactions paid."""
    country = dict(trace.graph.ledger["accounts"].select("id", pl.col("country").cast(pl.String)).iter_rows())
    first = trace.transactions().filter(pl.col("id").is_in(list(trace.claim)))["beneficiary"].cast(pl.String)
    return {there for name in first.to_list() if (there := country.get(name))}


def _months(trace: Trace) -> Sequence[datetime]:
    """The last instant of each month from the first claim to the end of the trace, which is the last of them."""
    at = trace.flows.at
    if not len(at):
        return ()
    first = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(np.min(trace.graph.time[at])))
    size = len(trace.record.tape)
    end = trace.until or datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(trace.graph.time[size - 1]))
    found: list[datetime] = []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004
        close = datetime(year, month, 1, tzinfo=UTC) - timedelta(microseconds=1)
        found.append(min(close, end))
        if close >= end:
            return found[-_MONTHS:]
