"""Disproportion: year by year, what was paid for things beyond what lawful income left."""

from __future__ import annotations

from datetime import date

import polars as pl

from followmoney.case._finances import Finances, Range, total
from followmoney.case.unexplained import Unexplained, line, summed
from followmoney.ledger import Ledger

YEARS = {
    "year": pl.Int64, "income": pl.Int64, "living_cost": pl.Int64, "carried_least": pl.Int64, "carried_most": pl.Int64,
    "available_least": pl.Int64, "available_most": pl.Int64, "outlay": pl.Int64, "least": pl.Int64, "most": pl.Int64,
}  # fmt: skip
"""Columns of `years`, minor units: least and most are the disproportion."""


def disproportion(
    ledger: Ledger,
    party: str,
    start: date,
    end: date,
    *,
    currency: str = "EUR",
    opening_cash: Range | None = None,
) -> Unexplained:
    """What a party paid for things in each year beyond what its lawful income, less living costs, left for it.

    What is left of a year is carried into the next; a lack is not. Savings at the start are `opening_cash` (as in
    `net_worth`). `Unexplained.lines` has a line a year with outlay.

    Source: art. 24 d.lgs. 159/2011 and Cass. 54882/2017 (comparison for specific periods).
    """
    known = Finances.of(ledger, party, start, end, currency)
    cash, _, notes = known.opening_cash(opening_cash)
    frame = years(known, cash)
    lines = [
        line(f"Paid for things in {row['year']} beyond what was available", 1, (row["least"], row["most"]),
             _in(known, "outlay", row["year"]))
        for row in frame.iter_rows(named=True) if row["outlay"]
    ]  # fmt: skip
    table, least, most = summed(lines)
    notes += known.cut_through("income", "living_cost", "outlay")
    return Unexplained("Disproportion", party, currency, start, end, least, most, table, notes)


def years(known: Finances, savings: tuple[int, int] = (0, 0)) -> pl.DataFrame:
    """The comparison year by year: see `YEARS`. The most savings give the least disproportion."""
    rows: list[dict[str, int]] = []
    few, many = savings
    for year in range(known.start.year, known.end.year + 1):
        income, cost, outlay = (total(_in(known, kind, year)) for kind in ("income", "living_cost", "outlay"))
        low, high = few + income - cost, many + income - cost
        rows.append({
            "year": year, "income": income, "living_cost": cost, "carried_least": few, "carried_most": many,
            "available_least": low, "available_most": high, "outlay": outlay,
            "least": max(0, outlay - max(0, high)), "most": max(0, outlay - max(0, low)),
        })  # fmt: skip
        few, many = max(0, low - outlay), max(0, high - outlay)
    return pl.DataFrame(rows, schema=YEARS, orient="row")


def _in(known: Finances, kind: str, year: int) -> pl.DataFrame:
    """Lines of a year, by the day they end, within the days asked for."""
    return known.ran(kind).filter(pl.col("end").dt.year() == year)
