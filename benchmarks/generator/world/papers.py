"""Papers that payments are for: invoices for goods, and deeds of houses; and what customs recorded of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import polars as pl

from benchmarks.generator.tables import SCHEMAS, TRADES

from .hashing import even, mixed
from .rows import Rows

Named: TypeAlias = Callable[[list[int]], list[str]]
"""Gives the parties that hold accounts."""


class Goods(NamedTuple):
    """What is traded: code of the Harmonized System, unit, usual price of a unit in cents, usual quantity."""

    code: str
    unit: str
    price: int
    quantity: int


GOODS: Final = (
    Goods("08039010", "kg", 90, 40_000), Goods("09011100", "kg", 430, 12_000), Goods("61091000", "piece", 460, 9_000),
    Goods("64039996", "piece", 2_900, 1_500), Goods("72044990", "t", 33_000, 120),
    Goods("84713000", "piece", 61_000, 60), Goods("85171300", "piece", 48_000, 90),
    Goods("87032319", "piece", 1_450_000, 3), Goods("94036010", "piece", 9_500, 400),
    Goods("71081310", "g", 6_100, 700),
)  # fmt: skip
"""Goods of the kinds that FATF's reports of trade-based laundering (2006, 2020) come back to."""
SERVICES: Final = Goods("", "hour", 9_500, 300)
_ORIGINS: Final = ("DE", "DE", "DE", "DE", "CN", "TR", "IN", "US", "BR", "AE", "TH", "MX")


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice: who sold what to whom (accounts), for how much, and when it was shipped, if it was."""

    seller: int
    buyer: int
    goods: Goods
    quantity: int
    value: int
    terms: str
    origin: str
    destination: str
    issued: date
    shipped: date | None
    named: bool
    """Whether payments name its number; else the invoice is filed with the payment."""

    def earlier(self, days: int) -> Bill:
        """The same so many days earlier."""
        by = timedelta(days)
        return replace(self, issued=self.issued - by, shipped=None if self.shipped is None else self.shipped - by)


@dataclass(frozen=True, slots=True)
class Deed:
    """A house that was bought: by whom (account), what it is called, and its price."""

    holder: int
    name: str
    value: int

    def earlier(self, days: int) -> Deed:  # noqa: ARG002
        """The same: it says no day."""
        return self


def numbers(papers: Sequence[Bill | Deed]) -> list[str | None]:
    """What a payment for each paper gives as its reference."""
    return [f"R{n:06d}" if isinstance(paper, Bill) and paper.named else None for n, paper in enumerate(papers)]


def paying(rows: Rows, first: int, id_width: int) -> pl.DataFrame:
    """Which transactions of one part, numbered from `first` on, are for which paper."""
    at = np.flatnonzero(rows.paper >= 0)
    number = pl.Series(at.astype(np.int64) + first).cast(pl.String).str.zfill(id_width)
    return pl.DataFrame({"paper": rows.paper[at].astype(np.int64), "transaction": "t" + number})


def trades(papers: Sequence[Bill | Deed], paid: pl.DataFrame, party: Named, recorded: pl.DataFrame) -> pl.DataFrame:
    """The table of trades: a line an invoice, or a payment where it is filed with that; and what customs recorded."""
    first = dict(paid.select("paper", "transaction").iter_rows())
    bills = [(n, bill) for n, bill in enumerate(papers) if isinstance(bill, Bill)]
    sellers, buyers = party([bill.seller for _, bill in bills]), party([bill.buyer for _, bill in bills])
    lines = [
        {
            "id": f"b{n:06d}", "transaction": None if bill.named else first.get(n), "seller": seller,
            "buyer": buyer, "goods": bill.goods.code or None, "quantity": float(bill.quantity),
            "unit": bill.goods.unit, "value": bill.value, "currency": "EUR", "terms": bill.terms,
            "origin": bill.origin, "destination": bill.destination, "issued_at": bill.issued,
            "shipped_at": bill.shipped, "document": f"R{n:06d}" if bill.named else None,
        }
        for (n, bill), seller, buyer in zip(bills, sellers, buyers, strict=True)
    ]  # fmt: skip
    return pl.concat([pl.DataFrame(lines, schema=TRADES), recorded])


def customs(days: Sequence[date], firms: range, party: Named, seed: int) -> pl.DataFrame:
    """What customs recorded every day: usual goods at usual prices, of firms that nothing else is known of."""
    every = [(g, day) for g in range(len(GOODS)) for day in days]
    number = np.arange(len(every), dtype=np.int64)
    goods = [GOODS[g] for g, _ in every]
    quantity = np.maximum(1, np.array([g.quantity for g in goods]) * np.exp(2 * even(number, seed + 131) - 1)).astype(
        int
    )
    price = np.array([g.price for g in goods]) * np.exp(0.3 * (even(number, seed + 132) + even(number, seed + 133) - 1))
    who = party([firms[i] for i in (mixed(number, seed + 134) % np.uint64(len(firms))).tolist()])
    origin = [_ORIGINS[i] for i in (mixed(number, seed + 136) % np.uint64(len(_ORIGINS))).tolist()]
    shipped = [day + timedelta(int(d)) for (_, day), d in zip(every, 12 * even(number, seed + 135), strict=True)]
    nothing: list[None] = [None] * len(every)
    return pl.DataFrame(
        {
            "id": [f"c{n:06d}" for n in number.tolist()], "transaction": nothing, "seller": who, "buyer": nothing,
            "goods": [g.code for g in goods], "quantity": quantity.astype(float), "unit": [g.unit for g in goods],
            "value": (quantity * price).astype(np.int64), "currency": ["EUR"] * len(every),
            "terms": ["FOB"] * len(every), "origin": origin, "destination": nothing,
            "issued_at": [day for _, day in every], "shipped_at": shipped, "document": nothing,
        },
        schema=TRADES,
    )  # fmt: skip


def assets(papers: Sequence[Bill | Deed], paid: pl.DataFrame, party: Named, valued: date) -> pl.DataFrame:
    """The table of assets: every house with what paid for it."""
    by = dict(paid.group_by("paper").agg("transaction").iter_rows())
    deeds = [(n, deed) for n, deed in enumerate(papers) if isinstance(deed, Deed)]
    houses = [
        {
            "id": f"h{n:06d}", "kind": "real_estate", "description": deed.name, "holder": holder,
            "value": deed.value, "currency": "EUR", "valued_at": valued, "acquired_by": by.get(n, []),
            "encumbrance": None, "country": "DE",
        }
        for (n, deed), holder in zip(deeds, party([deed.holder for _, deed in deeds]), strict=True)
    ]  # fmt: skip
    return pl.DataFrame(houses, schema=SCHEMAS["assets"])
