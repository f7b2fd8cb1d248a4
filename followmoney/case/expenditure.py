"""Source and application of funds: what a party spent and built up, thing by thing, against known sources."""

from __future__ import annotations

from datetime import date

import polars as pl

from followmoney.case._finances import Finances, Range, total
from followmoney.case._wealth import explained
from followmoney.case.unexplained import Line, Unexplained, line
from followmoney.ledger import Ledger

_WORDS = {
    ("asset", True): "Bought or grown", ("asset", False): "Sold or shrunk",
    ("debt", True): "Paid off", ("debt", False): "Borrowed",
}  # fmt: skip


def expenditure(
    ledger: Ledger,
    party: str,
    start: date,
    end: date,
    *,
    currency: str = "EUR",
    opening_cash: Range | None = None,
) -> Unexplained:
    """What a party applied (things bought, debts paid off, living costs) beyond what known sources brought.

    The same figure as `net_worth`, thing by thing: each asset and debt is compared on the two days by its description.
    Arguments and errors as there.

    Source: expenditures method (IRM 9.5.9): applications - sources.
    """
    known = Finances.of(ledger, party, start, end, currency)
    known.needs(start)
    known.needs(end)
    lines = list[Line]()
    for kind, sign in (("asset", 1), ("debt", -1)):
        before, later = known.stood(kind, start), known.stood(kind, end)
        for thing in sorted({*before["description"].to_list(), *later["description"].to_list()}, key=lambda t: t or ""):
            named = pl.col("description").eq_missing(pl.lit(thing, dtype=pl.String))
            then, now = before.filter(named), later.filter(named)
            change = sign * (total(now) - total(then))
            word = _WORDS[kind, change > 0]
            if change:
                both = pl.concat([then, now])
                lines.append(line(f"{word}: {thing or kind}", 1 if change > 0 else -1, abs(change), both))
    return explained("Source and application of funds", known, lines, opening_cash)
