"""Balance and claim of the accounts that claim money came to, as steps over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from followmoney.languages import say
from followmoney.reports import anchors
from followmoney.reports._carried import ACCOUNT, carried, ends
from followmoney.reports._money import scales

if TYPE_CHECKING:
    from datetime import datetime

    from followmoney.tracing import Trace

_Key = tuple[str, str]


@dataclass(frozen=True)
class Move:
    """A transaction that brought or took claim money, and what was there after it."""

    id: str
    at: datetime
    change: int
    claim: int


@dataclass(frozen=True)
class Line:
    """One account in one currency."""

    account: str
    name: str
    detail: str
    currency: str
    held: int
    least: int | None
    most: int | None
    steps: tuple[tuple[datetime | None, int, int | None], ...]
    """When (None: before everything, or at the very end), balance and claim from then on."""
    moves: tuple[Move, ...]
    span: tuple[datetime, datetime]
    """First and last day of all lines together."""

    @property
    def link(self) -> str:
        """Its ledger."""
        return anchors.account(self.account)


def lines(trace: Trace, most: int) -> tuple[list[Line], int, dict[str, int]]:
    """The lines drawn, how many there are, and what all of them hold at the end, by currency."""
    rows = carried(trace)
    came = rows.filter(pl.col("target_end").str.starts_with(f"{ACCOUNT}|")).select(
        pl.col("beneficiary").cast(pl.String).alias("account"), pl.col("currency_received").alias("currency"), "claim"
    )
    home = next(iter(sorted(trace.claimed)), "EUR")
    holders = trace.holders().with_columns(pl.col("account", "currency").cast(pl.String))
    held: dict[_Key, tuple[int, int | None, int | None]] = {
        (a, c): (claim, low, high)
        for a, c, claim, low, high in holders.select("account", "currency", "claim", "least", "most").iter_rows()
    }
    passed: dict[_Key, int] = {
        (a, c): claim for a, c, claim in came.group_by("account", "currency").agg(pl.col("claim").sum()).iter_rows()
    }
    rates = rows.select("currency", "amount", "currency_received", "received").rows()
    scale = scales([*rates, *((c, 0, c, 0) for _, c in held)], home)
    keys = sorted({*held, *passed}, key=lambda key: _rank(key, held, passed, scale))
    when: list[datetime] = rows["booked_at"].to_list()
    if not when:
        return [], 0, {}
    every: list[datetime] = trace.graph.to_polars()["booked_at"].to_list()
    span = (min(when), max([*when, trace.until or max(every)]))
    known = ends(trace, {f"{ACCOUNT}|{account}" for account, _ in keys[:most]})
    drawn = [_line(trace, key, held.get(key, (0, None, None)), span, known) for key in keys[:most]]
    sums: dict[str, int] = {}
    for (_, currency), (claim, _, _) in sorted(held.items()):
        sums[currency] = sums.get(currency, 0) + claim
    return drawn, len(keys), sums


def _rank(
    key: _Key, held: Mapping[_Key, tuple[int, int | None, int | None]], passed: Mapping[_Key, int],
    scale: Mapping[str, float],
) -> tuple[float, float, str, str]:  # fmt: skip
    by = scale.get(key[1], 0.01)
    return (-by * held[key][0] if key in held else 0.0, -by * passed.get(key, 0), *key)


def _line(
    trace: Trace, key: _Key, held: tuple[int, int | None, int | None], span: tuple[datetime, datetime],
    known: Mapping[str, object],
) -> Line:  # fmt: skip
    account, currency = key
    rows = trace.ledger(account).filter(pl.col("currency").cast(pl.String) == currency)
    steps = tuple(rows.select("booked_at", "balance", "claim").iter_rows())
    moves = tuple(
        Move(name, at, (into or 0) - (out or 0), claim or 0)
        for name, at, into, out, claim in rows.filter(pl.col("booked_at").is_not_null())
        .select("id", "booked_at", "claim_in", "claim_out", "claim").iter_rows()
        if into or out
    )  # fmt: skip
    end = known[f"{ACCOUNT}|{account}"]
    name, detail = getattr(end, "name", say("holder not known")), getattr(end, "detail", account)
    return Line(account, name, detail, currency, *held, steps, moves, span)
